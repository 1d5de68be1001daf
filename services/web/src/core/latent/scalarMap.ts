/** Maps of numbers: their range, their levels for drawing, and where they pass their middle. */
import type { Theme } from "../themes/theme.ts";
import type { Grid } from "./classMap.ts";
import { levelOf } from "./ramps.ts";

/** What the levels in the cells of a map stand for. */
export interface Numbers {
  readonly theme: Theme;
  /** In the order of the cells; NaN: not known. */
  readonly values: Float32Array;
  /** Values of the lowest and of the highest level. */
  readonly low: number;
  readonly high: number;
}

/** A range of a theme's values, and so of its colours. */
export type Scale = Pick<Numbers, "theme" | "low" | "high">;

/**
 * A theme's own range; or else that of the values, which are all the same where both ends are equal. Of several
 * maps it is one range for all, so that their colours can be compared.
 */
export function rangeOf(
  theme: Theme,
  ...maps: readonly Float32Array[]
): readonly [low: number, high: number] {
  const [low, high] = theme.range ?? [];
  if (low !== undefined && high !== undefined) return [low, high];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of maps) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least <= most ? [least, most] : [0, 0];
}

export function levelsOf(values: Float32Array, low: number, high: number): Uint8Array {
  return Uint8Array.from(values, (value) => levelOf(value, low, high));
}

/** @param others maps whose numbers are to have the same colours. */
export function numbersOf(theme: Theme, values: Float32Array, ...others: readonly Float32Array[]): Numbers {
  const [low, high] = rangeOf(theme, values, ...others);
  return { theme, values, low, high };
}

/** A map in the colours of another range; one of classes, or of another theme, as it is. */
export function scaled(grid: Grid, scale: Scale | undefined): Grid {
  const { numbers } = grid;
  if (!numbers || numbers.theme.name !== scale?.theme.name) return grid;
  const { low, high } = scale;
  if (numbers.low === low && numbers.high === high) return grid;
  return { ...grid, cells: levelsOf(numbers.values, low, high), numbers: { ...numbers, low, high } };
}

/** Mean of the values that are known; undefined if none is. */
export function meanOf(values: Float32Array): number | undefined {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : undefined;
}

/** 1 where the value lies above the middle of the range, else 0: its borders are the line of the middle. */
export function halvesOf(grid: Grid, { values, low, high }: Numbers): Grid {
  const middle = (low + high) / 2;
  return {
    columns: grid.columns,
    rows: grid.rows,
    cells: Uint8Array.from(values, (value) => (value > middle ? 1 : 0)),
  };
}
