/** Class maps: grids of class ids, and their shares, borders and regions. Row 0 is the lowest. */
import type { ByteArray } from "../formats/npy.ts";
import type { Numbers } from "./scalarMap.ts";

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Class ids; in a map of numbers their levels, see `ramps.ts`. */
  readonly cells: Uint8Array;
  readonly numbers?: Numbers | undefined;
  /** Of each cell's colour, 0 to 255; undefined: all are full. */
  readonly opacity?: Uint8Array | undefined;
  /** Class ids before an edit, while those after it are shown. */
  readonly was?: Uint8Array | undefined;
}

/**
 * An array of maps as flat grids: the last two dimensions are rows and columns, those before them count the
 * sheets (slices of a cube, or several maps).
 */
export function sheetsOf(array: ByteArray): Grid[] {
  const columns = array.shape.at(-1) ?? 1;
  const rows = array.shape.length > 1 ? (array.shape.at(-2) ?? 1) : 1;
  const size = columns * rows;
  return Array.from({ length: array.data.length / size }, (_, sheet) => ({
    columns,
    rows,
    cells: array.data.subarray(sheet * size, (sheet + 1) * size),
  }));
}

export function classAt(grid: Grid, column: number, row: number): number | undefined {
  return grid.cells[row * grid.columns + column];
}

/** Share of the cells of each class, 0 to 1, in the order of the class ids. */
export function sharesOf(cells: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const id of cells) counts[id] = (counts[id] ?? 0) + 1;
  return counts.map((count) => count / Math.max(1, cells.length));
}

/**
 * The borders between classes as an SVG path, one unit per cell, y downwards.
 * Adjacent segments in the same direction are joined.
 */
export function borderPath(grid: Grid): string {
  const { columns, rows, cells } = grid;
  const at = (column: number, row: number) => cells[row * columns + column];
  const parts: string[] = [];
  for (let column = 1; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      if (at(column - 1, row) === at(column, row)) continue;
      const start = row;
      while (row + 1 < rows && at(column - 1, row + 1) !== at(column, row + 1)) row++;
      parts.push(`M${column} ${rows - start}V${rows - row - 1}`);
    }
  }
  for (let row = 1; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (at(column, row - 1) === at(column, row)) continue;
      const start = column;
      while (column + 1 < columns && at(column + 1, row - 1) !== at(column + 1, row)) column++;
      parts.push(`M${start} ${rows - row}H${column + 1}`);
    }
  }
  return parts.join("");
}

export interface Region {
  readonly classId: number;
  /** Number of cells. */
  readonly size: number;
  /** The cell farthest from the region's border, where its name is written. */
  readonly column: number;
  readonly row: number;
  /** Distance of that cell from the border, in cells. */
  readonly depth: number;
}

/** The connected regions of a map (cells that share a side), largest first. */
export function regionsOf(grid: Grid): Region[] {
  const depth = depths(grid);
  const seen = new Uint8Array(grid.cells.length);
  const regions: Region[] = [];
  for (let start = 0; start < grid.cells.length; start++) {
    if (seen[start]) continue;
    regions.push(flood(grid, depth, seen, start));
  }
  return regions.sort((a, b) => b.size - a.size);
}

function flood(grid: Grid, depth: Uint16Array, seen: Uint8Array, start: number): Region {
  const { columns, rows, cells } = grid;
  const classId = cells[start] ?? 0;
  const stack = [start];
  seen[start] = 1;
  let size = 0;
  let best = start;
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    size++;
    if ((depth[index] ?? 0) > (depth[best] ?? 0)) best = index;
    const column = index % columns;
    const row = (index - column) / columns;
    const visit = (next: number) => {
      if (seen[next] || cells[next] !== classId) return;
      seen[next] = 1;
      stack.push(next);
    };
    if (column > 0) visit(index - 1);
    if (column < columns - 1) visit(index + 1);
    if (row > 0) visit(index - columns);
    if (row < rows - 1) visit(index + columns);
  }
  const column = best % columns;
  return { classId, size, column, row: (best - column) / columns, depth: depth[best] ?? 0 };
}

/** City-block distance of every cell to the nearest cell of another class or to the edge, from 1. */
function depths(grid: Grid): Uint16Array {
  const { columns, rows, cells } = grid;
  const depth = new Uint16Array(cells.length);
  const edge = (column: number, row: number, index: number) =>
    column === 0 ||
    row === 0 ||
    column === columns - 1 ||
    row === rows - 1 ||
    cells[index - 1] !== cells[index] ||
    cells[index + 1] !== cells[index] ||
    cells[index - columns] !== cells[index] ||
    cells[index + columns] !== cells[index];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      depth[index] = edge(column, row, index)
        ? 1
        : 1 + Math.min(depth[index - 1] ?? 0, depth[index - columns] ?? 0);
    }
  }
  for (let row = rows - 2; row > 0; row--) {
    for (let column = columns - 2; column > 0; column--) {
      const index = row * columns + column;
      const next = 1 + Math.min(depth[index + 1] ?? 0, depth[index + columns] ?? 0);
      if (next < (depth[index] ?? 0)) depth[index] = next;
    }
  }
  return depth;
}
