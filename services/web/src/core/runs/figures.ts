/** What can be compared between runs, epoch by epoch. Pure. */
import type { EpochFigures } from "../../api/types.ts";
import { METRICS } from "../experiments/comparison.ts";
import type { Sample } from "../maths/scale.ts";
import { percent } from "../text/format.ts";

export interface RunFigure {
  readonly label: string;
  /** Unit of the chart's vertical axis. */
  readonly unit: "%" | "";
  readonly format: (value: number) => string;
  readonly help: string;
  readonly of: (figures: EpochFigures) => number | null | undefined;
}

/** A class with less of the map than this is as good as gone from it. */
const GONE = 0.005;

export const RUN_FIGURES = {
  weak_test_error: { ...METRICS.weak_test_error, of: ({ weak_test }) => weak_test?.error },
  weak_test_cross_entropy: {
    ...METRICS.weak_test_cross_entropy,
    of: ({ weak_test }) => weak_test?.cross_entropy,
  },
  map_change: { ...METRICS.map_change, of: ({ map_change }) => map_change },
  classes: {
    label: "Classes on the map",
    unit: "",
    format: (value) => String(value),
    help: "Classes that cover at least 0.5\u00a0% of the map. When it falls, the generator forgets some of them.",
    of: ({ shares }) =>
      shares ? Object.values(shares).filter((share) => share >= GONE).length : undefined,
  },
  generator_loss: { ...METRICS.generator_loss, of: ({ generator_loss }) => generator_loss },
  discriminator_loss: {
    ...METRICS.discriminator_loss,
    of: ({ discriminator_loss }) => discriminator_loss,
  },
  dead_units: {
    label: "Dead units, worst layer",
    unit: "%",
    format: percent,
    help: "Share of the units that are silent for every image, in the layer where it is largest.",
    of: ({ dead_units }) => (dead_units ? Math.max(0, ...Object.values(dead_units)) : undefined),
  },
  seconds: { ...METRICS.seconds, of: ({ seconds }) => seconds },
} as const satisfies Readonly<Record<string, RunFigure>>;

export type RunFigureName = keyof typeof RUN_FIGURES;
export const RUN_FIGURE_NAMES = Object.keys(RUN_FIGURES) as RunFigureName[];

/** A figure of one run over its epochs, where it was measured. */
export function samplesOf(epochs: readonly EpochFigures[], name: RunFigureName): Sample[] {
  const figure: RunFigure = RUN_FIGURES[name];
  return epochs.flatMap((figures) => {
    const value = figure.of(figures);
    return value === null || value === undefined ? [] : [[figures.epoch, value] as const];
  });
}

/** One row an epoch, one column a run, for a spreadsheet. */
export function figureRows(
  runs: readonly { readonly epochs: readonly EpochFigures[] }[],
  name: RunFigureName,
): (number | null)[][] {
  const columns = runs.map(({ epochs }) => new Map(samplesOf(epochs, name)));
  const epochs = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return epochs.map((epoch) => [epoch, ...columns.map((column) => column.get(epoch) ?? null)]);
}
