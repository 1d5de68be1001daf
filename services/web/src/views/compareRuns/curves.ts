/** One figure of several runs as overlaid curves; runs that differ only in their seed can be shown as their mean. */
import type { Components, EpochFigures, Report, RunView } from "../../api/types.ts";
import type { EpochEvent } from "../../charts/axes.ts";
import { LineChart, type Series } from "../../charts/lineChart.ts";
import { linesOf, measured } from "../../core/experiments/comparison.ts";
import { csvBlob } from "../../core/formats/csv.ts";
import { type Branch, firstEpoch, joined } from "../../core/growth/family.ts";
import { seriesColour } from "../../core/maths/series.ts";
import type { CompareRunsState } from "../../core/navigation/views.ts";
import { figureRows, isOfEpochs, samplesOf } from "../../core/runs/figures.ts";
import { guessingMarks } from "../../core/runs/guessing.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { METRICS, type Metric } from "../../core/vocabulary/metrics.ts";
import { fill, h, setText } from "../../ui/dom.ts";

type RunComparison = Components["RunComparison"];

export interface Compared {
  readonly run: RunView;
  readonly epochs: readonly EpochFigures[];
  readonly report: Report | undefined;
}

interface Shown extends Pick<CompareRunsState, "figure" | "seeds"> {
  readonly compared: readonly Compared[];
  /** Of the same runs. */
  readonly comparison: RunComparison;
}

export class RunCurves {
  readonly element = h("div", {});
  readonly #help = h("p", { class: "chart-help" });
  #figure: Metric | undefined;
  #chart: LineChart | undefined;

  update({ compared, comparison, figure, seeds }: Shown): void {
    // What is measured once, at the end, has no curve: the bars say it.
    const drawn = isOfEpochs(figure);
    this.element.hidden = !drawn;
    if (!drawn) return;
    const { label, unit, format, help } = METRICS[figure];
    if (figure !== this.#figure || !this.#chart) {
      this.#figure = figure;
      this.#chart?.dispose();
      this.#chart = new LineChart({
        title: label,
        yLabel: unit,
        format,
        height: 300,
        include: figure === "weak_test_error" ? [0, 0.5] : [],
      });
      fill(this.element, this.#chart.element, this.#help);
    }
    const runs = compared.map(({ run }) => run);
    const series = asTree(seeds === "together" ? means(compared, comparison) : each(compared, figure));
    const span = spanOf(runs);
    const guessing = guessingMarks(figure, compared);
    const notes = [
      help,
      guessing?.words,
      series.some(({ around = [] }) => around.length > 0)
        ? "Bands are 95\u00a0% intervals of the mean over the seeds."
        : "",
      series.some(({ branches }) => branches) ? "A ring marks where a fork leaves its parent’s curve." : "",
      span.events.length > 0 ? "Dashed upright lines mark where a run had ended and was extended." : "",
    ];
    setText(this.#help, notes.filter(Boolean).join(" "));
    this.#chart.update({
      ...span,
      series,
      ...(guessing?.band
        ? { band: { label: guessing.name, edges: [[span.lastEpoch, ...guessing.band] as const] } }
        : {}),
      levels: guessing?.level === undefined ? [] : [{ label: guessing.name, value: guessing.level }],
    });
  }

  dispose(): void {
    this.#chart?.dispose();
  }
}

/** What is drawn, for a spreadsheet. */
export function curvesFile({ compared, comparison, figure, seeds }: Shown): Blob {
  const { groups, comparison: table } = comparison;
  if (isOfEpochs(figure) && (seeds === "each" || groups.length === compared.length)) {
    return csvBlob(["epoch", ...compared.map(({ run }) => run.name)], figureRows(compared, figure));
  }
  const rows = table.rows.flatMap(({ label, cells }) =>
    cells
      .filter(measured)
      .map(({ epoch, mean, interval, n }) => [label, epoch, mean, interval?.[0], interval?.[1], n]),
  );
  return csvBlob(["runs", "epoch", "mean", "low", "high", "n"], rows);
}

/** The epochs of the chart: as far as the longest run goes, or is to go. */
function spanOf(runs: readonly RunView[]) {
  return {
    firstEpoch: firstEpoch(runs),
    lastEpoch: Math.max(1, ...runs.map((run) => (isFinished(run) ? run.epoch : run.epochs))),
    events: extensionsOf(runs),
    over: runs.every(isFinished),
  };
}

/** A curve of the chart, and the runs that it shows. */
type Curve = Series & Branch;

/** Curves of forks begin on those of their parents, where these are shown. */
function asTree(curves: readonly Curve[]): Series[] {
  return joined(curves).map(({ samples, fork }, index) => ({
    ...(curves[index] as Curve),
    samples,
    branches: fork !== undefined,
  }));
}

/** One line for each epoch at which runs were extended, with their names. */
function extensionsOf(runs: readonly RunView[]): EpochEvent[] {
  const names = new Map<number, string[]>();
  for (const { name, extended_at = [] } of runs) {
    for (const epoch of extended_at) names.set(epoch, [...(names.get(epoch) ?? []), name]);
  }
  return [...names].map(([epoch, own]) => ({ epoch, label: `${own.join(", ")} extended` }));
}

function each(compared: readonly Compared[], figure: Metric): Curve[] {
  return compared.map(({ run, epochs }, index) => ({
    label: run.name,
    colour: seriesColour(index),
    samples: samplesOf(epochs, figure),
    runs: [run.name],
    lineage: run.lineage ?? [],
  }));
}

function means(compared: readonly Compared[], { groups, comparison }: RunComparison): Curve[] {
  const lines = new Map(linesOf(comparison).map((line) => [line.combination, line]));
  return groups.map(({ label, runs }, number) => ({
    label,
    colour: seriesColour(number),
    runs,
    lineage: compared.find(({ run }) => run.name === runs[0])?.run.lineage ?? [],
    samples: lines.get(number)?.samples ?? [],
    around: lines.get(number)?.around ?? [],
  }));
}
