/** A loss surface: its levels, its places, and what is said of them. */
import type { Components, LossSurface } from "../../api/types.ts";
import type { Place, Rows } from "../maths/contours.ts";
import { ticks } from "../maths/scale.ts";

export type PathPoint = Components["PathPoint"];
export type SurfaceNetwork = LossSurface["network"];
export type SurfaceDirections = LossSurface["directions"];
export type SurfaceScale = "linear" | "log";

/** Bands of colour. */
const BANDS = 12;
/** How many times the lowest loss the highest is from which on the logarithm shows more. */
const WIDE = 8;

/** The losses; NaN where there is no finite number. */
export function lossRows({ loss }: LossSurface): Rows {
  return loss.map((row) => row.map((value) => value ?? Number.NaN));
}

/** The lowest and the highest loss; undefined where none is a number. */
export function lossRange(rows: Rows): readonly [low: number, high: number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of rows.flat()) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : undefined;
}

/** A logarithm needs losses above zero. */
export function allowsLog([low]: readonly [number, number]): boolean {
  return low > 0;
}

/** The scale that shows most where none was chosen. */
export function usualScale([low, high]: readonly [number, number]): SurfaceScale {
  return low > 0 && high > WIDE * low ? "log" : "linear";
}

/** Edges of the bands from the lowest to the highest loss: even in the loss, or in its logarithm. */
export function bandEdges([low, high]: readonly [number, number], scale: SurfaceScale): number[] {
  const top = high > low ? high : low + 1;
  const log = scale === "log" && low > 0;
  return Array.from({ length: BANDS + 1 }, (_, edge) => {
    const share = edge / BANDS;
    if (edge === BANDS) return top;
    return log ? low * (top / low) ** share : low + (top - low) * share;
  });
}

/** Place of a coordinate on a rising axis, in cells from its first value; undefined beyond its ends. */
export function cellAt(axis: readonly number[], value: number): number | undefined {
  const [low = 0] = axis;
  const high = axis.at(-1) ?? low;
  if (value < low || value > high) return undefined;
  const next = Math.max(
    1,
    axis.findIndex((own) => own >= value),
  );
  const [before = low, after = high] = [axis[next - 1], axis[next]];
  return next - 1 + (after > before ? (value - before) / (after - before) : 0);
}

/** The coordinate at a place in cells. */
export function coordinateAt(axis: readonly number[], cell: number): number {
  const before = Math.min(axis.length - 1, Math.max(0, Math.floor(cell)));
  const [low = 0, high = low] = [axis[before], axis[before + 1]];
  return low + (high - low) * (cell - before);
}

/** Share of the way along an axis, 0 to 1 on it. */
export function shareOf(axis: readonly number[], value: number): number {
  const [low = 0] = axis;
  const high = axis.at(-1) ?? low;
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** The loss at a place in cells, between the values around it; NaN where one of them is not finite. */
export function lossAt(rows: Rows, [column, row]: Place): number {
  const [left, bottom] = [Math.floor(column), Math.floor(row)];
  const [right, up] = [column - left, row - bottom];
  const value = (c: number, r: number) =>
    rows[Math.min(r, rows.length - 1)]?.[Math.min(c, (rows[0]?.length ?? 1) - 1)] ?? Number.NaN;
  const along = (r: number) => value(left, r) * (1 - right) + value(left + 1, r) * right;
  return along(bottom) * (1 - up) + along(bottom + 1) * up;
}

/** Round values along an axis for its labels. */
export function axisTicks(axis: readonly number[], count: number): number[] {
  return ticks(axis[0] ?? 0, axis.at(-1) ?? 0, count);
}

/** The point of the path at an epoch, or the last before it; the newest if none is chosen. */
export function pathPoint(path: readonly PathPoint[], epoch: number | undefined): PathPoint | undefined {
  if (epoch === undefined) return path.at(-1);
  return path.findLast((point) => point.epoch <= epoch) ?? path[0];
}

export const NETWORKS = {
  generator: "Generator",
  discriminator: "Discriminator",
} as const satisfies Record<SurfaceNetwork, string>;

export const DIRECTIONS = {
  path: "Along the path",
  random: "Random",
} as const satisfies Record<SurfaceDirections, string>;

/** Names of the axes, with what their numbers mean. */
export const AXES = {
  path: ["First principal direction of the path", "Second principal direction"],
  random: ["First random direction", "Second random direction"],
} as const satisfies Record<SurfaceDirections, readonly [string, string]>;

export const UNITS = {
  path: "Distances in the space of the weights.",
  random: "1 is a step as large as the weights themselves, filter by filter.",
} as const satisfies Record<SurfaceDirections, string>;
