/** How long a training will take, based on earlier ones. */

import { linkTo } from "../../core/navigation/router.ts";
import { duration, integer } from "../../core/text/format.ts";
import type { Estimate } from "../../core/training/timeEstimate.ts";
import { type Child, fill, h } from "../../ui/dom.ts";

export class TimeEstimate {
  readonly element = h("div", { class: "time-estimate", role: "status", hidden: true });

  /** Nothing is asked yet. */
  hide(): void {
    this.element.hidden = true;
  }

  /** @param estimate undefined: nothing like it was trained here. */
  update(estimate: Estimate | undefined, epochs: number): void {
    if (!estimate) {
      this.#say(
        "Time: not known yet",
        "No similar training has run here before. After the first epoch, the page shows the time left.",
      );
      return;
    }
    const { seconds, secondsPerEpoch, bound, from, alike } = estimate;
    const [newest = ""] = from;
    const others = from.length - 1;
    this.#say(
      `Takes ${bound ? `${bound} ` : ""}about ${duration(seconds)}`,
      `${integer(epochs)} ${epochs === 1 ? "epoch" : "epochs"} of ${duration(secondsPerEpoch)}, as `,
      h("a", { class: "text-button", href: linkTo.run(newest) }, newest),
      others > 0 ? ` and ${others} more like it took` : " took",
      bound ? (bound === "at most" ? ", drawing more maps" : ", drawing fewer maps") : null,
      alike ? "." : ", scaled to the number of images in this data set.",
    );
  }

  /** A setting is not valid, so that there is no training to estimate. */
  invalid(): void {
    this.#say("Time: not known", "It is estimated again once all settings are right.");
  }

  #say(words: string, ...help: readonly Child[]): void {
    this.element.hidden = false;
    fill(this.element, h("strong", {}, words), h("p", { class: "field-help" }, ...help));
  }
}
