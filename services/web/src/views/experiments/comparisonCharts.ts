/** Two charts of a comparison: each combination over the epochs, and its last value. */
import { IntervalBars } from "../../charts/intervalBars.ts";
import { LineChart } from "../../charts/lineChart.ts";
import { type Comparison, linesOf } from "../../core/experiments/comparison.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { METRICS, type Metric } from "../../core/vocabulary/metrics.ts";
import { fill, h } from "../../ui/dom.ts";
import { marked } from "../../ui/glossary/terms.ts";
import { showOutcomes, WHISKERS } from "../shared/outcomeBars.ts";

export class ComparisonCharts {
  readonly element = h("section", { class: "chart-grid-cards", "aria-label": "Charts" });
  #metric: Metric | undefined;
  #lines: LineChart | undefined;
  #bars: IntervalBars | undefined;

  update(comparison: Comparison): void {
    this.element.hidden = comparison.epochs.length === 0;
    if (this.element.hidden) return;
    if (comparison.metric !== this.#metric) this.#begin(comparison.metric);
    this.#lines?.update({
      lastEpoch: comparison.epochs.at(-1) ?? 1,
      series: linesOf(comparison).map((line) => ({ ...line, colour: seriesColour(line.combination) })),
    });
    if (this.#bars) showOutcomes(this.#bars, comparison, seriesColour);
  }

  dispose(): void {
    this.#lines?.dispose();
  }

  #begin(metric: Metric): void {
    this.#metric = metric;
    this.#lines?.dispose();
    const { label, unit, format, help } = METRICS[metric];
    const lines = new LineChart({ title: `${label}, by epoch`, yLabel: unit, format, height: 260 });
    const bars = new IntervalBars(`${label}, at the end`, format);
    this.#lines = lines;
    this.#bars = bars;
    const card = (chart: HTMLElement, text: string) =>
      h("div", { class: "card chart-card" }, chart, h("p", { class: "chart-help" }, marked(text)));
    fill(
      this.element,
      card(lines.element, `${help} Bands and whiskers are 95\u00a0% intervals over the seeds.`),
      card(bars.element, WHISKERS),
    );
  }
}
