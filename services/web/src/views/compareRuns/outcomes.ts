/** What compared runs came to, as bars with their intervals. */
import { IntervalBars } from "../../charts/intervalBars.ts";
import type { Comparison } from "../../core/experiments/comparison.ts";
import { METRICS, type Metric } from "../../core/vocabulary/metrics.ts";
import { fill, h } from "../../ui/dom.ts";
import { showOutcomes, WHISKERS } from "../shared/outcomeBars.ts";

export class RunOutcomes {
  readonly element = h("div", {});
  #metric: Metric | undefined;
  #bars: IntervalBars | undefined;

  /** @param colourOf colour of a group of runs, by its number. */
  update(comparison: Comparison, colourOf: (group: number) => string): void {
    const { metric, epochs } = comparison;
    this.element.hidden = epochs.length === 0;
    if (this.element.hidden) return;
    if (metric !== this.#metric || !this.#bars) {
      this.#metric = metric;
      this.#bars = new IntervalBars(`${METRICS[metric].label}, at the end`, METRICS[metric].format);
      fill(this.element, this.#bars.element, h("p", { class: "chart-help" }, WHISKERS));
    }
    showOutcomes(this.#bars, comparison, colourOf);
  }
}
