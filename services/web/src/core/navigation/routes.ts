/** Links of the page. They live behind `#`, so that any file server and any path prefix can serve it. */

import { METRIC_NAMES } from "../experiments/comparison.ts";
import { type Edit, editsCodec } from "../explorer/edits.ts";
import { RUN_FIGURE_NAMES } from "../runs/figures.ts";
import {
  codecs,
  optional,
  readState,
  required,
  type StateOf,
  type Table,
  writeState,
} from "./linkState.ts";

export const runTable = {
  /** Epoch whose map and snapshot are shown; none: the newest, following the training. */
  epoch: optional(codecs.integer(1, 1_000_000)),
  /** Of a conditional run: the class whose map is shown. */
  label: required(codecs.integer(0, 255), 0),
  /** In 4D and more: which of the two cubes, by its place on the fourth axis. */
  side: required(codecs.oneOf("-1", "1"), "-1"),
} satisfies Table;

export const runsTable = {
  show: required(codecs.oneOf("all", "active", "finished", "failed"), "all"),
  dataset: optional(codecs.text),
  /** Words that are looked for. */
  find: optional(codecs.text),
} satisfies Table;

export const compareRunsTable = {
  /** Names of the runs, in the order of their colours. */
  runs: required(codecs.texts, [] as readonly string[]),
  figure: required(codecs.oneOf(...RUN_FIGURE_NAMES), "weak_test_error"),
  /** Runs that differ in their seed alone: as their mean with its interval, or each for itself. */
  seeds: required(codecs.oneOf("together", "each"), "together"),
} satisfies Table;

export const modelTable = {
  /** Version that the code and the figures are about; none: the newest. */
  version: optional(codecs.integer(1, 1_000_000)),
} satisfies Table;

export const newTable = {
  template: optional(codecs.text),
  /** Run whose spec the form starts from. */
  from: optional(codecs.text),
  /** Data set instead of the one that it starts with. */
  dataset: optional(codecs.text),
} satisfies Table;

export const experimentTable = {
  /** What is compared. */
  metric: required(codecs.oneOf(...METRIC_NAMES), "weak_test_error"),
} satisfies Table;

export const newExperimentTable = {
  template: optional(codecs.text),
  /** Run whose spec is varied. */
  from: optional(codecs.text),
  /** A training spec as JSON, from the training form. */
  base: optional(codecs.text),
} satisfies Table;

export const PANELS = ["walk", "labels", "layers", "surgery", "draw"] as const;
export type Panel = (typeof PANELS)[number];

export const explorerTable = {
  /** The point. */
  z: required(codecs.numbers, [] as readonly number[]),
  /** Ends of the walk. */
  a: optional(codecs.numbers),
  b: optional(codecs.numbers),
  version: optional(codecs.integer(1, 1_000_000)),
  /** Axes of the plane (right, up) or of the cube (three); none: all of them, up to a cube. */
  axes: required(codecs.integers, [] as readonly number[]),
  /** Class to generate, and the one whose map is shown (conditional models). */
  label: optional(codecs.integer(0, 255)),
  map: optional(codecs.integer(0, 255)),
  /** Class singled out on the map. */
  only: optional(codecs.integer(0, 255)),
  steps: required(codecs.integer(2, 64), 9),
  /** Of a cube: azimuth and elevation in degrees, and zoom; none: it turns by itself. */
  camera: optional(codecs.numbers),
  /** Classes that the cube does not show. */
  hide: required(codecs.integers, [] as readonly number[]),
  /** What of the cube lies beyond these coordinates is cut away, one for each axis. */
  cut: optional(codecs.numbers),
  /** The corner before the point is taken out of the cube. */
  open: required(codecs.oneOf("no", "yes"), "no"),
  /** Only the regions that the line from A to B crosses. */
  crossed: required(codecs.oneOf("no", "yes"), "no"),
  /** Cells along each side of the cube. */
  cells: required(codecs.integer(2, 64), 24),
  /** What lies below the map. */
  panel: required(codecs.oneOf(...PANELS), "walk"),
  /** Layer that is looked into. */
  layer: optional(codecs.text),
  /** Surgery. */
  edits: required(editsCodec, [] as readonly Edit[]),
} satisfies Table;

export const compareTable = {
  /** Names of the models, side by side; the same one may come twice. */
  models: required(codecs.texts, [] as readonly string[]),
  /** Version of each; 0: its newest one. */
  versions: required(codecs.numbers, [] as readonly number[]),
  z: required(codecs.numbers, [] as readonly number[]),
  axes: required(codecs.integers, [0, 1] as readonly number[]),
  label: optional(codecs.integer(0, 255)),
  only: optional(codecs.integer(0, 255)),
  /** Activations of the layers below each map. */
  layers: required(codecs.oneOf("no", "yes"), "no"),
} satisfies Table;

export type RunState = StateOf<typeof runTable>;
export type RunsState = StateOf<typeof runsTable>;
export type CompareRunsState = StateOf<typeof compareRunsTable>;
export type ModelState = StateOf<typeof modelTable>;
export type NewState = StateOf<typeof newTable>;
export type ExperimentState = StateOf<typeof experimentTable>;
export type NewExperimentState = StateOf<typeof newExperimentTable>;
export type ExplorerState = StateOf<typeof explorerTable>;
export type CompareState = StateOf<typeof compareTable>;

export type Route =
  | { readonly view: "runs"; readonly state: RunsState }
  | { readonly view: "run"; readonly name: string; readonly state: RunState }
  | { readonly view: "compare-runs"; readonly state: CompareRunsState }
  | { readonly view: "new"; readonly state: NewState }
  | { readonly view: "experiments" }
  | { readonly view: "experiment"; readonly name: string; readonly state: ExperimentState }
  | { readonly view: "new-experiment"; readonly state: NewExperimentState }
  | { readonly view: "models" }
  | { readonly view: "model"; readonly name: string; readonly state: ModelState }
  | { readonly view: "datasets" }
  | { readonly view: "explorer"; readonly name: string; readonly state: ExplorerState }
  | { readonly view: "compare"; readonly state: CompareState }
  | { readonly view: "missing"; readonly path: string };

/** @param hash the part of the address from `#` on. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const params = new URLSearchParams(query);
  const parts = path.split("/").filter(Boolean).map(decoded);
  const [noun, name] = parts;
  if (parts.length === 0 || (noun === "runs" && parts.length === 1)) {
    return { view: "runs", state: readState(runsTable, params) };
  }
  if (noun === "runs" && name && parts.length === 2) {
    return { view: "run", name, state: readState(runTable, params) };
  }
  if (noun === "new" && parts.length === 1) return { view: "new", state: readState(newTable, params) };
  if (noun === "experiments" && parts.length === 1) return { view: "experiments" };
  if (noun === "experiments" && name && parts.length === 2) {
    return { view: "experiment", name, state: readState(experimentTable, params) };
  }
  if (noun === "new-experiment" && parts.length === 1) {
    return { view: "new-experiment", state: readState(newExperimentTable, params) };
  }
  if (noun === "compare-runs" && parts.length === 1) {
    return { view: "compare-runs", state: readState(compareRunsTable, params) };
  }
  if (noun === "datasets" && parts.length === 1) return { view: "datasets" };
  if (noun === "models" && name && parts[2] === "about" && parts.length === 3) {
    return { view: "model", name, state: readState(modelTable, params) };
  }
  if (noun === "models" && parts.length === 1) return { view: "models" };
  if (noun === "models" && name && parts.length === 2) {
    return { view: "explorer", name, state: readState(explorerTable, params) };
  }
  if (noun === "compare" && parts.length === 1) {
    return { view: "compare", state: readState(compareTable, params) };
  }
  return { view: "missing", path };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const linkTo = {
  runs: (state: Partial<RunsState> = {}) => address("/runs", writeState(runsTable, state)),
  run: (name: string, state: Partial<RunState> = {}) =>
    address(`/runs/${encodeURIComponent(name)}`, writeState(runTable, state)),
  newTraining: (state: Partial<NewState> = {}) => address("/new", writeState(newTable, state)),
  experiments: () => "#/experiments",
  experiment: (name: string, state: Partial<ExperimentState> = {}) =>
    address(`/experiments/${encodeURIComponent(name)}`, writeState(experimentTable, state)),
  newExperiment: (state: Partial<NewExperimentState> = {}) =>
    address("/new-experiment", writeState(newExperimentTable, state)),
  models: () => "#/models",
  model: (name: string, state: Partial<ModelState> = {}) =>
    address(`/models/${encodeURIComponent(name)}/about`, writeState(modelTable, state)),
  datasets: () => "#/datasets",
  compareRuns: (state: Partial<CompareRunsState> = {}) =>
    address("/compare-runs", writeState(compareRunsTable, state)),
  explorer: (name: string, state: Partial<ExplorerState> = {}) =>
    address(`/models/${encodeURIComponent(name)}`, writeState(explorerTable, state)),
  compare: (state: Partial<CompareState> = {}) => address("/compare", writeState(compareTable, state)),
};

/** Commas stay readable in a fragment; URLSearchParams would write them as %2C. */
function address(path: string, params: URLSearchParams): string {
  const query = params.toString().replaceAll("%2C", ",");
  return `#${path}${query ? `?${query}` : ""}`;
}
