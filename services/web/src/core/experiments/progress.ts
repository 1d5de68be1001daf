/** How far an experiment is, and what belongs to it. */
import type { Components } from "../../api/types.ts";
import { integer } from "../text/format.ts";
import { ACTIVE_STATES } from "../vocabulary/states.ts";

export type ExperimentView = Components["ExperimentView"];
export type ExperimentSummary = Components["ExperimentSummary"];

/** Number of runs that have not ended, out of the numbers of runs in each state. */
export function activeRuns(states: ExperimentView["states"]): number {
  return ACTIVE_STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/** Whether all runs have ended. */
export function isSettled({ states }: Pick<ExperimentView, "states">): boolean {
  return activeRuns(states) === 0;
}

/** Share of all epochs that are done, 0 to 1; a run that has ended counts as done. */
export function shareOfEpochs(runs: ExperimentView["runs"]): number {
  const done = runs.map(({ state, epoch, epochs }) => (ACTIVE_STATES.includes(state) ? epoch / epochs : 1));
  return done.reduce((sum, share) => sum + share, 0) / Math.max(1, runs.length);
}

/** What would be deleted with an experiment's runs: "15 runs and 13 models". */
export function partsText(runs: readonly string[], models: readonly { readonly run: string }[]): string {
  const own = new Set(runs);
  const exported = models.filter(({ run }) => own.has(run)).length;
  const counted = (count: number, noun: string) => `${integer(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${counted(own.size, "run")} and ${counted(exported, "model")}`;
}
