/** Numbered pins on a flat map: the places of a drawing that are near its plane, together where they meet. */
import type { Place } from "../../api/types.ts";
import type { Plane } from "./plane.ts";

export interface Pin {
  /** Numbers of the places that it stands for, counted from 1, the best first. */
  readonly numbers: readonly number[];
  /** The best of them. */
  readonly place: Place;
  /** Where it is in the plane's window, as shares from left and top. */
  readonly x: number;
  readonly y: number;
}

/** Pins that are nearer than this share of the window are one. */
const TOGETHER = 0.05;
/** How far from the plane a place may lie along every axis that it holds, as a share of the window. */
const NEAR = 0.05;

/** @param at the point whose plane it is: its coordinates on the axes that the plane does not span. */
export function pinsOf(places: readonly Place[], plane: Plane, at: readonly number[]): Pin[] {
  const width = plane.high - plane.low;
  const share = ({ point }: Place, axis: number | undefined) =>
    axis === undefined ? 0.5 : ((point[axis] ?? 0) - plane.low) / width;
  const near = ({ point }: Place) =>
    point.every(
      (value, axis) => plane.axes.includes(axis) || Math.abs(value - (at[axis] ?? 0)) <= NEAR * width,
    );
  const pins: Pin[] = [];
  for (const [index, place] of places.entries()) {
    const [x, y] = [share(place, plane.axes[0]), 1 - share(place, plane.axes[1])];
    if (x < 0 || x > 1 || y < 0 || y > 1 || !near(place)) continue;
    const slot = pins.findIndex((pin) => Math.hypot(pin.x - x, pin.y - y) < TOGETHER);
    const met = pins[slot];
    if (met) pins[slot] = { ...met, numbers: [...met.numbers, index + 1] };
    else pins.push({ numbers: [index + 1], place, x, y });
  }
  return pins;
}
