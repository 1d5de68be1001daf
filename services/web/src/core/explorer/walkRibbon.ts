/** The classes along the way from A to B, and where on it a point lies. */
import { clamp, distance, lerp, type Point } from "../latent/vector.ts";
import { percent } from "../text/format.ts";

export interface Crossing {
  /** Where on the way, 0 (A) to 1 (B). */
  readonly t: number;
  /** Names of the classes before and after it. */
  readonly from: string;
  readonly to: string;
}

export interface Stretch {
  readonly name: string;
  /** Where on the way it starts and ends, 0 to 1. */
  readonly start: number;
  readonly end: number;
}

/** How far a point may lie beside the way and still be on it: points in links are rounded to three decimals. */
const BESIDE = 0.002;

/** The stretches of one class each, from A to B. @param first class at A, which is all of a way without crossings. */
export function stretchesOf(crossings: readonly Crossing[], first: string): Stretch[] {
  const stops = [0, ...crossings.map(({ t }) => t), 1];
  return stops.slice(1).map((end, index) => ({
    name: crossings[index - 1]?.to ?? crossings[0]?.from ?? first,
    start: stops[index] ?? 0,
    end,
  }));
}

/** In words: "0 becomes 4 at 23 %, 4 becomes 1 at 51 %." */
export function crossingWords(crossings: readonly Crossing[], first: string): string {
  if (crossings.length === 0) return `All of the way shows ${first}.`;
  return `${crossings.map(({ t, from, to }) => `${from} becomes ${to} at ${percent(t)}`).join(", ")}.`;
}

/** Where on the way from `a` to `b` a point lies, 0 to 1; undefined: it lies beside it. */
export function placeOnWalk(a: Point, b: Point, point: Point): number | undefined {
  const length = distance(a, b);
  if (length === 0) return undefined;
  const along = a.reduce(
    (sum, value, axis) => sum + ((point[axis] ?? 0) - value) * ((b[axis] ?? 0) - value),
    0,
  );
  const t = clamp(along / length ** 2, 0, 1);
  return distance(lerp(a, b, t), point) <= BESIDE ? t : undefined;
}
