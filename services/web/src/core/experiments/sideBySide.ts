/** Which of an experiment's models are looked at side by side. */
import { MOST_MODELS } from "../explorer/comparedModels.ts";
import type { ExperimentView } from "./progress.ts";

/**
 * One finished run of each combination, the best combination first, all of the same seed as far as possible:
 * of the seed with which most combinations are finished.
 */
export function sideBySide({
  runs,
  comparison,
  combinations,
}: Pick<ExperimentView, "runs" | "comparison" | "combinations">): string[] {
  const finished = runs.filter(({ state }) => state === "succeeded");
  const seeds = [...new Set(finished.map(({ seed }) => seed))];
  const count = (seed: number) => finished.filter((run) => run.seed === seed).length;
  const preferred = seeds.toSorted((one, other) => count(other) - count(one) || one - other);
  const known = comparison.verdict.order;
  const order = [
    ...known,
    ...combinations.map((_, number) => number).filter((number) => !known.includes(number)),
  ];
  return order
    .flatMap((combination) => {
      const own = finished.filter((run) => run.combination === combination);
      const chosen = preferred.flatMap((seed) => own.find((run) => run.seed === seed) ?? [])[0];
      return chosen ? [chosen.name] : [];
    })
    .slice(0, MOST_MODELS);
}
