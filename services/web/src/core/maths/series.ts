/** Series of a chart: their colours, and how far their intervals are drawn. */
import type { Unit } from "../vocabulary/metrics.ts";

/** Colour of a series by its number; after the last colour they repeat. */
export function seriesColour(number: number): string {
  return `var(--series-${(number % 8) + 1})`;
}

/**
 * Range in which intervals about some means are drawn: three times as wide as the range of the means, and
 * shares within 0 and 1. With two seeds, an interval is so wide that the means would be hard to tell apart.
 */
export function rangeOf(means: readonly number[], unit: Unit): readonly [low: number, high: number] {
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const room = high - low || Math.abs(high) / 2 || 1;
  const range = [low - room, high + room] as const;
  return unit === "%" ? [Math.max(0, range[0]), Math.min(1, range[1])] : range;
}
