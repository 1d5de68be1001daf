/** What the step sizes of both optimisers do where a training goes on: a sentence and a chart. */
import type { StepSizes } from "../../api/types.ts";
import { LineChart } from "../../charts/lineChart.ts";
import { stepSizeCurves } from "../../core/growth/stepSizes.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { powerOfTen } from "../../core/text/format.ts";
import { h, setText } from "../../ui/dom.ts";

export class StepSizesChart {
  readonly element: HTMLElement;
  readonly #chart = new LineChart({
    title: "Step sizes",
    yLabel: "",
    format: powerOfTen,
    tick: powerOfTen,
    include: [0],
    height: 150,
  });
  readonly #words = h("p", { class: "step-words", role: "status" });

  constructor() {
    this.element = h("div", { class: "step-sizes" }, this.#words, this.#chart.element);
  }

  update(sizes: StepSizes): void {
    setText(this.#words, sizes.words);
    this.#chart.update({
      lastEpoch: sizes.epochs.at(-1) ?? 1,
      events: [{ epoch: sizes.goes_on_after, label: "goes on" }],
      series: stepSizeCurves(sizes).map((curve, index) => ({ ...curve, colour: seriesColour(index) })),
    });
  }

  dispose(): void {
    this.#chart.dispose();
  }
}
