/** Groups of runs that differ only in their seed. */
import type { EpochFigures, RunView } from "../../api/types.ts";
import { type Estimate, estimate } from "../maths/statistics.ts";
import { type RunFigureName, samplesOf } from "./figures.ts";

interface Seeded {
  readonly name: string;
  readonly spec: object;
  /** Runs that grew from others belong together only where they left the same one at the same epoch. */
  readonly lineage?: RunView["lineage"];
}

/** The group number of each run; groups are numbered from 0 in the order of their first runs. */
export function groupsBySeed(runs: readonly Seeded[]): number[] {
  const numbers = new Map<string, number>();
  return runs.map(({ spec, lineage = [] }) => {
    const key = JSON.stringify([{ ...spec, name: "", seed: 0 }, lineage]);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

export interface SeedGroup<R extends Seeded> {
  readonly label: string;
  readonly runs: readonly R[];
}

/** The groups with their runs; a group of several runs is named by what their names have in common. */
export function seedGroups<R extends Seeded>(runs: readonly R[]): SeedGroup<R>[] {
  const groups: R[][] = [];
  const numbers = groupsBySeed(runs);
  runs.forEach((run, index) => {
    const number = numbers[index] ?? 0;
    groups[number] = [...(groups[number] ?? []), run];
  });
  return groups.map((own) => ({ label: labelOf(own.map(({ name }) => name)), runs: own }));
}

function labelOf(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return first;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length--;
  }
  // Without the beginning of the suffix that counts the seeds.
  const stem = first.slice(0, length).replace(/-s?(eed)?-?\d*$/, "");
  return `${stem || first}, ${names.length} seeds`;
}

/** The mean of a figure over some runs, at each epoch at which any of them was measured. */
export function meansOf(
  runs: readonly { readonly epochs: readonly EpochFigures[] }[],
  figure: RunFigureName,
): (Estimate & { readonly epoch: number })[] {
  const values = new Map<number, number[]>();
  for (const { epochs } of runs) {
    for (const [epoch, value] of samplesOf(epochs, figure)) {
      values.set(epoch, [...(values.get(epoch) ?? []), value]);
    }
  }
  return [...values]
    .flatMap(([epoch, found]) => {
      const mean = estimate(found);
      return mean ? [{ epoch, ...mean }] : [];
    })
    .sort((a, b) => a.epoch - b.epoch);
}
