/** Runs that have grown from one another, as a tree. */
import type { RunView } from "../../api/types.ts";
import type { Sample } from "../maths/scale.ts";
import { isFinished } from "../runs/liveRun.ts";
import { begunAfter } from "./words.ts";

export interface Relative {
  readonly name: string;
  /** undefined: it was deleted. */
  readonly run: RunView | undefined;
  /** The run that it grew from; undefined: the root. */
  readonly parent: string | undefined;
  /** Steps from the root. */
  readonly depth: number;
  /** Epochs that were trained before it began. */
  readonly begun: number;
  /** Epoch that it has reached or is to reach; of a deleted run, the last that another grew from. */
  readonly end: number;
}

interface Link {
  readonly parent: string | undefined;
  readonly begun: number;
}

/** Names from a run up to its root. */
function chainOf({ name, lineage = [] }: Pick<RunView, "name" | "lineage">): readonly string[] {
  return [name, ...lineage.map(({ run }) => run)];
}

/**
 * All relatives of a run, itself included, each after the one it grew from; of siblings, the earlier fork first.
 *
 * @param runs all runs that exist.
 */
export function familyOf(run: RunView, runs: readonly RunView[]): Relative[] {
  const root = chainOf(run).at(-1);
  const known = new Map([...runs, run].map((one) => [one.name, one]));
  const members = [...known.values()].filter((one) => chainOf(one).at(-1) === root);
  // A run of another family may have the name of a deleted ancestor.
  const there = new Map(members.map((one) => [one.name, one]));
  const links = new Map<string, Link>();
  const ends = new Map<string, number>();
  for (const one of members) {
    const chain = chainOf(one);
    const epochs = (one.lineage ?? []).map(({ epoch }) => epoch);
    chain.forEach((name, place) => {
      // A run that exists knows best where it came from itself.
      if (place === 0 || !there.has(name)) {
        links.set(name, { parent: chain[place + 1], begun: epochs[place] ?? 0 });
      }
      if (place > 0) ends.set(name, Math.max(ends.get(name) ?? 0, epochs[place - 1] ?? 0));
    });
    ends.set(one.name, Math.max(ends.get(one.name) ?? 0, isFinished(one) ? one.epoch : one.epochs));
  }
  const after = (parent: string | undefined, depth: number): Relative[] =>
    [...links]
      .filter(([, link]) => link.parent === parent)
      .sort(([a, one], [b, other]) => one.begun - other.begun || a.localeCompare(b))
      .flatMap(([name, { begun }]) => [
        { name, run: there.get(name), parent, depth, begun, end: ends.get(name) ?? begun },
        ...after(name, depth + 1),
      ]);
  return after(undefined, 0);
}

/** Whether a run has relatives. */
export function hasFamily(family: readonly Relative[]): boolean {
  return family.length > 1;
}

/** Names of the relatives that exist, in the order of the tree. */
export function existing(family: readonly Relative[]): string[] {
  return family.flatMap(({ run }) => (run ? [run.name] : []));
}

/** A curve of one run, or of several that grew from the same epoch of the same run. */
export interface Branch {
  /** Names of the runs that it shows. */
  readonly runs: readonly string[];
  readonly lineage: RunView["lineage"];
  readonly samples: readonly Sample[];
}

export interface JoinedBranch {
  readonly samples: readonly Sample[];
  /** Where it leaves its parent's curve; undefined: that is not among the curves. */
  readonly fork: Sample | undefined;
}

/**
 * Curves of a family as one tree: that of a fork begins on its parent's, at the epoch at which it left it.
 *
 * A parent's curve that was not measured so far is left at its last value before the fork.
 */
export function joined(branches: readonly Branch[]): JoinedBranch[] {
  const done = new Map<Branch, JoinedBranch>();
  const join = (branch: Branch): JoinedBranch => {
    const known = done.get(branch);
    if (known) return known;
    // Against circles, which names that were used twice could make.
    done.set(branch, { samples: branch.samples, fork: undefined });
    const [origin] = branch.lineage ?? [];
    const parent = origin && branches.find((other) => other !== branch && other.runs.includes(origin.run));
    const fork =
      origin && parent && branch.samples.length > 0
        ? valueOn(join(parent).samples, origin.epoch)
        : undefined;
    const own = { samples: fork ? [fork, ...branch.samples] : branch.samples, fork };
    done.set(branch, own);
    return own;
  };
  return branches.map(join);
}

/** The point of a curve at an epoch, between its samples; beyond its end, the end. undefined: it begins later. */
export function valueOn(samples: readonly Sample[], epoch: number): Sample | undefined {
  const after = samples.findIndex(([own]) => own >= epoch);
  if (after < 0) return samples.at(-1);
  const next = samples[after];
  if (!next || next[0] === epoch) return next;
  const before = samples[after - 1];
  if (!before) return undefined;
  const share = (epoch - before[0]) / (next[0] - before[0]);
  return [epoch, before[1] + share * (next[1] - before[1])];
}

/** The first epoch that one of some runs trained itself; 1 if there are none. */
export function firstEpoch(runs: readonly Pick<RunView, "lineage">[]): number {
  return runs.length === 0 ? 1 : 1 + Math.min(...runs.map(begunAfter));
}
