/** How two themes go together over one map: a histogram over both, and the cells of a part of it. */
import type { Numbers } from "./scalarMap.ts";
import { clamp } from "./vector.ts";

/** A rectangle in the histogram, as shares of both ranges from their low ends, 0 to 1. */
export interface Brush {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Where a value lies in its range, 0 to 1; of a range without width: in the middle. */
export function shareOf({ low, high }: Pick<Numbers, "low" | "high">, value: number): number {
  return high > low ? clamp((value - low) / (high - low), 0, 1) : 0.5;
}

/**
 * Number of cells in each bin, row 0 the lowest values of `y`; cells of which one value is not known are in none.
 *
 * @param bins along both axes.
 */
export function jointCounts(x: Numbers, y: Numbers, bins: number): Uint32Array {
  const counts = new Uint32Array(bins * bins);
  const bin = (numbers: Numbers, index: number) =>
    Math.min(bins - 1, Math.floor(shareOf(numbers, numbers.values[index] ?? Number.NaN) * bins));
  for (let index = 0; index < x.values.length; index++) {
    const [column, row] = [bin(x, index), bin(y, index)];
    if (!Number.isNaN(column) && !Number.isNaN(row)) {
      const at = row * bins + column;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
}

/** 1 for the cells whose two values lie in the rectangle. */
export function markedBy(x: Numbers, y: Numbers, brush: Brush): Uint8Array {
  return Uint8Array.from(x.values, (value, index) => {
    const [across, up] = [shareOf(x, value), shareOf(y, y.values[index] ?? Number.NaN)];
    const inside = across >= brush.left && across <= brush.right && up >= brush.bottom && up <= brush.top;
    return inside ? 1 : 0;
  });
}

/** The rectangle between two corners. */
export function brushBetween([x, y]: readonly [number, number], [u, v]: readonly [number, number]): Brush {
  const inside = (value: number) => clamp(value, 0, 1);
  return {
    left: inside(Math.min(x, u)),
    right: inside(Math.max(x, u)),
    bottom: inside(Math.min(y, v)),
    top: inside(Math.max(y, v)),
  };
}

/** Step of the arrow keys. */
const STEP = 0.05;
/** Smallest side of a rectangle. */
const LEAST = 0.05;

/**
 * The rectangle after a key: the arrow keys move it, with Shift they move its upper right corner.
 *
 * @returns undefined: the key means nothing here.
 */
export function brushAfter(brush: Brush, key: string, corner: boolean): Brush | undefined {
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [STEP, 0],
    ArrowLeft: [-STEP, 0],
    ArrowUp: [0, STEP],
    ArrowDown: [0, -STEP],
  };
  const way = ways[key];
  if (!way) return undefined;
  if (corner) {
    return {
      ...brush,
      right: clamp(brush.right + way[0], brush.left + LEAST, 1),
      top: clamp(brush.top + way[1], brush.bottom + LEAST, 1),
    };
  }
  const right = clamp(way[0], -brush.left, 1 - brush.right);
  const up = clamp(way[1], -brush.bottom, 1 - brush.top);
  return {
    left: brush.left + right,
    right: brush.right + right,
    bottom: brush.bottom + up,
    top: brush.top + up,
  };
}
