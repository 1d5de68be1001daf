/** A point of the latent space: one coordinate for each dimension. */
export type Point = readonly number[];

/** Rounded to three decimals: finer than a screen shows, short in links, and usable as a cache key. */
export function rounded(point: Point): Point {
  return point.map((value) => {
    const near = Math.round(value * 1000) / 1000;
    return near === 0 ? 0 : near;
  });
}

/** The point at `t` on the straight line from `a` (0) to `b` (1). */
export function lerp(a: Point, b: Point, t: number): Point {
  return a.map((value, axis) => value + ((b[axis] ?? value) - value) * t);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function origin(dim: number): Point {
  return new Array<number>(dim).fill(0);
}

/** `point` with another value on one axis. */
export function withAxis(point: Point, axis: number, value: number): Point {
  return point.map((old, index) => (index === axis ? value : old));
}

/** The point cut or padded with zeros to `dim` coordinates, so that any link fits any model. */
export function fitted(point: Point, dim: number): Point {
  return Array.from({ length: dim }, (_, axis) => point[axis] ?? 0);
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
}
