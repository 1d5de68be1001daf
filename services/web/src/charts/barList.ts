/** Named shares as horizontal bars, one per line. */
import { percent } from "../core/text/format.ts";
import { fill, h } from "../ui/dom.ts";
import { marked } from "../ui/glossary/terms.ts";

export interface Bar {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

export class BarList {
  readonly element: HTMLElement;
  readonly #list = h("dl", { class: "bars" });

  constructor(title: string, readout: string) {
    this.element = h(
      "figure",
      { class: "chart" },
      h(
        "figcaption",
        {},
        h("span", { class: "chart-title" }, marked(title)),
        h("span", { class: "chart-readout" }, readout),
      ),
      this.#list,
    );
  }

  update(bars: readonly Bar[]): void {
    fill(
      this.#list,
      bars.map(({ label, share }) =>
        h(
          "div",
          { class: "bar-row" },
          h("dt", {}, label),
          h(
            "dd",
            {},
            h(
              "span",
              { class: "bar" },
              h("span", { class: "bar-fill", style: { width: `${share * 100}%` } }),
            ),
            h("span", { class: "bar-value" }, percent(share)),
          ),
        ),
      ),
    );
  }
}
