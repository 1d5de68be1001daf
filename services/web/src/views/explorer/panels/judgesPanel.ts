/** The judges at the point: in brief beside its image, and with all probabilities in a panel. */
import type { Api } from "../../../api/client.ts";
import { isRefused, messageOf } from "../../../api/problem.ts";
import type { GenerateQuery } from "../../../api/queries.ts";
import type { Judgement } from "../../../api/types.ts";
import { type Latest, latest } from "../../../core/requests/latest.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { briefOpinionsOf, JudgementView } from "./judgementView.ts";

interface Asked extends GenerateQuery {
  /** Judged in place of the image of the point. */
  readonly image: Blob | undefined;
}

export class JudgesPanel {
  /** What two of them say, in brief. */
  readonly brief = h("section", {
    class: "card judges-brief",
    "aria-label": "Judges in brief",
    hidden: true,
  });
  readonly #view = new JudgementView();
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #ask: Latest<Asked>;
  readonly element = h(
    "div",
    { class: "judges-panel" },
    this.#status,
    this.#view.element,
    h(
      "p",
      { class: "panel-lede" },
      marked(
        "Three networks look at the image of the point: the classifier names its class, the discriminator was trained against this generator, and the two-sample network was trained apart from both, only to tell generated images from real ones.",
      ),
    ),
  );
  /** Versions that were found not to have them. */
  readonly #lacking = new Set<number>();
  #key = "";
  #image: Blob | undefined;

  /** @param offered whether the model has judges, as far as is known; versions of other makers have none. */
  constructor(
    api: Api,
    model: string,
    offered: boolean,
    events: { readonly failed: (error: unknown) => void },
  ) {
    this.brief.hidden = !offered;
    this.#view.element.hidden = true;
    this.#ask = latest<Asked, Judgement | undefined>(
      async ({ image, ...query }, signal) => {
        const judged = image
          ? await api.judgeImage(model, image, query, signal)
          : await api.judge(model, query, signal);
        return judged.judgements[0];
      },
      (judgement) => {
        if (!judgement) return;
        setText(this.#status, "");
        this.#view.element.hidden = false;
        this.brief.hidden = false;
        this.#view.show(judgement);
        fill(this.brief, briefOpinionsOf(judgement));
      },
      (error, { version }) => {
        this.#key = "";
        this.#view.element.hidden = true;
        this.brief.hidden = true;
        const lacking = isRefused(error, "version");
        setText(
          this.#status,
          lacking ? `Epoch ${version} was exported without its judges.` : messageOf(error),
        );
        if (lacking) this.#lacking.add(version);
        else events.failed(error);
      },
    );
  }

  /** @param image what surgery made of the image of the point. */
  ask(query: GenerateQuery, image?: Blob): void {
    const key = JSON.stringify(query);
    if ((key === this.#key && image === this.#image) || this.#lacking.has(query.version)) return;
    this.#key = key;
    this.#image = image;
    this.#ask.ask({ ...query, image });
  }

  dispose(): void {
    this.#ask.cancel();
  }
}
