/**
 * Class cubes: maps over three axes. A cell's index counts along the first axis fastest, then the second,
 * then the third, as in the API's arrays.
 */
import type { Grid } from "./classMap.ts";
import type { Numbers } from "./scalarMap.ts";
import { clamp, type Point } from "./vector.ts";

export interface Cube {
  /** Cells along every side. */
  readonly side: number;
  /** Class ids; in a cube of numbers their levels, see `ramps.ts`. */
  readonly cells: Uint8Array;
  readonly numbers?: Numbers | undefined;
  /** Of each cell's colour, 0 to 255; undefined: all are full. */
  readonly opacity?: Uint8Array | undefined;
}

/** A cell's place along the cube's three axes. */
export type Cell = readonly [number, number, number];

export interface Space {
  /** The latent axes that the cube spans. */
  readonly axes: readonly number[];
  readonly low: number;
  readonly high: number;
}

export function indexOf(side: number, [i, j, k]: Cell): number {
  return i + side * (j + side * k);
}

export function cellAt(side: number, index: number): Cell {
  return [index % side, Math.floor(index / side) % side, Math.floor(index / (side * side))];
}

/** A point's place in the cube, from -1 to 1 on each axis; beyond that if it lies outside the window. */
export function toCube({ axes, low, high }: Space, point: Point): Cell {
  const place = (axis: number | undefined) =>
    axis === undefined ? 0 : (2 * ((point[axis] ?? 0) - low)) / (high - low) - 1;
  return [place(axes[0]), place(axes[1]), place(axes[2])];
}

/** `point` moved along the cube's axes to a place in the cube, clamped to the cube. */
export function fromCube({ axes, low, high }: Space, place: readonly number[], point: Point): Point {
  const moved = [...point];
  axes.forEach((axis, index) => {
    moved[axis] = low + ((clamp(place[index] ?? 0, -1, 1) + 1) / 2) * (high - low);
  });
  return moved;
}

/** The cell nearest to a place from -1 to 1. */
export function cellNear(side: number, place: readonly number[]): Cell {
  const index = (value = 0) => clamp(Math.round(((value + 1) / 2) * (side - 1)), 0, side - 1);
  return [index(place[0]), index(place[1]), index(place[2])];
}

/** The place of a cell, from -1 to 1. */
export function placeOf(side: number, [i, j, k]: Cell): Cell {
  const scale = 2 / (side - 1);
  return [i * scale - 1, j * scale - 1, k * scale - 1];
}

/** The section of a cube over two of its axes (0, 1, 2), at a cell along the third. */
export function sectionOf(cube: Cube, across: number, up: number, at: number): Grid {
  const { side } = cube;
  const third = 3 - across - up;
  const cells = new Uint8Array(side * side);
  const { numbers } = cube;
  const values = numbers && new Float32Array(side * side);
  const opacity = cube.opacity && new Uint8Array(side * side);
  const cell: [number, number, number] = [0, 0, 0];
  cell[third] = clamp(at, 0, side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      cell[across] = column;
      cell[up] = row;
      const from = indexOf(side, cell);
      cells[row * side + column] = cube.cells[from] ?? 0;
      if (values) values[row * side + column] = numbers.values[from] ?? Number.NaN;
      if (opacity) opacity[row * side + column] = cube.opacity?.[from] ?? 255;
    }
  }
  const own = numbers && values && { ...numbers, values };
  return {
    columns: side,
    rows: side,
    cells,
    ...(own ? { numbers: own } : {}),
    ...(opacity ? { opacity } : {}),
  };
}

/**
 * Indices of the cells that the straight line between two places crosses, in order, each once.
 * Steps from one cell boundary to the next (Amanatides & Woo 1987).
 */
export function cellsOnLine(side: number, from: Cell, to: Cell): number[] {
  const unit = (value: number) => ((clamp(value, -1, 1) + 1) / 2) * (side - 1);
  const start = from.map(unit);
  const way = to.map((value, axis) => unit(value) - (start[axis] ?? 0));
  const cell = start.map(Math.round);
  const end = to.map((value) => Math.round(unit(value)));
  const next = way.map((step, axis) =>
    step === 0
      ? Number.POSITIVE_INFINITY
      : ((cell[axis] ?? 0) + 0.5 * Math.sign(step) - (start[axis] ?? 0)) / step,
  );
  const found = [indexOf(side, cell as unknown as Cell)];
  const most = end.reduce((sum, value, axis) => sum + Math.abs(value - (cell[axis] ?? 0)), 0);
  for (let step = 0; step < most; step++) {
    const axis = next.indexOf(Math.min(...next));
    const length = way[axis] ?? 1;
    cell[axis] = (cell[axis] ?? 0) + Math.sign(length);
    next[axis] = (next[axis] ?? 0) + 1 / Math.abs(length);
    found.push(indexOf(side, cell as unknown as Cell));
  }
  return found;
}

/** 1 for the cells of all connected regions (cells that share a face) that contain one of the given cells. */
export function regionsWith({ side, cells }: Cube, seeds: readonly number[]): Uint8Array {
  const inside = new Uint8Array(cells.length);
  const stack: number[] = [];
  for (const seed of seeds) {
    if (inside[seed]) continue;
    inside[seed] = 1;
    stack.push(seed);
  }
  const layer = side * side;
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const id = cells[index];
    const visit = (other: number) => {
      if (inside[other] || cells[other] !== id) return;
      inside[other] = 1;
      stack.push(other);
    };
    const column = index % side;
    const row = Math.floor(index / side) % side;
    if (column > 0) visit(index - 1);
    if (column < side - 1) visit(index + 1);
    if (row > 0) visit(index - side);
    if (row < side - 1) visit(index + side);
    if (index >= layer) visit(index - layer);
    if (index < cells.length - layer) visit(index + layer);
  }
  return inside;
}

/** A corner that is removed: from the cell at a place (-1 to 1) towards these sides (-1 or 1). */
export interface Corner {
  readonly at: Cell;
  readonly sides: Cell;
}

export interface Cutting {
  /** Classes that are not drawn. */
  readonly hidden: ReadonlySet<number>;
  readonly only: number | undefined;
  /** Along each axis, from -1 to 1: cells beyond it are cut off. */
  readonly cut: readonly number[];
  readonly corner: Corner | undefined;
  /** 1 for the cells that may be drawn; undefined: all cells. */
  readonly among: Uint8Array | undefined;
}

/** The last cell along each axis that is not cut off. */
export function lastCells(side: number, cut: readonly number[]): Cell {
  const last = (value = 1) => Math.round(((clamp(value, -1, 1) + 1) / 2) * (side - 1));
  return [last(cut[0]), last(cut[1]), last(cut[2])];
}

/** 1 for each visible cell. */
export function visibleCells({ side, cells }: Cube, cutting: Cutting): Uint8Array {
  const { hidden, only, cut, corner, among } = cutting;
  const visible = new Uint8Array(cells.length);
  const last = lastCells(side, cut);
  const removed = [0, 1, 2].map((axis) => {
    if (!corner) return undefined;
    const at = cellNear(side, corner.at)[axis] ?? 0;
    return (index: number) => ((corner.sides[axis] ?? 1) > 0 ? index >= at : index <= at);
  });
  let index = 0;
  for (let k = 0; k < side; k++) {
    for (let j = 0; j < side; j++) {
      for (let i = 0; i < side; i++, index++) {
        if (i > last[0] || j > last[1] || k > last[2]) continue;
        if (removed[0]?.(i) && removed[1]?.(j) && removed[2]?.(k)) continue;
        const id = cells[index] ?? 0;
        if (hidden.has(id) || (only !== undefined && only !== id) || (among && !among[index])) continue;
        visible[index] = 1;
      }
    }
  }
  return visible;
}
