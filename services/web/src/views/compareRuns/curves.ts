/** One figure of several runs as overlaid curves; runs that differ only in their seed can be shown as their mean. */
import type { EpochFigures, Report, RunView } from "../../api/types.ts";
import type { EpochEvent } from "../../charts/axes.ts";
import { LineChart, type Series } from "../../charts/lineChart.ts";
import { csvBlob } from "../../core/formats/csv.ts";
import { type Branch, firstEpoch, joined } from "../../core/growth/family.ts";
import { rangeOf, seriesColour } from "../../core/maths/series.ts";
import type { CompareRunsState } from "../../core/navigation/views.ts";
import { figureRows, RUN_FIGURES, type RunFigureName, samplesOf } from "../../core/runs/figures.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { meansOf, seedGroups } from "../../core/runs/seeds.ts";
import { fill, h, setText } from "../../ui/dom.ts";

export interface Compared {
  readonly run: RunView;
  readonly epochs: readonly EpochFigures[];
  readonly report: Report | undefined;
}

interface Shown extends Pick<CompareRunsState, "figure" | "seeds"> {
  readonly compared: readonly Compared[];
}

export class RunCurves {
  readonly element = h("div", {});
  readonly #shown: () => Shown;
  readonly #help = h("p", { class: "chart-help" });
  #figure: RunFigureName | undefined;
  #chart: LineChart | undefined;

  constructor(shown: () => Shown) {
    this.#shown = shown;
  }

  update(): void {
    const { compared, figure, seeds } = this.#shown();
    const { label, unit, format, help } = RUN_FIGURES[figure];
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
    const longest = Math.max(1, ...runs.map((run) => (isFinished(run) ? run.epoch : run.epochs)));
    const series = asTree(seeds === "together" ? means(compared, figure) : each(compared, figure));
    const events = extensionsOf(runs);
    const notes = [
      help,
      series.some(({ around = [] }) => around.length > 0)
        ? "Bands are 95\u00a0% intervals of the mean over the seeds."
        : "",
      series.some(({ branches }) => branches) ? "A ring marks where a fork leaves its parent’s curve." : "",
      events.length > 0 ? "Dashed lines mark where a run had ended and was extended." : "",
    ];
    setText(this.#help, notes.filter(Boolean).join(" "));
    this.#chart.update({ firstEpoch: firstEpoch(runs), lastEpoch: longest, events, series });
  }

  csv(): Blob {
    const { compared, figure, seeds } = this.#shown();
    const groups = grouped(compared);
    if (seeds === "each" || groups.length === compared.length) {
      return csvBlob(["epoch", ...compared.map(({ run }) => run.name)], figureRows(compared, figure));
    }
    const rows = groups.flatMap(({ label, runs }) =>
      meansOf(runs, figure).map(({ epoch, mean, interval, n }) => [
        label,
        epoch,
        mean,
        interval?.[0],
        interval?.[1],
        n,
      ]),
    );
    return csvBlob(["runs", "epoch", "mean", "low", "high", "n"], rows);
  }

  dispose(): void {
    this.#chart?.dispose();
  }
}

function grouped(compared: readonly Compared[]) {
  return seedGroups(
    compared.map((one) => ({
      ...one,
      name: one.run.name,
      spec: one.run.spec,
      lineage: one.run.lineage ?? [],
    })),
  );
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

function each(compared: readonly Compared[], figure: RunFigureName): Curve[] {
  return compared.map(({ run, epochs }, index) => ({
    label: run.name,
    colour: seriesColour(index),
    samples: samplesOf(epochs, figure),
    runs: [run.name],
    lineage: run.lineage ?? [],
  }));
}

function means(compared: readonly Compared[], figure: RunFigureName): Curve[] {
  const found = grouped(compared).map(({ label, runs }) => ({
    label,
    runs: runs.map(({ name }) => name),
    lineage: runs[0]?.lineage ?? [],
    means: meansOf(runs, figure),
  }));
  const all = found.flatMap((group) => group.means.map(({ mean }) => mean));
  const [low, high] = rangeOf(all, RUN_FIGURES[figure].unit);
  const within = (value: number) => Math.min(high, Math.max(low, value));
  return found.map((group, number) => ({
    label: group.label,
    colour: seriesColour(number),
    runs: group.runs,
    lineage: group.lineage,
    samples: group.means.map(({ epoch, mean }) => [epoch, mean] as const),
    around: group.means.flatMap(({ epoch, interval }) =>
      interval ? [[epoch, within(interval[0]), within(interval[1])] as const] : [],
    ),
  }));
}
