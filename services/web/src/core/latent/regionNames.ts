/** Which regions of a map have room for their names. */
import { type Grid, type Region, regionsOf } from "./classMap.ts";

/** Regions smaller than this share of the map, or thinner than this share of its side, get no name. */
const NAMED_SHARE = 0.008;
const NAMED_DEPTH = 0.035;
const NAMES_AT_MOST = 40;
/** A region whose colour is fainter than this where its name would stand gets none: nobody is sure of it. */
const NAMED_OPACITY = 0.5;

/** How strong the colour of a region is where its name stands, 0 to 1. */
export function opacityAt({ opacity, columns }: Grid, { column, row }: Region): number {
  return (opacity?.[row * columns + column] ?? 255) / 255;
}

/** The regions that are named, the largest first; none of a map of numbers. */
export function namedRegions(grid: Grid): readonly Region[] {
  if (grid.numbers) return [];
  const side = Math.max(grid.columns, grid.rows);
  const wide = (region: Region) => region.size >= NAMED_SHARE * grid.cells.length;
  const deep = (region: Region) => grid.rows === 1 || region.depth >= NAMED_DEPTH * side;
  return regionsOf(grid)
    .filter((region) => wide(region) && deep(region) && opacityAt(grid, region) >= NAMED_OPACITY)
    .slice(0, NAMES_AT_MOST);
}
