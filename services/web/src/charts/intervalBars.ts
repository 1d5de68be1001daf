/** Means as horizontal bars with whiskers, one per line, each with its value as text. */
import { fill, h, setText } from "../ui/dom.ts";

export interface IntervalBar {
  readonly label: string;
  readonly colour: string;
  readonly mean: number;
  readonly interval: readonly [low: number, high: number] | undefined;
  /** The bar's value as text. */
  readonly text: string;
}

export class IntervalBars {
  readonly element: HTMLElement;
  readonly #readout = h("span", { class: "chart-readout" });
  readonly #list = h("dl", { class: "bars interval-bars" });

  constructor(title: string) {
    this.element = h(
      "figure",
      { class: "chart" },
      h("figcaption", {}, h("span", { class: "chart-title" }, title), this.#readout),
      this.#list,
    );
  }

  /** @param range ends of the scale, at which intervals are cut off; it is widened to include zero. */
  update(bars: readonly IntervalBar[], range: readonly [number, number], readout: string): void {
    setText(this.#readout, readout);
    const [low, high] = [Math.min(0, range[0]), Math.max(0, range[1])];
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
                    class: "bar-whisker",
                    style: { left: at(bar.interval[0]), right: `calc(100% - ${at(bar.interval[1])})` },
                  })
                : null,
            ),
            h("span", { class: "bar-value" }, bar.text),
          ),
        ),
      ),
    );
  }
}
