/** How long a training will take, based on earlier ones. */

import { linkTo } from "../../core/navigation/router.ts";
import { duration, integer } from "../../core/text/format.ts";
import type { Estimate } from "../../core/training/timeEstimate.ts";
import { fill, h } from "../../ui/dom.ts";

export class TimeEstimate {
  readonly element = h("div", { class: "time-estimate", role: "status" });

  /** @param asked whether there is a draft to estimate. */
  update(estimate: Estimate | undefined, asked: boolean, epochs: number): void {
    this.element.hidden = !asked;
    if (!estimate) {
      fill(
        this.element,
        h("strong", {}, "Time: not known yet"),
        h(
          "p",
          { class: "field-help" },
          "No similar training has run here before. After the first epoch, the page shows the time left.",
        ),
      );
      return;
    }
    const { seconds, secondsPerEpoch, from, alike } = estimate;
    const [newest = ""] = from;
    const others = from.length - 1;
    fill(
      this.element,
      h("strong", {}, `Takes about ${duration(seconds)}`),
      h(
        "p",
        { class: "field-help" },
        `${integer(epochs)} epochs of ${duration(secondsPerEpoch)}, as `,
        h("a", { class: "text-button", href: linkTo.run(newest) }, newest),
        others > 0 ? ` and ${others} more like it took` : " took",
        alike ? "." : ", scaled to the number of images in this data set.",
      ),
    );
  }
}
