/**
 * Map ↔ pixel ↔ latent space.
 *
 * A plane is a square window onto one or two latent axes. Its first axis runs to the right, its second one
 * upwards. A map of n × n cells samples both ends of the range, so the centre of a corner cell lies on the
 * corner of the window: `cellFrame` returns how far the cells extend beyond it.
 */
import { clamp, type Point } from "./vector.ts";

export interface Plane {
  readonly axes: readonly number[];
  readonly low: number;
  readonly high: number;
}

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** Where a point lies in a window of `size` pixels; y counts downwards from the top. */
export function toPixel(plane: Plane, point: Point, size: number): Pixel {
  const unit = (axis: number | undefined) =>
    axis === undefined ? 0.5 : ((point[axis] ?? 0) - plane.low) / (plane.high - plane.low);
  return { x: unit(plane.axes[0]) * size, y: (1 - unit(plane.axes[1])) * size };
}

/** `point` moved along the axes of the plane to a pixel, clamped to the window. */
export function fromPixel(plane: Plane, pixel: Pixel, size: number, point: Point): Point {
  const value = (unit: number) => plane.low + clamp(unit, 0, 1) * (plane.high - plane.low);
  const moved = [...point];
  const [right, up] = plane.axes;
  if (right !== undefined) moved[right] = value(pixel.x / size);
  if (up !== undefined) moved[up] = value(1 - pixel.y / size);
  return moved;
}

/** Column and row of the cell nearest to a point in a map of `n` cells along each axis; row 0 is lowest. */
export function cellOf(plane: Plane, point: Point, n: number): { column: number; row: number } {
  const index = (axis: number | undefined) => {
    if (axis === undefined) return 0;
    const unit = ((point[axis] ?? 0) - plane.low) / (plane.high - plane.low);
    return clamp(Math.round(unit * (n - 1)), 0, n - 1);
  };
  return { column: index(plane.axes[0]), row: index(plane.axes[1]) };
}

/** Index of the cell nearest to a point in a map of `rows` rows, which is 1 over one axis. */
export function cellIndexOf(
  plane: Plane,
  point: Point,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): number {
  const { column, row } = cellOf(plane, point, columns);
  return (rows === 1 ? 0 : row) * columns + column;
}

/** Offset and size of the square of cells, as shares of the window, beyond which it extends by half a cell. */
export function cellFrame(n: number): { offset: number; size: number } {
  return n < 2 ? { offset: 0, size: 1 } : { offset: -0.5 / (n - 1), size: n / (n - 1) };
}

/** The window that a model's maps show: all of a uniform prior, the middle 95 % of a normal one. */
export function windowOf(prior: string): { low: number; high: number } {
  return prior === "normal" ? { low: -2, high: 2 } : { low: -1, high: 1 };
}
