/** Which runs a list shows. */
import type { RunView } from "../../api/types.ts";
import { isFinished } from "./liveRun.ts";

export type Show = "all" | "active" | "finished" | "failed";

export interface RunFilter {
  readonly show: Show;
  /** Only runs on this data set. */
  readonly dataset: string | undefined;
  /** Only runs whose name, data set or experiment has all of these words. */
  readonly find: string | undefined;
}

const STATES: Readonly<Record<Show, (run: RunView) => boolean>> = {
  all: () => true,
  active: (run) => !isFinished(run),
  finished: (run) => run.state === "succeeded",
  failed: (run) => run.state === "failed" || run.state === "cancelled",
};

export function filtered(runs: readonly RunView[], { show, dataset, find }: RunFilter): RunView[] {
  const words = (find ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const text = `${run.name} ${run.spec.dataset} ${run.experiment ?? ""}`.toLowerCase();
    return (
      STATES[show](run) &&
      (dataset === undefined || run.spec.dataset === dataset) &&
      words.every((word) => text.includes(word))
    );
  });
}

/** Names of the data sets of some runs, sorted. */
export function datasetsOf(runs: readonly RunView[]): string[] {
  return [...new Set(runs.map(({ spec }) => spec.dataset))].sort();
}
