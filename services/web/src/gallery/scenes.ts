/** Every view in every state that matters, each with a link to it. A view without a scene fails a test. */
import { linkTo } from "../core/navigation/router.ts";
import type { FakeOptions } from "./gateway/fakeGateway.ts";
import { briefExperiment, cannedExperiment } from "./world/experiments.ts";
import { familyRuns, waitingFork } from "./world/family.ts";
import {
  cannedRuns,
  firstMinute,
  fourDimensions,
  threeSeeds,
  twoWaysOfConditioning,
} from "./world/runs.ts";
import { computing, withSurfaces } from "./world/surface.ts";

export interface Scene {
  readonly title: string;
  readonly hash: string;
  readonly gateway: () => FakeOptions;
  /** Whether the person has not been here before, as far as the browser remembers. */
  readonly firstVisit?: true;
}

const usual = () => ({ runs: cannedRuns() });
const compared = () => ({ runs: cannedRuns(), experiments: [cannedExperiment()] });
const nothing = () => ({ runs: [] });
const family = () => ({ runs: familyRuns() });
/** The root of the family with its loss surfaces. */
const surfaces = () => ({
  runs: familyRuns().map((run) => ({
    ...run,
    view: withSurfaces(run.view, [
      { network: "generator", directions: "path" },
      { network: "discriminator", directions: "path" },
      { network: "generator", directions: "random" },
    ]),
  })),
});

export const SCENES: Readonly<Record<string, Scene>> = {
  runs: { title: "Runs in every state", hash: linkTo.runs(), gateway: usual },
  "runs-empty": { title: "Runs, none yet", hash: linkTo.runs(), gateway: nothing },
  "runs-first": {
    title: "Runs, the first one under way",
    hash: linkTo.runs(),
    gateway: () => ({ runs: firstMinute() }),
  },
  "runs-loading": {
    title: "Runs, loading",
    hash: linkTo.runs(),
    gateway: () => ({ runs: [], silent: true }),
  },
  offline: { title: "No connection", hash: linkTo.runs(), gateway: () => ({ runs: [], offline: true }) },
  locked: {
    title: "An API key is needed",
    hash: linkTo.runs(),
    gateway: () => ({ runs: cannedRuns(), key: "sesame" }),
  },
  "run-live": { title: "A run, training", hash: linkTo.run("digits-2d"), gateway: usual },
  "run-queued": { title: "A run, waiting", hash: linkTo.run("mnist-4d"), gateway: usual },
  "run-finished": { title: "A run, finished", hash: linkTo.run("mnist-2d"), gateway: usual },
  "run-failed": { title: "A run, failed", hash: linkTo.run("fashion-relu"), gateway: usual },
  "run-3d": { title: "A conditional run in 3D", hash: linkTo.run("mnist-3d-conditional"), gateway: usual },
  "run-missing": { title: "A run that does not exist", hash: linkTo.run("nowhere"), gateway: usual },
  "run-extend": {
    title: "A run that is to go on to more epochs",
    hash: linkTo.run("mnist-2d", { extend: 100 }),
    gateway: usual,
  },
  "run-fork": { title: "A fork", hash: linkTo.run("hinge", { epoch: 52 }), gateway: family },
  "run-fork-live": {
    title: "A fork of a fork, training",
    hash: linkTo.run("hinge-smoothed"),
    gateway: family,
  },
  "run-fork-queued": {
    title: "A fork, waiting",
    hash: linkTo.run("patient"),
    gateway: () => ({ runs: waitingFork() }),
  },
  "run-fork-orphan": {
    title: "A fork whose parent was deleted",
    hash: linkTo.run("narrow-again"),
    gateway: family,
  },
  "run-surface": {
    title: "The loss surface of a run",
    hash: linkTo.run("plain", { epoch: 30 }),
    gateway: surfaces,
  },
  "run-surface-computing": {
    title: "The loss surface of a run, being computed",
    hash: linkTo.run("plain"),
    gateway: () => ({ runs: computing(), surfaceStalled: true }),
  },
  fork: { title: "The form of a fork", hash: linkTo.fork("plain", { epoch: 40 }), gateway: family },
  "fork-none": { title: "A run that cannot be forked", hash: linkTo.fork("mnist-4d"), gateway: usual },
  "runs-family": { title: "Runs that grew from one another", hash: linkTo.runs(), gateway: family },
  "model-fork": { title: "The card of a fork's model", hash: linkTo.model("hinge"), gateway: family },
  "compare-runs-family": {
    title: "A family of runs compared, as one tree",
    hash: linkTo.compareRuns({
      runs: ["plain", "narrow-again", "warmer", "hinge", "hinge-smoothed"],
      figure: "generator_loss",
    }),
    gateway: family,
  },
  "runs-none": {
    title: "Runs, none found",
    hash: linkTo.runs({ dataset: "mnist", find: "nowhere" }),
    gateway: usual,
  },
  "compare-runs": {
    title: "Runs compared",
    hash: linkTo.compareRuns({ runs: ["mnist-2d", "mnist-3d", "digits-2d"] }),
    gateway: usual,
  },
  "compare-runs-seeds": {
    title: "Runs compared, three that differ only in their seed",
    hash: linkTo.compareRuns({ runs: threeSeeds().map(({ view }) => view.name) }),
    gateway: () => ({ runs: threeSeeds() }),
  },
  "compare-runs-settings": {
    title: "Runs compared, with other settings",
    hash: linkTo.compareRuns({ runs: twoWaysOfConditioning().map(({ view }) => view.name) }),
    gateway: () => ({ runs: twoWaysOfConditioning() }),
  },
  "compare-runs-empty": { title: "Runs, none to compare", hash: linkTo.compareRuns(), gateway: usual },
  datasets: {
    title: "Data sets",
    hash: linkTo.datasets(),
    gateway: () => ({ ...usual(), uploaded: true }),
  },
  model: { title: "A model's card", hash: linkTo.model("mnist-2d"), gateway: usual },
  "explorer-unpublished": {
    title: "2D explorer, before the first version",
    hash: linkTo.explorer("mnist-4d"),
    gateway: usual,
  },
  "explorer-missing": {
    title: "2D explorer of a model that does not exist",
    hash: linkTo.explorer("nowhere"),
    gateway: usual,
  },
  "model-missing": {
    title: "A model that does not exist",
    hash: linkTo.model("nowhere"),
    gateway: usual,
  },
  new: { title: "New training", hash: linkTo.newTraining(), gateway: usual },
  "new-conditional": {
    title: "New training, 3D conditional",
    hash: linkTo.newTraining({ template: "mnist-3d-conditional" }),
    gateway: usual,
  },
  "new-projection": {
    title: "New training, conditional by projection and with folds",
    hash: linkTo.newTraining({ from: "by-projection" }),
    gateway: () => ({ runs: twoWaysOfConditioning() }),
  },
  "new-study": {
    title: "New training, as in the study, with an estimate of its time",
    hash: linkTo.newTraining({ template: "study-2d" }),
    gateway: usual,
  },
  experiments: { title: "Experiments", hash: linkTo.experiments(), gateway: compared },
  "experiments-empty": { title: "Experiments, none yet", hash: linkTo.experiments(), gateway: nothing },
  experiment: {
    title: "An experiment, under way",
    hash: linkTo.experiment("activations"),
    gateway: compared,
  },
  "experiment-brief": {
    title: "An experiment of two, measured once",
    hash: linkTo.experiment("brief", { metric: "map_change" }),
    gateway: () => ({ runs: cannedRuns(), experiments: [briefExperiment()] }),
  },
  "experiment-missing": {
    title: "An experiment that does not exist",
    hash: linkTo.experiment("nowhere"),
    gateway: compared,
  },
  "new-experiment-folds": {
    title: "New experiment, with a setting of numbers",
    hash: linkTo.newExperiment({ template: "folds-digits" }),
    gateway: compared,
  },
  "new-experiment": { title: "New experiment", hash: linkTo.newExperiment(), gateway: compared },
  models: { title: "Models", hash: linkTo.models(), gateway: usual },
  "models-empty": { title: "Models, none yet", hash: linkTo.models(), gateway: nothing },
  explorer: {
    title: "2D explorer",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38] }),
    gateway: usual,
  },
  "explorer-theme": {
    title: "2D explorer, the discriminator's opinion",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], theme: "discriminator" }),
    gateway: usual,
  },
  "explorer-theme-sequential": {
    title: "2D explorer, a theme with a range of its own",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], theme: "stretch" }),
    gateway: usual,
  },
  "explorer-theme-lacking": {
    title: "2D explorer, a version without the theme",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], theme: "two_sample", version: 10 }),
    gateway: usual,
  },
  "explorer-beside": {
    title: "2D explorer, two themes side by side and against each other",
    hash: linkTo.explorer("mnist-2d", {
      z: [0.24, -0.38],
      theme: "discriminator",
      beside: "two_sample",
    }),
    gateway: usual,
  },
  "explorer-real": {
    title: "2D explorer, real images on the map",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], theme: "confidence", real: "yes" }),
    gateway: usual,
  },
  "explorer-judges": {
    title: "The judges at the point",
    hash: linkTo.explorer("mnist-2d", { z: [0.6, 0.3], real: "yes", panel: "judges" }),
    gateway: usual,
  },
  "explorer-cube-theme": {
    title: "3D explorer: the cube of a theme",
    hash: linkTo.explorer("mnist-3d", {
      z: [0.3, -0.3, 0.35],
      camera: [32, 24, 1],
      open: "yes",
      theme: "two_sample",
      real: "yes",
    }),
    gateway: usual,
  },
  "explorer-walk": {
    title: "2D explorer, from A to B",
    hash: linkTo.explorer("mnist-2d", { z: [0.1, 0.3], a: [-0.75, -0.5], b: [0.8, 0.62] }),
    gateway: usual,
  },
  "explorer-unsure": {
    title: "2D explorer after a few epochs, faded where the classifier is unsure",
    hash: linkTo.explorer("digits-2d", { z: [0.24, -0.38], version: 15, fade: "yes" }),
    gateway: usual,
  },
  "explorer-first-sight": {
    title: "3D explorer as it opens, inside the largest sure region",
    hash: linkTo.explorer("mnist-3d", { camera: [32, 24, 1], fade: "yes" }),
    gateway: usual,
  },
  "explorer-single": {
    title: "2D explorer, one class highlighted",
    hash: linkTo.explorer("mnist-2d", { z: [0.1, 0.3], only: 4 }),
    gateway: usual,
  },
  "explorer-layers": {
    title: "A layer at the point, closely",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], panel: "surgery", layer: "stage_1" }),
    gateway: usual,
  },
  "explorer-surgery": {
    title: "Surgery",
    hash: linkTo.explorer("mnist-2d", {
      z: [0.24, -0.38],
      panel: "surgery",
      layer: "stage_2",
      edits: [{ layer: "stage_2", rows: [3, 4, 5], scale: 0 }],
    }),
    gateway: usual,
  },
  "explorer-surgery-theme": {
    title: "Surgery and what the two-sample network says",
    hash: linkTo.explorer("mnist-2d", {
      z: [0.24, -0.38],
      panel: "surgery",
      layer: "stage_2",
      edits: [{ layer: "stage_2", rows: [3, 4, 5], scale: 0 }],
      theme: "two_sample",
    }),
    gateway: usual,
  },
  "explorer-draw": {
    title: "Draw a digit",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], panel: "draw" }),
    gateway: usual,
  },
  "explorer-draw-searching": {
    title: "Draw a digit, whose place is being searched",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], panel: "draw" }),
    gateway: () => ({ runs: cannedRuns(), searching: true }),
  },
  "explorer-growing": {
    title: "2D explorer, the map being drawn",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38] }),
    gateway: () => ({ runs: cannedRuns(), stalled: true }),
  },
  "explorer-pictures": {
    title: "2D explorer, generated images on the map",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38], pictures: "yes" }),
    gateway: usual,
  },
  "explorer-refining": {
    title: "2D explorer, the fine map on its way",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38] }),
    gateway: () => ({ runs: cannedRuns(), refining: true }),
  },
  "explorer-cube": {
    title: "3D explorer: the cube",
    hash: linkTo.explorer("mnist-3d", { z: [0.3, -0.3, 0.35], camera: [32, 24, 1], open: "yes" }),
    gateway: usual,
  },
  "explorer-cube-walk": {
    title: "3D explorer: only what the line crosses",
    hash: linkTo.explorer("mnist-3d", {
      z: [0.1, 0.2, 0.1],
      a: [-0.7, -0.6, -0.5],
      b: [0.8, 0.5, 0.7],
      camera: [32, 24, 1],
      crossed: "yes",
    }),
    gateway: usual,
  },
  "explorer-4d": {
    title: "4D explorer",
    hash: linkTo.explorer("mnist-4d", {
      z: [0.3, -0.3, 0.35, 0.5],
      camera: [-28, 30, 1],
      hide: [3, 6],
      cut: [1, 1, 0.4],
    }),
    gateway: () => ({ runs: fourDimensions() }),
  },
  "explorer-labels": {
    title: "All labels of a conditional model",
    hash: linkTo.explorer("mnist-3d-conditional", {
      z: [0.2, 0.1, -0.4],
      camera: [32, 24, 1],
      label: 3,
      panel: "labels",
    }),
    gateway: usual,
  },
  compare: {
    title: "Models side by side",
    hash: linkTo.compare({
      models: ["mnist-2d", "mnist-2d", "digits-2d"],
      versions: [10, 50, 20],
      z: [0.24, -0.38],
      layers: "yes",
    }),
    gateway: usual,
  },
  "compare-activations": {
    title: "Four activations side by side",
    hash: linkTo.compare({
      models: ["relu", "leaky-relu", "prelu", "elu"].map((name) => `activations-${name}-s0`),
      versions: [20, 40, 60, 100],
      z: [0.24, -0.38],
      layers: "yes",
    }),
    gateway: compared,
  },
  "compare-channels": {
    title: "Models side by side, the channels of a layer, each picture in its own greys",
    hash: linkTo.compare({
      models: ["mnist-2d", "digits-2d"],
      z: [0.6, 0.3],
      layers: "yes",
      greys: "own",
      channels: ["stage_2"],
    }),
    gateway: usual,
  },
  "compare-missing": {
    title: "Models side by side, some of which are not there",
    hash: linkTo.compare({ models: ["mnist-2d", "nowhere"], versions: [33, 0], z: [0.24, -0.38] }),
    gateway: usual,
  },
  "compare-theme": {
    title: "Models side by side, a theme in one range of colours",
    hash: linkTo.compare({
      models: ["mnist-2d", "mnist-2d", "mnist-2d", "digits-2d"],
      versions: [10, 20, 50, 20],
      z: [0.24, -0.38],
      theme: "stretch",
    }),
    gateway: usual,
  },
  "compare-empty": { title: "Nothing to compare yet", hash: linkTo.compare(), gateway: usual },
  "explorer-3d": {
    title: "Explorer of a conditional 3D model, a plane",
    hash: linkTo.explorer("mnist-3d-conditional", { z: [0.2, 0.1, -0.4], axes: [0, 2], label: 3 }),
    gateway: usual,
  },
  "explorer-unserved": {
    title: "Explorer without a model server",
    hash: linkTo.explorer("mnist-2d"),
    gateway: () => ({ runs: cannedRuns(), unserved: true }),
  },
  "explorer-tour": {
    title: "2D explorer, the first visit",
    hash: linkTo.explorer("mnist-2d", { z: [0.24, -0.38] }),
    gateway: usual,
    firstVisit: true,
  },
  glossary: { title: "Glossary", hash: linkTo.glossary({ term: "coverage" }), gateway: nothing },
  missing: { title: "No such page", hash: "#/elsewhere", gateway: usual },
};
