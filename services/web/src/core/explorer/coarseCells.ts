/** Coarse maps of the same window as a fine one, which show what it will be in a fraction of its time. */
import type { MapArray } from "../latent/tiledMap.ts";

/** Each is so many times coarser than the next. */
const STEP = 3;
const STEPS = 2;
/** Cells along each side of the coarsest that still shows something. */
const LEAST = 6;

/**
 * Cells along each side of the coarse maps, the coarsest first. Of 100 cells they are 12 and 34, whose points
 * are every ninth and every third of the 100: what is already known does not change.
 */
export function coarseSides(side: number): number[] {
  const sides = Array.from({ length: STEPS }, (_, step) => Math.ceil(side / STEP ** (STEPS - step)));
  return sides.filter((coarse) => coarse >= LEAST);
}

/** A coarse map with as many cells as a fine one: each has the value of the nearest coarse one. */
export function spread<T extends MapArray>(cells: T, axes: number, from: number, to: number): T {
  const nearest = Array.from({ length: to }, (_, index) =>
    to > 1 ? Math.round((index / (to - 1)) * (from - 1)) : 0,
  );
  const fine = (
    cells instanceof Uint8Array ? new Uint8Array(to ** axes) : new Float32Array(to ** axes)
  ) as T;
  for (let index = 0; index < fine.length; index++) {
    let [rest, place, stride] = [index, 0, 1];
    for (let axis = 0; axis < axes; axis++) {
      place += (nearest[rest % to] ?? 0) * stride;
      rest = Math.floor(rest / to);
      stride *= from;
    }
    fine[index] = cells[place] ?? 0;
  }
  return fine;
}
