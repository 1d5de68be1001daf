/** The code of every view, under its name in `core/navigation/views.ts`. */
import type { ViewName, ViewState } from "../core/navigation/views.ts";
import type { Mount } from "../ui/view.ts";
import { mountCompare } from "../views/compareModels/compareModels.ts";
import { mountCompareRuns } from "../views/compareRuns/compareRuns.ts";
import { mountDatasets } from "../views/datasets/list.ts";
import { mountExperiment } from "../views/experiments/experiment.ts";
import { mountNewExperiment } from "../views/experiments/form.ts";
import { mountExperiments } from "../views/experiments/list.ts";
import { mountExplorer } from "../views/explorer/explorer.ts";
import { mountFork } from "../views/fork/fork.ts";
import { mountGlossary } from "../views/glossary/glossary.ts";
import { mountMissing } from "../views/missing/missing.ts";
import { mountModels } from "../views/models/list.ts";
import { mountModel } from "../views/models/model.ts";
import { mountRun } from "../views/run/run.ts";
import { mountRuns } from "../views/runs/list.ts";
import { mountNewTraining } from "../views/training/form.ts";

/** @param name name in the view's address, if it has one. */
type Screen<V extends ViewName> = (name: string) => Mount<ViewState<V>>;

export const SCREENS: { readonly [V in ViewName]: Screen<V> } = {
  runs: () => mountRuns,
  run: mountRun,
  fork: mountFork,
  compareRuns: () => mountCompareRuns,
  experiments: () => mountExperiments,
  experiment: mountExperiment,
  newExperiment: () => mountNewExperiment,
  models: () => mountModels,
  model: mountModel,
  explorer: mountExplorer,
  compare: () => mountCompare,
  datasets: () => mountDatasets,
  newTraining: () => mountNewTraining,
  glossary: () => mountGlossary,
  missing: mountMissing,
};
