/** Named shares as horizontal bars, one per line. */

import { barFigure } from "../core/figures/barFigure.ts";
import { GROUNDS } from "../core/figures/ground.ts";
import { percent } from "../core/text/format.ts";
import { fill, h } from "../ui/dom.ts";
import { marked } from "../ui/glossary/terms.ts";
import { resolvedColour } from "../ui/inlinedSvg.ts";
import { figureMenu } from "./figureMenu.ts";

export interface Bar {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

export class BarList {
  readonly element: HTMLElement;
  readonly #list = h("dl", { class: "bars" });
  #bars: readonly Bar[] = [];

  constructor(title: string, readout: string) {
    this.element = h(
      "figure",
      { class: "chart" },
      h(
        "figcaption",
        {},
        h("span", { class: "chart-title" }, marked(title)),
        h("span", { class: "chart-readout" }, readout),
        figureMenu(title, (ground, caption) =>
          barFigure({
            ...caption,
            words: [caption.words, readout].filter(Boolean).join(" · "),
            scale: [0, 1],
            tick: percent,
            ground,
            rows: this.#bars.map(({ label, share }) => ({
              label,
              colour: resolvedColour("var(--series-1)", GROUNDS[ground].scheme),
              value: share,
              text: percent(share),
            })),
          }),
        ),
      ),
      this.#list,
    );
  }

  update(bars: readonly Bar[]): void {
    this.#bars = bars;
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
