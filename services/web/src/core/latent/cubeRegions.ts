/** The connected regions of a cube that are drawn, and where on them their names can stand. */
import { componentsOf } from "./components.ts";
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
const LEAST_DEPTH = 0.05;

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
  const drawn = Int16Array.from(cells, (id, index) => (visible[index] ? id : -1));
  const { numbers: regions, parts } = componentsOf(drawn, [side, side, side]);
  const anchors: Anchor[] = parts.map(({ inner, depth }, region) => ({
    region,
    classId: cells[inner] ?? 0,
    place: placeOf(side, cellAt(side, inner)),
    depth: (2 * depth - 1) / (side - 1),
    normal: undefined,
  }));
  for (const wall of wallsOf(side, cut, corner)) anchors.push(...onWall(cube, drawn, regions, wall));
  return { regions, anchors: anchors.filter(({ depth }) => depth >= LEAST_DEPTH) };
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

function onWall(cube: Cube, drawn: Int16Array, regions: Int32Array, wall: Wall): Anchor[] {
  const { side } = cube;
  const { axis, cell, at, outward, beyond } = wall;
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  const where = (index: number, along: number): Cell => {
    const place: [number, number, number] = [along, along, along];
    place[u] = index % side;
    place[v] = Math.floor(index / side);
    return place;
  };
  const start = beyond && cellNear(side, beyond.at);
  const isBeyond = (place: Cell, along: number) =>
    !start || !beyond || ((place[along] ?? 0) - (start[along] ?? 0)) * (beyond.sides[along] ?? 1) >= 0;
  const seen = new Int16Array(side * side).map((_, index) => {
    const place = where(index, cell);
    return isBeyond(place, u) && isBeyond(place, v) ? (drawn[indexOf(side, place)] ?? -1) : -1;
  });
  const normal: [number, number, number] = [0, 0, 0];
  normal[axis] = outward;
  return componentsOf(seen, [side, side, 1]).parts.map(({ inner, depth }) => {
    const index = indexOf(side, where(inner, cell));
    return {
      region: regions[index] ?? -1,
      classId: cube.cells[index] ?? 0,
      place: placeOf(side, where(inner, at)),
      depth: (2 * depth - 1) / (side - 1),
      normal,
    };
  });
}
