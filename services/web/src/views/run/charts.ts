/** The charts of a run, all over the same epochs. */

import type { EpochFigures, RunView } from "../../api/types.ts";
import type { EpochSpan } from "../../charts/frame.ts";
import { LineChart } from "../../charts/lineChart.ts";
import { ShareChart } from "../../charts/shareChart.ts";
import type { Sample } from "../../core/maths/scale.ts";
import { seriesColour } from "../../core/maths/series.ts";
import type { RunFigure } from "../../core/runs/figures.ts";
import { guessingLevels, guessingWords } from "../../core/runs/guessing.ts";
import { figure, percent } from "../../core/text/format.ts";
import { METRICS } from "../../core/vocabulary/metrics.ts";
import { h, setText } from "../../ui/dom.ts";

const GENERATOR = "var(--series-1)";
const DISCRIMINATOR = "var(--series-2)";
const INDEPENDENT = "var(--series-3)";

/** As tall as the pictures beside them on a usual screen. */
const LOSSES_HEIGHT = 350;

const LOSSES_HELP =
  "The two compete; neither curve should run away from the other. Their height says little about quality.";

export class RunCharts {
  readonly element: HTMLElement;
  /** The losses alone, which stand beside the pictures. */
  readonly losses: HTMLElement;
  readonly #losses: LineChart;
  readonly #change: LineChart;
  readonly #shares: ShareChart;
  readonly #test: LineChart;
  readonly #dead: LineChart;
  readonly #agreement: LineChart;
  readonly #alone: LineChart;
  readonly #calibration: LineChart;
  readonly #stretch: LineChart;
  readonly #judgeCards: readonly HTMLElement[];
  readonly #testCard: HTMLElement;
  readonly #deadCard: HTMLElement;
  readonly #lossesHelp = h("p", { class: "chart-help" });
  readonly #classes: readonly string[];

  /** @param picked called with the epoch that was clicked in a chart. */
  constructor(classes: readonly string[], picked: (epoch: number) => void) {
    this.#classes = classes;
    this.#losses = new LineChart({
      title: "Losses",
      yLabel: "",
      format: figure,
      height: LOSSES_HEIGHT,
      picked,
    });
    this.#change = new LineChart({
      title: "Map change",
      yLabel: "%",
      format: percent,
      include: [0],
      picked,
    });
    this.#shares = new ShareChart(classes, { title: "Class shares of the map", picked });
    this.#test = new LineChart({
      title: "Two-sample test, error",
      yLabel: "%",
      format: percent,
      include: [0, 0.5],
      picked,
    });
    this.#dead = new LineChart({
      title: "Dead units",
      yLabel: "%",
      format: percent,
      // A fixed minimum of the scale, so that tiny shares do not fill the chart.
      include: [0, 0.1],
      picked,
    });
    this.#agreement = new LineChart({
      title: "Agreement of the judges",
      yLabel: "",
      format: figure,
      include: [0, 1],
      picked,
    });
    this.#alone = new LineChart({
      title: "Real to one judge alone",
      yLabel: "%",
      format: percent,
      include: [0],
      picked,
    });
    this.#calibration = new LineChart({
      title: "Calibration error",
      yLabel: "%",
      format: percent,
      include: [0],
      picked,
    });
    this.#stretch = new LineChart({
      title: "Mean stretch",
      yLabel: "",
      format: figure,
      include: [0],
      picked,
    });
    this.#judgeCards = [
      card(this.#agreement.element, METRICS.judges_agreement.help),
      card(
        this.#alone.element,
        "Share of the map that the discriminator takes for real and the independent two-sample network does not, and the other way round.",
      ),
      card(
        this.#calibration.element,
        "How far the probabilities of either network are from the truth on held-out images. 0 is best.",
      ),
      card(this.#stretch.element, METRICS.stretch_mean.help),
    ];
    this.#testCard = card(
      this.#test.element,
      "The error of a network that tries to tell generated from real images. 50\u00a0% is perfect: it can only guess. Pure guessing falls inside the band 95 times in 100.",
    );
    this.#deadCard = card(
      this.#dead.element,
      "Share of each layer's units that are zero for every image: they no longer learn.",
    );
    this.losses = h("div", { class: "losses" }, this.#losses.element, this.#lossesHelp);
    this.element = h(
      "section",
      { class: "chart-grid-cards", "aria-label": "Curves" },
      card(
        this.#shares.element,
        "When classes disappear from the map, the generator has collapsed onto the others.",
        "wide",
      ),
      card(
        this.#change.element,
        "Share of the map whose class has changed since the previous map. It falls as the training settles.",
      ),
      this.#testCard,
      this.#judgeCards,
      this.#deadCard,
    );
  }

  /** @param guessing what the losses are while the discriminator only guesses, where that is known. */
  update(epochs: readonly EpochFigures[], span: EpochSpan, guessing: RunView["guessing"]): void {
    const samples = (value: (figures: EpochFigures) => number | null | undefined) =>
      epochs.flatMap((figures) => {
        const y = value(figures);
        return y === null || y === undefined ? [] : [[figures.epoch, y] as const];
      });
    this.#losses.update({
      ...span,
      series: [
        { label: "generator", colour: GENERATOR, samples: samples((one) => one.generator_loss) },
        {
          label: "discriminator",
          colour: DISCRIMINATOR,
          samples: samples((one) => one.discriminator_loss),
        },
      ],
      levels: guessingLevels(guessing, { generator: GENERATOR, discriminator: DISCRIMINATOR }),
    });
    const dashed = epochs.length > 0 ? guessingWords(guessing) : "";
    setText(this.#lossesHelp, [LOSSES_HELP, dashed].filter(Boolean).join(" "));
    this.#change.update({
      ...span,
      series: [{ label: "changed", colour: GENERATOR, samples: samples((one) => one.map_change) }],
    });
    this.#shares.update(
      epochs.flatMap(({ epoch, shares }) =>
        shares ? [{ epoch, shares: this.#classes.map((name) => shares[name] ?? 0) }] : [],
      ),
      span,
    );
    const tests = epochs.flatMap(({ epoch, weak_test }) => (weak_test ? [{ epoch, ...weak_test }] : []));
    this.#testCard.hidden = tests.length === 0;
    this.#test.update({
      ...span,
      series: [
        { label: "error", colour: GENERATOR, samples: tests.map(({ epoch, error }) => [epoch, error]) },
      ],
      band: {
        label: "pure guessing",
        edges: tests.map(({ epoch, band }) => [epoch, band[0] ?? 0.5, band[1] ?? 0.5]),
      },
    });
    this.#updateJudges(epochs, span, samples);
    const layers = [...new Set(epochs.flatMap(({ dead_units }) => Object.keys(dead_units ?? {})))];
    this.#deadCard.hidden = layers.length === 0;
    this.#dead.update({
      ...span,
      series: layers.map((label, index) => ({
        label,
        colour: seriesColour(index),
        samples: samples(({ dead_units }) => dead_units?.[label]),
      })),
    });
  }

  #updateJudges(
    epochs: readonly EpochFigures[],
    span: EpochSpan,
    samples: (value: (figures: EpochFigures) => number | null | undefined) => Sample[],
  ): void {
    for (const one of this.#judgeCards) one.hidden = epochs.every(({ judges }) => !judges);
    const series = (label: string, colour: string, metric: RunFigure) => ({
      label,
      colour,
      samples: samples(metric.ofEpoch),
    });
    this.#agreement.update({
      ...span,
      series: [series("rank correlation", GENERATOR, METRICS.judges_agreement)],
    });
    this.#alone.update({
      ...span,
      series: [
        series("two-sample network", INDEPENDENT, METRICS.two_sample_alone),
        series("discriminator", DISCRIMINATOR, METRICS.discriminator_alone),
      ],
    });
    this.#calibration.update({
      ...span,
      series: [
        series("two-sample network", INDEPENDENT, METRICS.two_sample_calibration),
        series("discriminator", DISCRIMINATOR, METRICS.discriminator_calibration),
      ],
    });
    this.#stretch.update({ ...span, series: [series("stretch", GENERATOR, METRICS.stretch_mean)] });
  }

  get #all() {
    return [
      this.#losses,
      this.#change,
      this.#shares,
      this.#test,
      this.#agreement,
      this.#alone,
      this.#calibration,
      this.#stretch,
      this.#dead,
    ];
  }

  mark(epoch: number | undefined): void {
    for (const chart of this.#all) chart.mark(epoch);
  }

  dispose(): void {
    for (const chart of this.#all) chart.dispose();
  }
}

function card(chart: HTMLElement, help: string, size = ""): HTMLElement {
  return h("div", { class: `card chart-card ${size}` }, chart, h("p", { class: "chart-help" }, help));
}
