/** What an experiment's form asks for, and what its charts show. Pure. */
import type { Components, SpecDraft, SpecValue } from "../../api/types.ts";
import { duration, figure, integer, percent } from "../text/format.ts";
import { listed } from "../text/numbers.ts";
import { typedNumber, withValue } from "../training/draft.ts";
import { type Field, SECTIONS } from "../training/fields.ts";

export type ExperimentView = Components["ExperimentView"];
export type ExperimentSummary = Components["ExperimentSummary"];
export type Comparison = Components["Comparison"];
export type Metric = Comparison["metric"];
type Cell = Components["Cell"];

/** The server refuses more. */
export const MOST_RUNS = 256;

interface MetricWords {
  readonly label: string;
  readonly format: (value: number) => string;
  /** Unit of the charts' vertical axis. */
  readonly unit: "%" | "";
  readonly help: string;
}

export const METRICS: Readonly<Record<Metric, MetricWords>> = {
  weak_test_error: {
    label: "Weak two-sample test, error",
    format: percent,
    unit: "%",
    help: "How often a small network that was just trained on it takes a generated image for a real one, or the other way round. 50\u00a0% is perfect.",
  },
  weak_test_cross_entropy: {
    label: "Weak two-sample test, cross-entropy",
    format: figure,
    unit: "",
    help: "How unsure that network is. 0.69 is pure guessing, which is perfect.",
  },
  strong_test_error: {
    label: "Strong two-sample test, error",
    format: percent,
    unit: "%",
    help: "The thorough test at the end of each training. 50\u00a0% is perfect.",
  },
  generator_loss: {
    label: "Generator loss",
    format: figure,
    unit: "",
    help: "Says little about quality; losses of different kinds cannot be compared.",
  },
  discriminator_loss: {
    label: "Discriminator loss",
    format: figure,
    unit: "",
    help: "Says little about quality; losses of different kinds cannot be compared.",
  },
  map_change: {
    label: "Map change",
    format: percent,
    unit: "%",
    help: "Share of the map whose class changed since the map before. Small: the training has settled.",
  },
  seconds: {
    label: "Time per epoch",
    format: duration,
    unit: "",
    help: "Seconds for one epoch with its monitoring.",
  },
};

export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

// The comparison ------------------------------------------------------------------------------

/** A colour for each combination; more than there are come again. */
export function seriesColour(combination: number): string {
  return `var(--series-${(combination % 8) + 1})`;
}

export function measured(cell: Cell): cell is Cell & { mean: number } {
  return cell.mean !== null;
}

/** `0.2 ± 0.05` in the metric's own words; the interval is symmetric about the mean. */
export function cellText(cell: Cell, metric: Metric): string {
  if (!measured(cell)) return "–";
  const { format } = METRICS[metric];
  const [, high] = cell.interval ?? [];
  return high === undefined ? format(cell.mean) : `${format(cell.mean)} ± ${format(high - cell.mean)}`;
}

/** How far a comparison's intervals are drawn. */
export function drawnRange(comparison: Comparison): readonly [low: number, high: number] {
  const means = comparison.rows.flatMap(({ cells }) => cells.filter(measured).map(({ mean }) => mean));
  return rangeOf(means, METRICS[comparison.metric].unit);
}

/**
 * How far intervals are drawn about some means: as far again as these reach, and no share beyond 0 and 1.
 * With two seeds an interval is so wide that it would leave the means no room.
 */
export function rangeOf(means: readonly number[], unit: "%" | ""): readonly [low: number, high: number] {
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const room = high - low || Math.abs(high) / 2 || 1;
  const range = [low - room, high + room] as const;
  return unit === "%" ? [Math.max(0, range[0]), Math.min(1, range[1])] : range;
}

export interface Outcome {
  readonly combination: number;
  readonly label: string;
  readonly epoch: number;
  readonly mean: number;
  readonly interval: readonly [number, number] | undefined;
}

/** Where each combination stands at the last epoch at which it was measured. */
export function outcomes(comparison: Comparison): Outcome[] {
  return comparison.rows.flatMap(({ combination, label, cells }) => {
    const cell = cells.findLast(measured);
    if (!cell) return [];
    const [low, high] = cell.interval ?? [];
    const interval = low === undefined || high === undefined ? undefined : ([low, high] as const);
    return [{ combination, label, epoch: cell.epoch, mean: cell.mean, interval }];
  });
}

export function isSettled({ states }: Pick<ExperimentView, "states">): boolean {
  return !["queued", "running", "paused"].some((state) => (states[state] ?? 0) > 0);
}

/** Share of all epochs that are done, 0 to 1; what has ended has no more to do. */
export function shareOfEpochs(runs: ExperimentView["runs"]): number {
  const left = new Set(["queued", "running", "paused"]);
  const done = runs.map(({ state, epoch, epochs }) => (left.has(state) ? epoch / epochs : 1));
  return done.reduce((sum, share) => sum + share, 0) / Math.max(1, runs.length);
}

/** What would go with an experiment's runs: "15 runs and 13 models". */
export function partsText(runs: readonly string[], models: readonly { readonly run: string }[]): string {
  const own = new Set(runs);
  const exported = models.filter(({ run }) => own.has(run)).length;
  const counted = (count: number, noun: string) => `${integer(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${counted(own.size, "run")} and ${counted(exported, "model")}`;
}

// The form ------------------------------------------------------------------------------------

/** What can be varied, by section: every knob but the name and the seed. */
export const VARIABLES: readonly { readonly title: string; readonly fields: readonly Field[] }[] =
  SECTIONS.map((section) => ({
    title: section.title,
    fields: [
      ...section.fields,
      ...(section.groups ?? []).flatMap(({ title, fields }) =>
        fields.map((field) => ({ ...field, label: `${title}: ${field.label.toLowerCase()}` })),
      ),
    ].filter(({ path, kind }) => kind !== "text" && path !== "seed"),
  }));

export function variable(path: string): Field | undefined {
  return VARIABLES.flatMap(({ fields }) => fields).find((field) => field.path === path);
}

/**
 * Values as they were typed, separated by commas; where they have decimal commas, by semicolons. What is no
 * number is left for the server.
 */
export function typedValues(text: string, whole = false): SpecValue[] {
  return listed(text)
    .map((part) => typedNumber(part, whole))
    .filter((value) => value !== undefined);
}

export interface ExperimentDraft {
  readonly name: string;
  readonly base: SpecDraft;
  readonly vary: readonly { readonly path: string; readonly values: readonly SpecValue[] }[];
  readonly seeds: readonly SpecValue[];
}

export function runCount({ vary, seeds }: ExperimentDraft): number {
  return vary.reduce((count, { values }) => count * values.length, seeds.length);
}

/** The body of `POST /experiments`. */
export function requestOf({ name, base, vary, seeds }: ExperimentDraft): object {
  return {
    name,
    base: withValue(base, "name", undefined),
    vary: Object.fromEntries(vary.map(({ path, values }) => [path, values])),
    seeds,
  };
}

export interface ExperimentTemplate {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly draft: Omit<ExperimentDraft, "name">;
}

const ACTIVATIONS = ["relu", "leaky_relu", "prelu", "elu", "rrelu"];

const activations = (dataset: string, epochs: number, weakEvery: number): ExperimentTemplate["draft"] => ({
  base: {
    dataset,
    epochs,
    monitor: { map_every: weakEvery, weak_test_every: weakEvery },
    export: { every: epochs },
  },
  vary: [{ path: "network.activation.name", values: ACTIVATIONS }],
  seeds: [0, 1, 2],
});

export const EXPERIMENT_TEMPLATES: readonly ExperimentTemplate[] = [
  {
    id: "activations-digits",
    title: "Activations, digits",
    text: "Which bend in the layers learns best? Five of them on small digits, three seeds each.",
    draft: activations("digits", 100, 20),
  },
  {
    id: "activations-mnist",
    title: "Activations, MNIST",
    text: "The founding study's comparison: 500 epochs, measured every 100. Days without a GPU.",
    draft: activations("mnist", 500, 100),
  },
  {
    id: "dimensions-digits",
    title: "Dimensions, digits",
    text: "How much do three or four latent numbers gain over two?",
    draft: { ...activations("digits", 100, 20), vary: [{ path: "latent.dim", values: [2, 3, 4] }] },
  },
];

/** A varied field in words; a path that the form does not know, as it is. */
export function pathWords(path: string): string {
  return (variable(path) ?? variable(`${path}.name`))?.label ?? path;
}
