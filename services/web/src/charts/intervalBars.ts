/** Means as horizontal bars with whiskers, one per line, each with its value as text. */
import { barFigure } from "../core/figures/barFigure.ts";
import { GROUNDS, type GroundName } from "../core/figures/ground.ts";
import type { Caption, Figure } from "../core/figures/sheet.ts";
import { niceExtent, ticks } from "../core/maths/scale.ts";
import { fill, h, setText } from "../ui/dom.ts";
import { resolvedColour } from "../ui/inlinedSvg.ts";
import { figureMenu } from "./figureMenu.ts";

export interface IntervalBar {
  readonly label: string;
  readonly colour: string;
  readonly mean: number;
  readonly interval: readonly [low: number, high: number] | undefined;
  /** The bar's value as text. */
  readonly text: string;
}

/** Room for about so many labels below the bars. */
const TICKS = 4;

export class IntervalBars {
  readonly element: HTMLElement;
  readonly #readout = h("span", { class: "chart-readout" });
  readonly #list = h("dl", { class: "bars interval-bars" });
  readonly #axis = h("div", { class: "bar-axis", "aria-hidden": "true" });
  readonly #format: (value: number) => string;
  #bars: readonly IntervalBar[] = [];
  #scale: readonly [low: number, high: number] = [0, 1];

  constructor(title: string, format: (value: number) => string) {
    this.#format = format;
    const downloads = figureMenu(title, (ground, caption) => this.#figure(ground, caption));
    this.element = h(
      "figure",
      { class: "chart" },
      h("figcaption", {}, h("span", { class: "chart-title" }, title), this.#readout, downloads),
      h("div", { class: "interval-chart" }, this.#list, this.#axis),
    );
  }

  /**
   * @param range ends of the scale, which is widened to include zero and to end on round values. An interval
   *   that reaches beyond them is drawn without its end.
   */
  update(bars: readonly IntervalBar[], range: readonly [number, number], readout: string): void {
    setText(this.#readout, readout);
    const [low, high] = niceExtent([0, ...range], TICKS);
    this.#bars = bars;
    this.#scale = [low, high];
    const at = (value: number) =>
      `${(((Math.min(high, Math.max(low, value)) - low) / (high - low || 1)) * 100).toFixed(2)}%`;
    fill(
      this.#list,
      bars.map((bar) =>
        h(
          "div",
          { class: "bar-row" },
          h("dt", { title: bar.label }, bar.label),
          h(
            "dd",
            {},
            h(
              "span",
              { class: "bar" },
              h("span", {
                class: "bar-fill",
                style: {
                  left: at(Math.min(0, bar.mean)),
                  right: `calc(100% - ${at(Math.max(0, bar.mean))})`,
                  background: bar.colour,
                },
              }),
              bar.interval
                ? h("span", {
                    class: `bar-whisker${bar.interval[0] < range[0] ? " open-low" : ""}${bar.interval[1] > range[1] ? " open-high" : ""}`,
                    style: {
                      left: at(Math.max(range[0], bar.interval[0])),
                      right: `calc(100% - ${at(Math.min(range[1], bar.interval[1]))})`,
                    },
                  })
                : null,
            ),
            h("span", { class: "bar-value" }, bar.text),
          ),
        ),
      ),
    );
    fill(
      this.#axis,
      h(
        "div",
        { class: "bar-ticks" },
        ticks(low, high, TICKS).map((value) =>
          h("span", { style: { left: at(value) } }, this.#tick(value)),
        ),
      ),
    );
  }

  #tick(value: number): string {
    return value === 0 ? "0" : this.#format(value);
  }

  #figure(ground: GroundName, caption: Caption): Figure {
    return barFigure({
      ...caption,
      words: [caption.words, this.#readout.textContent].filter(Boolean).join(" · "),
      scale: this.#scale,
      tick: (value) => this.#tick(value),
      ground,
      rows: this.#bars.map(({ label, colour, mean, interval, text }) => ({
        label,
        colour: resolvedColour(colour, GROUNDS[ground].scheme),
        value: mean,
        interval,
        text,
      })),
    });
  }
}
