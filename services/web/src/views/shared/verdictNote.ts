/** The verdict on a comparison in words, with the tests that it rests on. */
import { type Comparison, methodWords, pWords, unbroken } from "../../core/experiments/comparison.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { capital } from "../../core/text/format.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";

export class VerdictNote {
  readonly #sentence = h("p", { class: "verdict-sentence", role: "status" });
  readonly #method = h("p", { class: "verdict-method" });
  readonly #pairs = h("div", {});
  readonly #more = h(
    "details",
    { class: "verdict-pairs" },
    h("summary", {}, icon("chevron", 14), "Every pair"),
    this.#pairs,
  );
  readonly element = h(
    "section",
    { class: "verdict", "aria-label": "Verdict" },
    this.#sentence,
    this.#method,
    this.#more,
  );
  readonly #how: string;
  readonly #noun: string;

  /**
   * @param how address of the description of the method.
   * @param noun what is compared: a combination, say.
   */
  constructor(how: string, noun: string) {
    this.#how = how;
    this.#noun = noun;
  }

  /** @param colourOf colour of a row of the comparison, by its number. */
  update({ verdict, rows }: Comparison, colourOf: (combination: number) => string = seriesColour): void {
    this.element.dataset.outcome = verdict.outcome;
    setText(this.#sentence, unbroken(verdict.sentence));
    const method = methodWords(verdict);
    fill(
      this.#method,
      method ? `${method} ` : `Two seeds or more for each ${this.#noun} allow a verdict. `,
      h("a", { class: "text-button", href: this.#how }, "How it is decided"),
    );
    this.#more.hidden = verdict.pairs.length < 2;
    const name = (combination: number) => [
      h("span", { class: "swatch", style: { background: colourOf(combination) } }),
      rows.find((row) => row.combination === combination)?.label ?? "",
    ];
    const than = verdict.better === null ? "higher than" : "better than";
    fill(
      this.#pairs,
      h(
        "div",
        { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Every pair, table" },
        h(
          "table",
          { class: "comparison-table" },
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col" }, capital(this.#noun)),
              h("th", { scope: "col" }, than),
              h("th", { scope: "col", class: "number" }, "p"),
              h("th", { scope: "col", class: "number" }, "p, corrected"),
              h("th", { scope: "col" }, "Beyond chance"),
            ),
          ),
          h(
            "tbody",
            {},
            verdict.pairs.map((pair) =>
              h(
                "tr",
                { class: pair.beyond_chance ? "beyond" : "" },
                h("td", {}, name(pair.ahead)),
                h("td", {}, name(pair.behind)),
                h("td", { class: "number" }, pWords(pair.p)),
                h("td", { class: "number" }, pWords(pair.adjusted)),
                h("td", {}, pair.beyond_chance ? "yes" : "no"),
              ),
            ),
          ),
        ),
      ),
    );
  }
}
