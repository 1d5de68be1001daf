/** How long an experiment will take, estimated from trainings that were made here before. */
import type { RunView, SpecDraft } from "../../api/types.ts";
import { estimateTime } from "../training/timeEstimate.ts";
import type { ExperimentDraft } from "./draft.ts";
import { combinationsOf } from "./variants.ts";

export interface ExperimentTime {
  /** Of all trainings that can be estimated, one after the other. */
  readonly seconds: number;
  readonly estimated: number;
  readonly trainings: number;
}

/**
 * @param full spec with all defaults, as in a preview.
 * @param images number of training images of each data set.
 * @returns undefined if nothing like any of its trainings was trained here.
 */
export function experimentTime(
  full: RunView["spec"],
  { vary, seeds }: Pick<ExperimentDraft, "vary" | "seeds">,
  runs: readonly RunView[],
  images: ReadonlyMap<string, number>,
): ExperimentTime | undefined {
  const specs = combinationsOf(full as unknown as SpecDraft, vary) as unknown as RunView["spec"][];
  const known = specs.flatMap((spec) => estimateTime(spec, runs, images) ?? []);
  if (known.length === 0) return undefined;
  return {
    seconds: known.reduce((sum, { seconds }) => sum + seconds, 0) * seeds.length,
    estimated: known.length * seeds.length,
    trainings: specs.length * seeds.length,
  };
}
