/** Figures by which runs are compared, epoch by epoch. */
import type { EpochFigures } from "../../api/types.ts";
import type { Sample } from "../maths/scale.ts";
import { METRICS, type Metric, type MetricWords } from "../vocabulary/metrics.ts";

export type RunFigure = MetricWords & Required<Pick<MetricWords, "ofEpoch">>;

/** The figures that are measured epoch by epoch. */
export type RunFigureName = {
  [N in keyof typeof METRICS]: (typeof METRICS)[N] extends RunFigure ? N : never;
}[keyof typeof METRICS];

export const RUN_FIGURES = Object.fromEntries(
  Object.entries<MetricWords>(METRICS).filter(([, { ofEpoch }]) => ofEpoch !== undefined),
) as Readonly<Record<RunFigureName, RunFigure>>;

/** Whether a metric is measured epoch by epoch, and not once at the end. */
export function isOfEpochs(name: Metric): name is RunFigureName {
  return name in RUN_FIGURES;
}

/** The values of a metric of one run, at the epochs at which it was measured; none: it is measured at the end. */
export function samplesOf(epochs: readonly EpochFigures[], name: Metric): Sample[] {
  const { ofEpoch }: MetricWords = METRICS[name];
  return epochs.flatMap((figures) => {
    const value = ofEpoch?.(figures);
    return value === null || value === undefined ? [] : [[figures.epoch, value] as const];
  });
}

/** A row for each epoch and a column for each run, for a spreadsheet. */
export function figureRows(
  runs: readonly { readonly epochs: readonly EpochFigures[] }[],
  name: Metric,
): (number | null)[][] {
  const columns = runs.map(({ epochs }) => new Map(samplesOf(epochs, name)));
  const epochs = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return epochs.map((epoch) => [epoch, ...columns.map((column) => column.get(epoch) ?? null)]);
}
