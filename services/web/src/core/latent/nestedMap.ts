/** Maps in JSON, with nested rows, as grids. */
import type { Components } from "../../api/types.ts";
import type { Theme } from "../themes/theme.ts";
import type { Grid } from "./classMap.ts";
import { levelsOf, rangeOf } from "./scalarMap.ts";

export type NestedMap = Components["ClassMap"] | Components["ScalarMap"];

/** Maps over one or two axes; those of numbers share one range, so that their colours can be compared. */
export function gridsOf(maps: readonly NestedMap[], themes: readonly Theme[]): Grid[] {
  const arrays = maps.map((map) => ({ map, flat: flatRows("values" in map ? map.values : map.classes) }));
  const numbers = arrays.flatMap(({ map, flat }) => ("values" in map ? flat.values : []));
  return arrays.map(({ map, flat: { columns, rows, values } }) => {
    const theme = "theme" in map ? themes.find(({ name }) => name === map.theme) : undefined;
    if (!theme) return { columns, rows, cells: Uint8Array.from(values) };
    const [low, high] = rangeOf(theme, Float32Array.from(numbers));
    const own = Float32Array.from(values);
    return {
      columns,
      rows,
      cells: levelsOf(own, low, high),
      numbers: { theme, values: own, low, high },
    };
  });
}

/** A map over one axis is one row. */
function flatRows(nested: readonly unknown[]): { columns: number; rows: number; values: number[] } {
  const rows = (typeof nested[0] === "number" ? [nested] : nested) as number[][];
  return { columns: rows[0]?.length ?? 1, rows: rows.length, values: rows.flat() };
}
