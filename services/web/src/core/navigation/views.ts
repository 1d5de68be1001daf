/**
 * Every view of the page: its address, its title, its place in the navigation, and the state that its link
 * holds. The router, the links, the navigation bar and the tests read this table; `app/screens.ts` has the
 * code of each view under the same name.
 *
 * Addresses live behind `#`, so that any file server and any path prefix can serve the page.
 */

import { type Edit, editsCodec } from "../explorer/edits.ts";
import { EFFECTS } from "../explorer/effect.ts";
import { METRIC_NAMES } from "../vocabulary/metrics.ts";
import { codecs, optional, required, type StateOf, type Table } from "./linkState.ts";

/** What can be opened beside the map of an explorer. */
export const PANELS = ["walk", "judges", "labels", "surgery", "draw"] as const;
export type Panel = (typeof PANELS)[number];
/** The layers, which are always in view now, once had a panel of their own; surgery shows one of them closely. */
const OLD_PANELS = { layers: "surgery" } as const;

export interface ViewEntry {
  /** `:name` stands for the name of a run, model or experiment; null: reached by no address of its own. */
  readonly path: string | null;
  /** Title of the browser's tab; null: the name in the address. */
  readonly title: string | null;
  /** What is said of the name in the title. */
  readonly subtitle?: string;
  /** The view whose entry in the navigation bar is marked; a view that names itself has the entry. */
  readonly section: string | null;
  readonly state: Table;
}

/** In the order of the navigation bar. */
export const VIEWS = {
  runs: {
    path: "/runs",
    title: "Runs",
    section: "runs",
    state: {
      show: required(codecs.oneOf("all", "active", "finished", "failed"), "all"),
      dataset: optional(codecs.text),
      /** Words to search for. */
      find: optional(codecs.text),
    },
  },
  run: {
    path: "/runs/:name",
    title: null,
    section: "runs",
    state: {
      /** Epoch whose map and snapshot are shown; none: the newest, following the training. */
      epoch: optional(codecs.integer(1, 1_000_000)),
      /** Class whose map is shown, of a conditional run. */
      label: required(codecs.integer(0, 255), 0),
      /** Which of the two cubes is shown in 4D and more, by its place on the fourth axis. */
      side: required(codecs.oneOf("-1", "1"), "-1"),
      /** Epochs in all that are proposed where the run is extended; none: that dialog is closed. */
      extend: optional(codecs.integer(1, 100_000)),
      /** The loss surface: of which network, along which directions, in which scale; none: as suits it. */
      network: required(codecs.oneOf("generator", "discriminator"), "generator"),
      directions: required(codecs.oneOf("path", "random"), "path"),
      scale: optional(codecs.oneOf("linear", "log")),
    },
  },
  fork: {
    path: "/runs/:name/fork",
    title: null,
    subtitle: "fork",
    section: "runs",
    state: {
      /** Epoch whose state it begins with; none: the newest. */
      epoch: optional(codecs.integer(1, 1_000_000)),
    },
  },
  compareRuns: {
    path: "/compare-runs",
    title: "Runs compared",
    section: "runs",
    state: {
      /** Names of the runs, in the order of their colours. */
      runs: required(codecs.texts, [] as readonly string[]),
      figure: required(codecs.oneOf(...METRIC_NAMES), "weak_test_error"),
      /** How runs that differ only in their seed are shown: as their mean with its interval, or one by one. */
      seeds: required(codecs.oneOf("together", "each"), "together"),
    },
  },
  experiments: { path: "/experiments", title: "Experiments", section: "experiments", state: {} },
  experiment: {
    path: "/experiments/:name",
    title: null,
    section: "experiments",
    state: {
      /** What is compared. */
      metric: required(codecs.oneOf(...METRIC_NAMES), "weak_test_error"),
    },
  },
  newExperiment: {
    path: "/new-experiment",
    title: "New experiment",
    section: "experiments",
    state: {
      template: optional(codecs.text),
      /** Run whose spec is varied. */
      from: optional(codecs.text),
      /** A training spec as JSON, from the training form. */
      base: optional(codecs.text),
    },
  },
  models: { path: "/models", title: "Models", section: "models", state: {} },
  model: {
    path: "/models/:name/about",
    title: null,
    subtitle: "model",
    section: "models",
    state: {
      /** Version that the code and the figures are about; none: the newest. */
      version: optional(codecs.integer(1, 1_000_000)),
    },
  },
  explorer: {
    path: "/models/:name",
    title: null,
    subtitle: "explorer",
    section: "models",
    state: {
      /** The point; none: deep inside the largest region that the classifier is sure of. */
      z: required(codecs.numbers, [] as readonly number[]),
      /** Ends of the walk. */
      a: optional(codecs.numbers),
      b: optional(codecs.numbers),
      version: optional(codecs.integer(1, 1_000_000)),
      /** What the map shows; none, or one that the model does not offer: the classes. */
      theme: optional(codecs.text),
      /** What a second map beside it shows; none: there is no second map. */
      beside: optional(codecs.text),
      /** Whether classes fade where the classifier is unsure; none: they do while most of the map is unsure. */
      fade: optional(codecs.oneOf("no", "yes")),
      /** Whether real images are shown as dots on the map. */
      real: required(codecs.oneOf("no", "yes"), "no"),
      /** Whether the map keeps the cells of its first picture, and is not drawn more finely. */
      coarse: required(codecs.oneOf("no", "yes"), "no"),
      /** Whether generated images lie on the map. */
      pictures: required(codecs.oneOf("no", "yes"), "no"),
      /** Axes of the plane (right, up) or of the cube (three); none: all of them, up to a cube. */
      axes: required(codecs.integers, [] as readonly number[]),
      /** Class to generate, and the one whose map is shown (conditional models). */
      label: optional(codecs.integer(0, 255)),
      map: optional(codecs.integer(0, 255)),
      /** The only class that is highlighted on the map. */
      only: optional(codecs.integer(0, 255)),
      steps: required(codecs.integer(2, 64), 9),
      /** Azimuth and elevation of the cube in degrees, and zoom; none: it rotates by itself. */
      camera: optional(codecs.numbers),
      /** Classes that the cube does not show. */
      hide: required(codecs.integers, [] as readonly number[]),
      /** Coordinate beyond which the cube is cut away, one for each axis. */
      cut: optional(codecs.numbers),
      /** Whether the corner in front of the point is taken out of the cube. */
      open: required(codecs.oneOf("no", "yes"), "no"),
      /** Whether only the regions that the line from A to B crosses are shown. */
      crossed: required(codecs.oneOf("no", "yes"), "no"),
      /** Cells along each side of the cube. */
      cells: required(codecs.integer(2, 64), 24),
      /** The panel that is open beside the map. */
      panel: required(codecs.renamed(codecs.oneOf(...PANELS), OLD_PANELS), "walk"),
      /** Layer whose output is shown for surgery. */
      layer: optional(codecs.text),
      /** The edits of the surgery. */
      edits: required(editsCodec, [] as readonly Edit[]),
      /** What the map shows of their effect. */
      effect: required(codecs.oneOf(...EFFECTS), "after"),
    },
  },
  compare: {
    path: "/compare",
    title: "Side by side",
    section: "models",
    state: {
      /** Names of the models, side by side; a model may appear twice. */
      models: required(codecs.texts, [] as readonly string[]),
      /** Version of each; 0: its newest one. */
      versions: required(codecs.numbers, [] as readonly number[]),
      z: required(codecs.numbers, [] as readonly number[]),
      axes: required(codecs.integers, [0, 1] as readonly number[]),
      /** What all maps show; none, or one that no model offers: the classes. */
      theme: optional(codecs.text),
      label: optional(codecs.integer(0, 255)),
      only: optional(codecs.integer(0, 255)),
      /** Whether there is a row for the judges, and one for the output of each layer. */
      judges: required(codecs.oneOf("no", "yes"), "yes"),
      layers: required(codecs.oneOf("no", "yes"), "no"),
      /** Whether the pictures of a layer share one scale of greys, or each has its own. */
      greys: required(codecs.oneOf("row", "own"), "row"),
      /** Layers whose channels are shown one by one. */
      channels: required(codecs.texts, [] as readonly string[]),
    },
  },
  datasets: { path: "/datasets", title: "Data sets", section: "datasets", state: {} },
  newTraining: {
    path: "/new",
    title: "New training",
    section: "newTraining",
    state: {
      template: optional(codecs.text),
      /** Run whose spec the form starts from. */
      from: optional(codecs.text),
      /** Data set to use instead of the template's. */
      dataset: optional(codecs.text),
    },
  },
  glossary: {
    path: "/glossary",
    title: "Glossary",
    section: null,
    state: {
      /** The term that is marked. */
      term: optional(codecs.text),
    },
  },
  missing: { path: null, title: "Not found", section: null, state: {} },
} as const satisfies Readonly<Record<string, ViewEntry>>;

export type ViewName = keyof typeof VIEWS;
export type ViewState<V extends ViewName> = StateOf<(typeof VIEWS)[V]["state"]>;

export type RunsState = ViewState<"runs">;
export type RunState = ViewState<"run">;
export type ForkState = ViewState<"fork">;
export type CompareRunsState = ViewState<"compareRuns">;
export type ExperimentState = ViewState<"experiment">;
export type NewExperimentState = ViewState<"newExperiment">;
export type ModelState = ViewState<"model">;
export type ExplorerState = ViewState<"explorer">;
export type CompareState = ViewState<"compare">;
export type NewTrainingState = ViewState<"newTraining">;
export type GlossaryState = ViewState<"glossary">;
