/** The connected regions of a cube that are drawn, and where on them their names can stand. */
import { regionsOf } from "./classMap.ts";
import { type Cell, type Corner, type Cube, cellAt, cellNear, indexOf, lastCells } from "./cube.ts";

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
  const strides = [1, side, side * side];
  const from = (index: number, sign: number): number => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const stride of strides) {
      const place = Math.floor(index / stride) % side;
      const other = index + sign * stride;
      const inside = sign < 0 ? place > 0 : place < side - 1;
      const same = inside && visible[other] && cells[other] === cells[index];
      nearest = Math.min(nearest, same ? (depths[other] ?? 0) : 0);
    }
    return nearest + 1;
  };
  for (let index = 0; index < cells.length; index++) {
    if (visible[index]) depths[index] = from(index, -1);
  }
  for (let index = cells.length - 1; index >= 0; index--) {
    if (visible[index]) depths[index] = Math.min(depths[index] ?? 0, from(index, 1));
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
  const strides = [1, side, side * side];
  const stack = [start];
  regions[start] = region;
  let best = start;
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if ((depths[index] ?? 0) > (depths[best] ?? 0)) best = index;
    for (const stride of strides) {
      const place = Math.floor(index / stride) % side;
      for (const step of [place > 0 ? -stride : 0, place < side - 1 ? stride : 0]) {
        const other = index + step;
        if ((regions[other] ?? 0) >= 0 || !visible[other] || cells[other] !== cells[start]) continue;
        regions[other] = region;
        stack.push(other);
      }
    }
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

function placeOf(side: number, [i, j, k]: Cell): Cell {
  const scale = 2 / (side - 1);
  return [i * scale - 1, j * scale - 1, k * scale - 1];
}
