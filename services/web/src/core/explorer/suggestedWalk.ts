/** The straight way through a map on which the most classes lie. */
import { axesOf, type Lattice, placeOf } from "../latent/lattice.ts";

/** Two places among the cells, as indices along the axes, which may lie between cells. */
export interface WalkEnds {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Ends that are tried along each side of a plane and of a cube. */
const ENDS = { plane: 13, cube: 7 } as const;
/** A class counts on a way if it covers at least this share of it. */
const COUNTED = 0.04;
/** A cell counts if its class is at least this probable. */
const LIKELY = 0.5;

/**
 * Tries the straight ways between places all around the map, and keeps the one with the most classes on it; of
 * several, the one on which the rarest class is the longest. Both ends then move to the middle of the first and
 * of the last class, away from the edge of the map.
 *
 * @returns undefined: no way crosses from one class into another.
 */
export function suggestedWalk(map: Lattice): WalkEnds | undefined {
  const axes = axesOf(map);
  const ends = placesAround(map.side, axes);
  let best: { readonly way: Way; readonly a: readonly number[]; readonly b: readonly number[] } | undefined;
  for (const [number, a] of ends.entries()) {
    for (const b of ends.slice(number + 1)) {
      const way = wayOn(map, a, b);
      if (way.classes < 2) continue;
      const more = best === undefined || way.classes > best.way.classes;
      if (more || (way.classes === best?.way.classes && way.rarest > best.way.rarest)) best = { way, a, b };
    }
  }
  if (!best) return undefined;
  const { way, a, b } = best;
  const along = (t: number) => a.map((value, axis) => value + t * ((b[axis] ?? value) - value));
  return { a: along(way.first), b: along(way.last) };
}

interface Way {
  /** How many classes lie on it. */
  readonly classes: number;
  /** Share of the rarest of them. */
  readonly rarest: number;
  /** Middle of the first and of the last class, 0 to 1. */
  readonly first: number;
  readonly last: number;
}

function wayOn({ side, cells, confidence }: Lattice, a: readonly number[], b: readonly number[]): Way {
  const length = Math.max(...a.map((value, axis) => Math.abs(value - (b[axis] ?? 0))));
  const steps = Math.max(1, Math.round(2 * length));
  const shares = new Map<number, number>();
  const seen: (number | undefined)[] = [];
  for (let step = 0; step <= steps; step++) {
    let [index, stride] = [0, 1];
    for (const [axis, from] of a.entries()) {
      index += Math.round(from + (step / steps) * ((b[axis] ?? from) - from)) * stride;
      stride *= side;
    }
    const likely = confidence === undefined || (confidence[index] ?? 0) >= LIKELY;
    const id = likely ? cells[index] : undefined;
    seen.push(id);
    if (id !== undefined) shares.set(id, (shares.get(id) ?? 0) + 1 / (steps + 1));
  }
  const counted = new Map([...shares].filter(([, share]) => share >= COUNTED));
  const is = (id: number | undefined) => id !== undefined && counted.has(id);
  const middle = (from: number, towards: 1 | -1) => {
    let end = from;
    while (seen[end + towards] === seen[from] && end + towards >= 0 && end + towards <= steps)
      end += towards;
    return (from + end) / 2 / steps;
  };
  return {
    classes: counted.size,
    rarest: Math.min(1, ...counted.values()),
    first: middle(seen.findIndex(is), 1),
    last: middle(seen.findLastIndex(is), -1),
  };
}

/** Places on the edge of the map, evenly spaced, both ends of each side among them. */
function placesAround(side: number, axes: number): number[][] {
  const count = Math.min(side, axes === 3 ? ENDS.cube : ENDS.plane);
  if (count < 2) return [];
  return Array.from({ length: count ** axes }, (_, index) => placeOf(count, axes, index))
    .filter((place) => place.some((at) => at === 0 || at === count - 1))
    .map((place) => place.map((at) => Math.round((at / (count - 1)) * (side - 1))));
}
