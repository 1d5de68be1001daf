/** The gallery's experiment: five activations with three seeds each; two of its runs are not finished. */
import type { RunState, SpecDraft } from "../../api/types.ts";
import { type Comparison, cellText } from "../../core/experiments/comparison.ts";
import type { ExperimentSummary, ExperimentView } from "../../core/experiments/progress.ts";
import { withValue } from "../../core/training/draft.ts";
import { METRICS, type Metric, type MetricWords } from "../../core/vocabulary/metrics.ts";
import { ACTIVATION_NAMES } from "../../core/vocabulary/training.ts";
import { type CannedRun, cannedRun, NOW } from "./runs.ts";

const LABELS: string[] = [...ACTIVATION_NAMES];
const SEEDS = [0, 1, 2];
const EPOCHS = 100;
const EVERY = 20;
/** The 97.5 % quantile of Student's t by number of values less one. */
const T = [0, 12.706, 4.303];
const SETTLED: Readonly<Record<string, RunState>> = { "2/3": "running", "2/4": "queued" };

type Part = ExperimentView["runs"][number];

function parts(name: string): Part[] {
  return SEEDS.flatMap((seed) =>
    LABELS.map((label, combination): Part => {
      const state =
        SETTLED[`${seed}/${combination}`] ?? (label === "relu" && seed === 2 ? "failed" : "succeeded");
      const epoch = { running: 64, queued: 0, failed: 43 }[state as string] ?? EPOCHS;
      return {
        name: `${name}-${label.replace("_", "-")}-s${seed}`,
        combination,
        label,
        seed,
        state,
        epoch,
        epochs: EPOCHS,
        maps: Array.from({ length: Math.floor(epoch / EVERY) }, (_, index) => (index + 1) * EVERY),
        error:
          state === "failed" ? "The losses are no numbers any more; a smaller learning rate helps." : null,
      };
    }),
  );
}

/** An error that rises towards one half, at a pace for each activation and with an offset for each seed. */
function value(metric: Metric, { combination, seed }: Part, epoch: number): number {
  const pace = [0.5, 0.8, 0.85, 0.7, 0.9][combination] ?? 0.6;
  const luck = 0.025 * Math.sin(combination * 7.3 + seed * 3.9 + epoch * 0.21);
  const error = 0.5 * (1 - Math.exp((-pace * epoch) / 60)) * 0.8 + luck * (epoch / EPOCHS);
  switch (metric) {
    case "generator_loss":
      return 0.7 + error;
    case "discriminator_loss":
      return 1.4 - error;
    case "map_change":
      return 0.4 * Math.exp(-epoch / 30) + Math.abs(luck);
    case "seconds":
      return 2 + luck * 4;
    default:
      return error;
  }
}

function comparisonOf(runs: readonly Part[], metric: Metric): Comparison {
  const last = (METRICS[metric] as MetricWords).ofEpoch === undefined;
  const epochs = last ? [EPOCHS] : [1, 2, 3, 4, 5].map((step) => step * EVERY);
  const rows = LABELS.map((label, combination) => ({
    combination,
    label,
    cells: epochs.map((epoch) => {
      const done = runs.filter((run) => run.combination === combination && run.epoch >= epoch);
      return cellOf(
        epoch,
        done.map((run) => value(metric, run, epoch)),
      );
    }),
  }));
  return { metric, epochs, rows, verdict: verdictOf(metric, epochs, rows) };
}

/** Mean and interval of the values at an epoch. */
export function cellOf(
  epoch: number,
  values: readonly number[],
): Comparison["rows"][number]["cells"][number] {
  const n = values.length;
  if (n === 0) return { epoch, mean: null, interval: null, n };
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  if (n === 1) return { epoch, mean, interval: null, n };
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1);
  const reach = (T[n - 1] ?? 0) * Math.sqrt(variance / n);
  return { epoch, mean, interval: [mean - reach, mean + reach], n };
}

/** Worded as the gateway words it; the p-values are made up. */
export function verdictOf(
  metric: Metric,
  epochs: readonly number[],
  rows: Comparison["rows"],
): Comparison["verdict"] {
  const measuredAt = (place: number, least: number) =>
    rows.filter(({ cells }) => (cells[place]?.n ?? 0) >= least).length;
  const places = epochs.map((_, place) => place);
  const most = Math.max(...places.map((one) => measuredAt(one, 1)));
  const place =
    places.findLast((one) => measuredAt(one, 2) > 1) ??
    places.findLast((one) => measuredAt(one, 1) === most) ??
    0;
  const epoch = epochs[place];
  const better = "higher" as const;
  if (epoch === undefined)
    return { outcome: "unmeasured", epoch: null, better, order: [], pairs: [], sentence: "Not measured." };
  const ends = rows.map(({ combination, label, cells }) => ({ combination, label, cell: cells[place] }));
  const known = ends.filter(({ cell }) => (cell?.n ?? 0) > 0);
  known.sort((one, other) => (other.cell?.mean ?? 0) - (one.cell?.mean ?? 0));
  const words = (end = known[0]) => (end?.cell ? `${end.label} ${cellText(end.cell, metric)}` : "");
  const order = known.map(({ combination }) => combination);
  const all = known.map(words).join(", ");
  const alone = known.length === 1 ? "One training alone is measured" : undefined;
  const several = known.filter(({ cell }) => (cell?.n ?? 0) > 1);
  if (several.length < 2) {
    const why =
      several.length === 0
        ? "One seed each cannot tell a difference from chance"
        : "Chance can be judged once two trainings have two seeds each";
    const sentence = `${alone ?? why}: ${all} at epoch ${epoch}.`;
    return { outcome: "undecided", epoch, better, order, pairs: [], sentence };
  }
  const pairs = several.flatMap((ahead, rank) =>
    several.slice(rank + 1).map((behind, gap) => {
      const p = 0.9 / (gap + rank + 1) ** 1.5;
      return {
        ahead: ahead.combination,
        behind: behind.combination,
        p,
        adjusted: Math.min(1, 10 * p),
        beyond_chance: false,
      };
    }),
  );
  const figures = known.length > 4 ? `from ${words()} to ${words(known.at(-1))}` : all;
  const sentence = `No difference beyond chance at epoch ${epoch}: ${figures} (smallest p = 0.49).`;
  return { outcome: "no_difference", epoch, better, order, pairs, sentence };
}

/** Two activations with two seeds, measured once: the intervals are wide, and nothing can be concluded. */
export function briefExperiment(): CannedExperiment {
  const whole = cannedExperiment("brief");
  const kept = (run: Part) => run.combination < 2 && run.seed < 2;
  const view = (metric: Metric): ExperimentView => {
    const seen = whole.view(metric);
    return {
      ...seen,
      state: "succeeded",
      seeds: [0, 1],
      states: { succeeded: 4 },
      combinations: seen.combinations.slice(0, 2),
      runs: seen.runs.filter(kept),
      comparison: { ...ONCE, metric },
    };
  };
  const seen = view("map_change");
  const names = new Set(seen.runs.map(({ name }) => name));
  return {
    summary: { ...whole.summary, state: "succeeded", seeds: [0, 1], states: { succeeded: 4 } },
    view,
    runs: whole.runs.filter((run) => names.has(run.view.name)),
  };
}

const ONCE: Omit<Comparison, "metric"> = {
  epochs: [2],
  rows: [
    {
      combination: 0,
      label: "relu",
      cells: [{ epoch: 2, mean: 0.032, interval: [-0.095, 0.159], n: 2 }],
    },
    {
      combination: 1,
      label: "leaky_relu",
      cells: [{ epoch: 2, mean: 0.025, interval: [0.012, 0.038], n: 2 }],
    },
  ],
  verdict: {
    outcome: "no_difference",
    epoch: 2,
    better: null,
    order: [0, 1],
    pairs: [{ ahead: 0, behind: 1, p: 0.6108, adjusted: 0.6108, beyond_chance: false }],
    sentence:
      "No difference beyond chance at epoch 2: relu 3.2 % ± 13 %, leaky_relu 2.5 % ± 1.3 % (p = 0.61).",
  },
};

export interface CannedExperiment {
  readonly summary: ExperimentSummary;
  readonly view: (metric: Metric) => ExperimentView;
  readonly runs: readonly CannedRun[];
}

export function cannedExperiment(name = "activations", runs = parts(name)): CannedExperiment {
  const states: Record<string, number> = {};
  for (const { state } of runs) states[state] = (states[state] ?? 0) + 1;
  const active = runs.some(({ state }) => state === "running" || state === "queued");
  const summary: ExperimentSummary = {
    name,
    state: active ? "running" : "cancelled",
    submitted: new Date(NOW.getTime() - 2 * 3_600_000).toISOString(),
    seeds: SEEDS,
    states,
    varied: ["network.activation.name"],
  };
  const spec = {
    name,
    base: { dataset: "digits", epochs: EPOCHS, monitor: { weak_test_every: EVERY } },
    vary: { "network.activation.name": LABELS },
    seeds: SEEDS,
  };
  return {
    summary,
    view: (metric) => ({
      ...summary,
      spec,
      combinations: LABELS.map((label) => ({ label, values: { "network.activation.name": label } })),
      runs,
      comparison: comparisonOf(runs, metric),
    }),
    runs: runs.map((run) => runOf(run, name)),
  };
}

/** The experiment after it was cancelled. */
export function cancelled({ summary, view }: CannedExperiment): CannedExperiment {
  const stop = (run: Part): Part => {
    const going = run.state === "running" || run.state === "queued";
    return going ? { ...run, state: "cancelled" } : run;
  };
  return cannedExperiment(summary.name, view("weak_test_error").runs.map(stop));
}

/** The parts of a run that its maps and its model need. */
function runOf({ name, label, seed, state, epoch, maps }: Part, experiment: string): CannedRun {
  const run = cannedRun({
    name,
    state: state === "missing" ? "cancelled" : state,
    epoch: 0,
    epochs: EPOCHS,
    hoursAgo: 2,
    seed,
  });
  const versions = epoch >= EPOCHS ? maps : [];
  const spec = withValue(run.view.spec as unknown as SpecDraft, "network.activation", { name: label });
  return {
    ...run,
    view: {
      ...run.view,
      spec: spec as unknown as CannedRun["view"]["spec"],
      experiment,
      epoch,
      maps,
      versions,
    },
  };
}
