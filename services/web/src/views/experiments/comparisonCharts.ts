/** Two charts of a comparison: each combination over the epochs, and its last value. */
import { IntervalBars } from "../../charts/intervalBars.ts";
import { LineChart } from "../../charts/lineChart.ts";
import {
  barRange,
  byResult,
  type Comparison,
  cellText,
  drawnRange,
  measured,
  outcomes,
} from "../../core/experiments/comparison.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { integer } from "../../core/text/format.ts";
import { METRICS, type Metric } from "../../core/vocabulary/metrics.ts";
import { fill, h } from "../../ui/dom.ts";
import { marked } from "../../ui/glossary/terms.ts";

export class ComparisonCharts {
  readonly element = h("section", { class: "chart-grid-cards", "aria-label": "Charts" });
  #metric: Metric | undefined;
  #lines: LineChart | undefined;
  #bars: IntervalBars | undefined;

  update(comparison: Comparison): void {
    this.element.hidden = comparison.epochs.length === 0;
    if (this.element.hidden) return;
    if (comparison.metric !== this.#metric) this.#begin(comparison.metric);
    const [low, high] = drawnRange(comparison);
    const within = (value: number) => Math.min(high, Math.max(low, value));
    this.#lines?.update({
      lastEpoch: comparison.epochs.at(-1) ?? 1,
      series: byResult(comparison).map(({ combination, label, cells }) => ({
        label,
        colour: seriesColour(combination),
        samples: cells.filter(measured).map(({ epoch, mean }) => [epoch, mean] as const),
        around: cells.flatMap(({ epoch, interval }) => {
          const [from, to] = interval ?? [];
          return from === undefined || to === undefined ? [] : [[epoch, within(from), within(to)] as const];
        }),
      })),
    });
    const ends = outcomes(comparison);
    const epochs = new Set(ends.map(({ epoch }) => epoch));
    const [only] = epochs.size === 1 ? epochs : [];
    this.#bars?.update(
      ends.map((end) => {
        const cell = comparison.rows
          .find(({ combination }) => combination === end.combination)
          ?.cells.find(({ epoch }) => epoch === end.epoch);
        const text = cell ? cellText(cell, comparison.metric) : "";
        return {
          ...end,
          colour: seriesColour(end.combination),
          text: only === undefined ? `${text}, epoch ${integer(end.epoch)}` : text,
        };
      }),
      barRange(ends, comparison.metric),
      only === undefined ? "each at its last measured epoch" : `epoch ${integer(only)}`,
    );
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
      card(
        bars.element,
        "Ordered by result. Whiskers are 95\u00a0% intervals of the mean; one without an end goes on where no value can be.",
      ),
    );
  }
}
