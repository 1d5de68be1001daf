/**
 * A class map over one, two or three axes as one array, for questions that do not depend on how many there are.
 * A cell's index counts along the first axis fastest, as in the API's arrays.
 */
import type { Space } from "./cube.ts";
import { type Point, rounded, withAxis } from "./vector.ts";

export interface Lattice {
  /** Cells along every axis. */
  readonly side: number;
  /** Class ids, side ** axes of them. */
  readonly cells: Uint8Array;
  /** The classifier's probability of each cell's class, 0 to 1; undefined: the version does not say. */
  readonly confidence?: Float32Array | undefined;
}

/** Number of axes that a lattice spans. */
export function axesOf({ side, cells }: Lattice): number {
  return side < 2 ? 1 : Math.max(1, Math.round(Math.log(cells.length) / Math.log(side)));
}

/** Indices along the axes of a cell. */
export function placeOf(side: number, axes: number, index: number): number[] {
  const place: number[] = [];
  for (let axis = 0, rest = index; axis < axes; axis++, rest = Math.floor(rest / side))
    place.push(rest % side);
  return place;
}

/** The latent point of a place among the cells, which may lie between them; other axes are those of `point`. */
export function pointAt(
  { axes, low, high }: Space,
  side: number,
  place: readonly number[],
  point: Point,
): Point {
  const value = (index: number) => (side < 2 ? 0 : low + (index / (side - 1)) * (high - low));
  return rounded(
    axes.reduce((moved: Point, axis, number) => withAxis(moved, axis, value(place[number] ?? 0)), point),
  );
}
