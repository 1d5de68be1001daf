/** The gallery's runs and models: a run in every state, with realistic figures. */
import type { EpochFigures, ModelView, RunState, RunView, SpecDraft } from "../../api/types.ts";
import { completed } from "../../core/training/draft.ts";
import guessing from "../data/guessing.json";
import previews from "../data/previews.json";
import { CLASSES, mapCells } from "./field.ts";
import { LAYERS } from "./layers.ts";
import { judgesAt, THEMES } from "./themes.ts";

/** The fixed time of the gallery. */
export const NOW = new Date("2026-03-14T12:00:00Z");

export interface CannedRun {
  readonly view: RunView;
  readonly epochs: readonly EpochFigures[];
}

export interface Plot {
  readonly name: string;
  readonly state: RunState;
  readonly epoch: number;
  readonly epochs?: number;
  readonly dataset?: string;
  readonly dim?: number;
  readonly conditional?: boolean;
  /** Conditional by projection, with folds. */
  readonly projection?: boolean;
  readonly hoursAgo: number;
  readonly seconds?: number;
  readonly exportEvery?: number;
  readonly seed?: number;
  readonly error?: string;
  readonly warnings?: RunView["warnings"];
  readonly lineage?: RunView["lineage"];
  readonly origin?: RunView["origin"];
  readonly extendedAt?: readonly number[];
  /** Keeps the training states of all versions. */
  readonly allStates?: boolean;
  /** How far its figures are from those of the root at first, and at last. */
  readonly drift?: readonly [number, number];
  /** Parts of its spec. */
  readonly settings?: SpecDraft;
}

const PLOTS: readonly Plot[] = [
  { name: "digits-2d", state: "running", epoch: 24, hoursAgo: 0.02, seconds: 1.9, exportEvery: 5 },
  {
    name: "mnist-2d",
    state: "succeeded",
    epoch: 50,
    epochs: 50,
    dataset: "mnist",
    hoursAgo: 5,
    seconds: 71,
    warnings: [
      {
        code: "dead_units",
        message:
          "31 % of the units of conv_1 are silent for every image. A leaky activation or a smaller learning rate keeps them alive.",
        epoch: 42,
      },
    ],
  },
  {
    name: "mnist-3d-conditional",
    state: "paused",
    epoch: 18,
    epochs: 50,
    dataset: "mnist",
    dim: 3,
    conditional: true,
    hoursAgo: 26,
    seconds: 84,
    exportEvery: 6,
  },
  { name: "mnist-4d", state: "queued", epoch: 0, epochs: 100, dataset: "mnist", dim: 4, hoursAgo: 0.1 },
  {
    name: "fashion-relu",
    state: "failed",
    epoch: 7,
    epochs: 50,
    dataset: "mnist",
    hoursAgo: 49,
    seconds: 66,
    error: "The disk is full, so epoch 8 could not be saved. Free some space and train again.",
    warnings: [
      {
        code: "mode_collapse",
        message:
          "Only 2 of 10 classes are left on the map: the generator makes nearly the same image everywhere. A smaller learning rate often helps.",
        epoch: 6,
      },
    ],
  },
  {
    name: "mnist-3d",
    state: "cancelled",
    epoch: 30,
    epochs: 50,
    dataset: "mnist",
    dim: 3,
    hoursAgo: 200,
    seconds: 80,
  },
];

export function cannedRuns(): CannedRun[] {
  return PLOTS.map(cannedRun);
}

/** A trained model in four dimensions. */
export function fourDimensions(): CannedRun[] {
  const four = {
    name: "mnist-4d",
    state: "succeeded" as const,
    dim: 4,
    dataset: "mnist",
    epoch: 60,
    hoursAgo: 30,
  };
  return [cannedRun({ ...four, epochs: 60, seconds: 90 })];
}

/** Two trainings, one of them with three seeds. */
export function threeSeeds(): CannedRun[] {
  const plot = { state: "succeeded" as const, epoch: 60, seconds: 2 };
  return [
    ...[0, 1, 2].map((seed) => cannedRun({ ...plot, name: `plain-s${seed}`, seed, hoursAgo: 5 - seed })),
    cannedRun({ ...plot, name: "deep", dim: 3, hoursAgo: 1, seed: 3 }),
  ];
}

/** Two trainings that take in the class in different ways. */
export function twoWaysOfConditioning(): CannedRun[] {
  const plot = { state: "succeeded" as const, dataset: "mnist", dim: 3, conditional: true, epoch: 20 };
  return [
    cannedRun({ ...plot, name: "by-multiply", epochs: 20, seconds: 84, hoursAgo: 8 }),
    cannedRun({ ...plot, name: "by-projection", projection: true, epochs: 20, seconds: 86, hoursAgo: 7 }),
  ];
}

/** The first run, a minute after it was started. */
export function firstMinute(): CannedRun[] {
  return [
    cannedRun({
      name: "digits-2d",
      state: "running",
      epoch: 3,
      hoursAgo: 0.003,
      seconds: 1.9,
      exportEvery: 5,
    }),
  ];
}

export function cannedRun(plot: Plot): CannedRun {
  const { name, state, epoch, epochs = 60, dim = 2, conditional = false, seconds = 2, seed = 0 } = plot;
  const kind = plot.projection ? "3p" : conditional ? "3c" : (String(dim) as "2" | "3" | "4");
  const spec = completed(
    {
      ...plot.settings,
      name,
      dataset: plot.dataset ?? "digits",
      epochs,
      seed,
      ...(plot.allStates ? { export: { states: "all" } } : {}),
    },
    previews[kind].spec as unknown as SpecDraft,
  ) as unknown as RunView["spec"];
  const begun = plot.lineage?.[0]?.epoch ?? 0;
  const done = Array.from({ length: epoch - begun }, (_, index) => begun + index + 1);
  const figures = figuresOf(epoch, plot.lineage ? 80 : epochs, seconds, seed)
    .slice(begun)
    .map((one) => drifted(one, plot.drift ?? [0, 0], begun));
  const submitted = new Date(NOW.getTime() - plot.hoursAgo * 3_600_000);
  const finished = state === "succeeded" || state === "failed" || state === "cancelled";
  const every = plot.exportEvery ?? 10;
  const versions = done.filter(
    (number) => number % every === 0 || (state === "succeeded" && number === epoch),
  );
  const states = done.filter(
    (number, place) => place >= done.length - 2 || (plot.allStates && versions.includes(number)),
  );
  const view: RunView = {
    name,
    state,
    request: null,
    spec,
    epoch,
    epochs,
    progress:
      state === "running" ? { phase: "training", step: 14, steps: 23 } : { phase: "", step: 0, steps: 0 },
    submitted: submitted.toISOString(),
    started: state === "queued" ? null : submitted.toISOString(),
    ended: finished ? new Date(submitted.getTime() + done.length * seconds * 1000).toISOString() : null,
    seconds_per_epoch: done.length ? seconds : null,
    position: state === "queued" ? 1 : null,
    starts_in: state === "queued" ? 70 : null,
    eta: state === "running" ? (epochs - epoch) * seconds : null,
    guessing: guessing[spec.loss ?? "bce"],
    metrics: figures.at(-1) ?? null,
    warnings: plot.warnings ?? [],
    error: plot.error ?? null,
    snapshots: done,
    maps: done,
    versions,
    lineage: plot.lineage ?? [],
    origin: plot.origin ?? null,
    extended_at: [...(plot.extendedAt ?? [])],
    states: { epochs: states, bytes: states.length * previews[kind].state_bytes },
    loss_surface: { results: [], job: null },
    last_event: epoch * 3 + 1,
    classes: [...CLASSES],
  };
  return { view, epochs: figures };
}

/** A fork's figures leave those of its parent slowly. */
function drifted(
  figures: EpochFigures,
  [first, last]: readonly [number, number],
  begun: number,
): EpochFigures {
  const away = first + (last - first) * (1 - Math.exp((begun - figures.epoch) / 9));
  const { generator_loss, discriminator_loss, weak_test } = figures;
  return {
    ...figures,
    generator_loss: generator_loss + away,
    discriminator_loss: discriminator_loss - away / 2,
    weak_test: weak_test ? { ...weak_test, error: weak_test.error * (1 + 2 * away) } : null,
  };
}

/** Losses that compete, a map that settles, and a two-sample error that slowly rises. */
export function figuresOf(count: number, epochs: number, seconds: number, seed = 0): EpochFigures[] {
  return Array.from({ length: count }, (_, index) => {
    const epoch = index + 1;
    const age = epoch / epochs;
    const wave = Math.sin(epoch * 1.9 + 2 * seed) * 0.5 + Math.sin(epoch * 0.7 + 1 + seed) * 0.5;
    const cells = mapCells([0, 1], 40, [-1, 1], [0, 0], epoch);
    const before = mapCells([0, 1], 40, [-1, 1], [0, 0], epoch - 1);
    const shares = Object.fromEntries(
      CLASSES.map((name, id) => [name, cells.filter((cell) => cell === id).length / cells.length]),
    );
    const changed = cells.filter((cell, place) => cell !== before[place]).length / cells.length;
    const luck = 1 + 0.12 * Math.sin(seed * 3.9) + 0.04 * Math.sin(seed * epoch);
    const error = (luck * 0.5) / (1 + Math.exp(-5 * (age - 0.75)));
    return {
      epoch,
      seconds: seconds * (1 + 0.04 * wave),
      generator_loss: 0.72 + 0.5 * Math.exp(-epoch / 6) + 0.05 * wave,
      discriminator_loss: 1.36 - 0.7 * Math.exp(-epoch / 5) - 0.04 * wave,
      map_change: epoch === 1 ? null : changed,
      shares,
      dead_units: { dense: 0.012, conv_1: 0.31 * age, conv_2: 0.06 * age },
      judges: epoch % 10 === 0 ? judgesAt(age) : null,
      weak_test:
        epoch % 10 === 0
          ? { error, cross_entropy: 0.69 * error * 2, p_value: 0.001, band: [0.477, 0.523] }
          : null,
    };
  });
}

export function cannedModels(runs: readonly CannedRun[]): ModelView[] {
  return runs
    .filter(({ view }) => view.versions.length > 0)
    .map(({ view }) => ({
      name: view.name,
      versions: view.versions,
      loaded: view.versions,
      latent_dim: view.spec.latent?.dim ?? 2,
      prior: "uniform",
      conditional: view.spec.conditional ?? false,
      classes: CLASSES,
      image_shape: [28, 28, 1],
      layers: LAYERS,
      themes: [...THEMES],
      run: view.name,
      card: {
        uid: `${view.name}-${view.versions.at(-1)}`,
        name: view.name,
        version: view.versions.at(-1) ?? 0,
        run: view.name,
        dataset: view.spec.dataset,
        latent_dim: view.spec.latent?.dim ?? 2,
        prior: "uniform",
        conditional: view.spec.conditional ?? false,
        classes: CLASSES,
        image_shape: [28, 28, 1],
        layers: LAYERS,
        precision: "float32",
        classifier_sha256: "3f9ac1d20b7e4586".repeat(4),
        classifier_accuracy: 0.9871,
        spec: view.spec,
        lineage: view.lineage ?? [],
        metrics: {},
        created: NOW.toISOString(),
        libraries: { keras: "3.11.3", tensorflow: "2.20.0" },
      },
    }));
}
