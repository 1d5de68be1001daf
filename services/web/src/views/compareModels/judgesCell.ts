/** What discriminator and two-sample network say of one model's image, in two bars. */
import type { Api } from "../../api/client.ts";
import { isRefused, messageOf } from "../../api/problem.ts";
import type { GenerateQuery } from "../../api/queries.ts";
import type { Judgement } from "../../api/types.ts";
import { type Latest, latest } from "../../core/requests/latest.ts";
import { verdictOf } from "../../core/themes/verdict.ts";
import { fill, h } from "../../ui/dom.ts";
import { opinion } from "../shared/opinion.ts";

export class JudgesCell {
  readonly element = h("div", { class: "matrix-cell judges-cell waiting" });
  readonly #ask: Latest<GenerateQuery>;
  #key = "";

  constructor(api: Api, model: string, failed: (error: unknown) => void) {
    this.#ask = latest<GenerateQuery, Judgement | undefined>(
      async (query, signal) => (await api.judge(model, query, signal)).judgements[0],
      (judgement) => {
        if (judgement) this.#show(judgement);
      },
      (error, { version }) => {
        const lacking = isRefused(error, "version");
        this.#say(lacking ? `Epoch ${version} was exported without its judges.` : messageOf(error));
        if (lacking) return;
        this.#key = "";
        failed(error);
      },
      1,
    );
  }

  /** @param query undefined while the judges are not shown. */
  update(query: GenerateQuery | undefined): void {
    const key = JSON.stringify(query) ?? "";
    if (!query || key === this.#key) return;
    this.#key = key;
    this.#ask.ask(query);
  }

  dispose(): void {
    this.#ask.cancel();
  }

  #show({ discriminator, two_sample }: Judgement): void {
    this.element.classList.remove("waiting");
    this.element.title = verdictOf(discriminator.probability, two_sample.probability);
    fill(
      this.element,
      opinion("Discriminator", discriminator.probability),
      opinion("Two-sample", two_sample.probability),
    );
  }

  #say(text: string): void {
    this.element.classList.remove("waiting");
    this.element.removeAttribute("title");
    fill(this.element, h("p", { class: "quiet-note" }, text));
  }
}
