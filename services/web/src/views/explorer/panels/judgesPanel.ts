/** The judges at the point. */
import type { Api } from "../../../api/client.ts";
import { isRefused, messageOf } from "../../../api/problem.ts";
import type { GenerateQuery } from "../../../api/queries.ts";
import type { Judgement } from "../../../api/types.ts";
import { type Latest, latest } from "../../../core/requests/latest.ts";
import { h, setText } from "../../../ui/dom.ts";
import { JudgementView } from "./judgementView.ts";

export class JudgesPanel {
  readonly #view = new JudgementView();
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #ask: Latest<GenerateQuery>;
  readonly element = h(
    "div",
    { class: "judges-panel" },
    h(
      "p",
      { class: "panel-lede" },
      "Three networks look at the image of the point: the classifier names its class, the discriminator was trained against this generator, and the two-sample network was trained apart from both, only to tell generated images from real ones.",
    ),
    this.#status,
    this.#view.element,
  );
  #key = "";

  constructor(api: Api, model: string, events: { readonly failed: (error: unknown) => void }) {
    this.#view.element.hidden = true;
    this.#ask = latest<GenerateQuery, Judgement | undefined>(
      async (query, signal) => (await api.judge(model, query, signal)).judgements[0],
      (judgement) => {
        if (!judgement) return;
        setText(this.#status, "");
        this.#view.element.hidden = false;
        this.#view.show(judgement);
      },
      (error, { version }) => {
        this.#key = "";
        this.#view.element.hidden = true;
        const lacking = isRefused(error, "version");
        setText(
          this.#status,
          lacking ? `Epoch ${version} was exported without its judges.` : messageOf(error),
        );
        if (!lacking) events.failed(error);
      },
    );
  }

  /** @param query undefined while the panel is not visible. */
  update(query: GenerateQuery | undefined): void {
    const key = JSON.stringify(query) ?? "";
    if (!query || key === this.#key) return;
    this.#key = key;
    this.#ask.ask(query);
  }

  dispose(): void {
    this.#ask.cancel();
  }
}
