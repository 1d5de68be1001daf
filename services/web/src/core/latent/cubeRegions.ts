/** The connected regions of a cube that are drawn, and where on them their names can stand. */
import { regionsOf } from "./classMap.ts";
import {
  type Cell,
  type Corner,
  type Cube,
  cellAt,
  cellNear,
  indexOf,
  lastCells,
  placeOf,
} from "./cube.ts";

/** A place for a region's name. */
export interface Anchor {
  /** Number of the region. */
  readonly region: number;
  readonly classId: number;
  /** From -1 to 1. */
  readonly place: Cell;
  /** Distance from there to the region's border, in the same unit. */
  readonly depth: number;
  /** Outwards, on a flat side; undefined: it lies inside the region, and can be seen from everywhere. */
  readonly normal: Cell | undefined;
}

export interface CubeRegions {
  /** Of each cell the number of its region; -1: it is not drawn. */
  readonly regions: Int32Array;
  readonly anchors: readonly Anchor[];
}

/** Names of smaller places are never shown. */
const LEAST_DEPTH = 0.07;

/**
 * Cells that share a face and a class are one region. Its name can stand at its innermost cell, and on each flat
 * side, where most of a cube is seen, at the innermost cell of what is seen of it there.
 */
export function cubeRegions(
  cube: Cube,
  visible: Uint8Array,
  cut: readonly number[],
  corner: Corner | undefined,
): CubeRegions {
  const { side, cells } = cube;
  const regions = new Int32Array(cells.length).fill(-1);
  const depths = depthsOf(cube, visible);
  const width = 2 / (side - 1);
  const anchors: Anchor[] = [];
  let count = 0;
  for (let start = 0; start < cells.length; start++) {
    if (!visible[start] || (regions[start] ?? -1) >= 0) continue;
    const inner = flood(cube, visible, depths, regions, start, count);
    anchors.push({
      region: count++,
      classId: cells[start] ?? 0,
      place: placeOf(side, cellAt(side, inner)),
      depth: (depths[inner] ?? 0) * width,
      normal: undefined,
    });
  }
  for (const wall of wallsOf(side, cut, corner)) anchors.push(...onWall(cube, visible, regions, wall));
  return { regions, anchors: anchors.filter(({ depth }) => depth >= LEAST_DEPTH) };
}

/** City-block distance of every drawn cell to the nearest place outside its region, from 1; 0: it is not drawn. */
function depthsOf({ side, cells }: Cube, visible: Uint8Array): Uint16Array {
  const depths = new Uint16Array(cells.length);
  const layer = side * side;
  const end = side - 1;
  /** Of the neighbour, if it is of the same region. */
  const of = (index: number, inside: boolean, other: number): number =>
    inside && visible[other] && cells[other] === cells[index] ? (depths[other] ?? 0) : 0;
  let index = 0;
  for (let k = 0; k < side; k++) {
    for (let j = 0; j < side; j++) {
      for (let i = 0; i < side; i++, index++) {
        if (!visible[index]) continue;
        const [x, y] = [of(index, i > 0, index - 1), of(index, j > 0, index - side)];
        depths[index] = 1 + Math.min(x, y, of(index, k > 0, index - layer));
      }
    }
  }
  for (let k = end; k >= 0; k--) {
    for (let j = end; j >= 0; j--) {
      for (let i = end; i >= 0; i--) {
        index--;
        if (!visible[index]) continue;
        const [x, y] = [of(index, i < end, index + 1), of(index, j < end, index + side)];
        const back = 1 + Math.min(x, y, of(index, k < end, index + layer));
        if (back < (depths[index] ?? 0)) depths[index] = back;
      }
    }
  }
  return depths;
}

/** Number the region of a cell; returns its innermost cell. */
function flood(
  { side, cells }: Cube,
  visible: Uint8Array,
  depths: Uint16Array,
  regions: Int32Array,
  start: number,
  region: number,
): number {
  const layer = side * side;
  const id = cells[start];
  const stack = [start];
  regions[start] = region;
  let best = start;
  const visit = (other: number) => {
    if ((regions[other] ?? 0) >= 0 || !visible[other] || cells[other] !== id) return;
    regions[other] = region;
    stack.push(other);
  };
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if ((depths[index] ?? 0) > (depths[best] ?? 0)) best = index;
    const column = index % side;
    const row = ((index - column) / side) % side;
    if (column > 0) visit(index - 1);
    if (column < side - 1) visit(index + 1);
    if (row > 0) visit(index - side);
    if (row < side - 1) visit(index + side);
    if (index >= layer) visit(index - layer);
    if (index < cells.length - layer) visit(index + layer);
  }
  return best;
}

/** A flat side. */
interface Wall {
  readonly axis: number;
  /** Its cells along the axis, and where it is seen. */
  readonly cell: number;
  readonly at: number;
  readonly outward: number;
  /** Of the removed corner only the cells beyond this one are its. */
  readonly beyond: Corner | undefined;
}

function wallsOf(side: number, cut: readonly number[], corner: Corner | undefined): Wall[] {
  const last = lastCells(side, cut);
  const at = corner && cellNear(side, corner.at);
  return [0, 1, 2].flatMap((axis) => {
    const end = last[axis] ?? 0;
    const walls: Wall[] = [
      { axis, cell: 0, at: 0, outward: -1, beyond: undefined },
      { axis, cell: end, at: end, outward: 1, beyond: undefined },
    ];
    const outward = corner?.sides[axis] ?? 1;
    const plane = at?.[axis] ?? 0;
    if (at && plane - outward >= 0 && plane - outward <= end) {
      walls.push({ axis, cell: plane - outward, at: plane, outward, beyond: corner });
    }
    return walls;
  });
}

function onWall(cube: Cube, visible: Uint8Array, regions: Int32Array, wall: Wall): Anchor[] {
  const { side } = cube;
  const { axis, cell, at, outward, beyond } = wall;
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  const where = (column: number, row: number, along: number): Cell => {
    const place: [number, number, number] = [along, along, along];
    place[u] = column;
    place[v] = row;
    return place;
  };
  const start = beyond && cellNear(side, beyond.at);
  const isBeyond = (index: number, along: number) =>
    !start || !beyond || (index - (start[along] ?? 0)) * (beyond.sides[along] ?? 1) >= 0;
  // Classes from 1 on; neighbours of one class are of one region, on the wall as in the cube.
  const seen = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const index = indexOf(side, where(column, row, cell));
      if (!visible[index] || !isBeyond(column, u) || !isBeyond(row, v)) continue;
      seen[row * side + column] = Math.min(255, 1 + (cube.cells[index] ?? 0));
    }
  }
  const normal: [number, number, number] = [0, 0, 0];
  normal[axis] = outward;
  return regionsOf({ columns: side, rows: side, cells: seen })
    .filter(({ classId }) => classId > 0)
    .map(({ column, row, depth }) => {
      const index = indexOf(side, where(column, row, cell));
      return {
        region: regions[index] ?? -1,
        classId: cube.cells[index] ?? 0,
        place: placeOf(side, where(column, row, at)),
        depth: (2 * depth) / (side - 1),
        normal,
      };
    });
}
