/** Links of the page. They live behind `#`, so that any file server and any path prefix can serve it. */
import { METRIC_NAMES } from "./experiment.ts";
import { codecs, optional, readState, required, type StateOf, type Table, writeState } from "./state.ts";

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
} satisfies Table;

export const newTable = {
  template: optional(codecs.text),
  /** Run whose spec the form starts from. */
  from: optional(codecs.text),
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

export const explorerTable = {
  /** The point. */
  z: required(codecs.numbers, [] as readonly number[]),
  /** Ends of the walk. */
  a: optional(codecs.numbers),
  b: optional(codecs.numbers),
  version: optional(codecs.integer(1, 1_000_000)),
  /** Axes of the plane: to the right, upwards. */
  axes: required(codecs.integers, [0, 1] as readonly number[]),
  /** Class to generate, and the one whose map is shown (conditional models). */
  label: optional(codecs.integer(0, 255)),
  map: optional(codecs.integer(0, 255)),
  /** Class singled out on the map. */
  only: optional(codecs.integer(0, 255)),
  steps: required(codecs.integer(2, 64), 9),
} satisfies Table;

export type RunState = StateOf<typeof runTable>;
export type RunsState = StateOf<typeof runsTable>;
export type NewState = StateOf<typeof newTable>;
export type ExperimentState = StateOf<typeof experimentTable>;
export type NewExperimentState = StateOf<typeof newExperimentTable>;
export type ExplorerState = StateOf<typeof explorerTable>;

export type Route =
  | { readonly view: "runs"; readonly state: RunsState }
  | { readonly view: "run"; readonly name: string; readonly state: RunState }
  | { readonly view: "new"; readonly state: NewState }
  | { readonly view: "experiments" }
  | { readonly view: "experiment"; readonly name: string; readonly state: ExperimentState }
  | { readonly view: "new-experiment"; readonly state: NewExperimentState }
  | { readonly view: "models" }
  | { readonly view: "explorer"; readonly name: string; readonly state: ExplorerState }
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
  if (noun === "models" && parts.length === 1) return { view: "models" };
  if (noun === "models" && name && parts.length === 2) {
    return { view: "explorer", name, state: readState(explorerTable, params) };
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
  explorer: (name: string, state: Partial<ExplorerState> = {}) =>
    address(`/models/${encodeURIComponent(name)}`, writeState(explorerTable, state)),
};

/** Commas stay readable in a fragment; URLSearchParams would write them as %2C. */
function address(path: string, params: URLSearchParams): string {
  const query = params.toString().replaceAll("%2C", ",");
  return `#${path}${query ? `?${query}` : ""}`;
}
