/**
 * The lattice of a cube with its flat sides: the walls of the window, cuts, and the corner that is removed.
 *
 * Every flat side is a pair of layers of cells at the same place, the inner one kept and the outer one removed.
 * So a surface between kept and removed cells is flat there and its edges are sharp, without a rule of its own.
 */
import { type Cell, type Corner, cellNear, lastCells } from "./cube.ts";

/** Layers across one axis, from low to high. */
export interface Layers {
  /** Index of the cells along the axis. */
  readonly cells: Int32Array;
  /** From -1 to 1. */
  readonly places: Float32Array;
  /** 1: it lies beyond a wall or a cut. */
  readonly outside: Uint8Array;
  /** 1: on this axis it lies in the removed corner. */
  readonly far: Uint8Array;
  /** Between this layer and the next: the side to which a flat surface faces (-1 or 1); 0: the two lie apart. */
  readonly faces: Int8Array;
}

export function layersOf(side: number, cut: readonly number[], corner: Corner | undefined): Layers[] {
  const last = lastCells(side, cut);
  const at = corner && cellNear(side, corner.at);
  return [0, 1, 2].map((axis) => across(side, last[axis] ?? 0, at?.[axis], corner?.sides[axis] ?? 1));
}

function across(side: number, last: number, corner: number | undefined, towards: number): Layers {
  const found: { cell: number; outside: number; far: number; faces: number }[] = [];
  const isFar = (cell: number) =>
    corner !== undefined && (towards > 0 ? cell > corner : cell < corner) ? 1 : 0;
  found.push({ cell: 0, outside: 1, far: 0, faces: -1 });
  for (let cell = 0; cell <= last; cell++) {
    if (cell === corner) {
      found.push({ cell, outside: 0, far: towards > 0 ? 0 : 1, faces: towards });
      found.push({ cell, outside: 0, far: towards > 0 ? 1 : 0, faces: 0 });
    } else found.push({ cell, outside: 0, far: isFar(cell), faces: 0 });
  }
  const end = found.at(-1);
  if (end) end.faces = 1;
  found.push({ cell: last, outside: 1, far: 0, faces: 0 });
  return {
    cells: Int32Array.from(found, ({ cell }) => cell),
    places: Float32Array.from(found, ({ cell }) => (side < 2 ? 0 : (2 * cell) / (side - 1) - 1)),
    outside: Uint8Array.from(found, ({ outside }) => outside),
    far: Uint8Array.from(found, ({ far }) => far),
    faces: Int8Array.from(found, ({ faces }) => faces),
  };
}

/** Nodes of a lattice of layers, the first axis fastest. */
export interface Nodes {
  /** How many there are along each axis. */
  readonly size: Cell;
  /** The cell of each node. */
  readonly cells: Int32Array;
  /** 1: the node's cell is shown. */
  readonly inner: Uint8Array;
}

/** @param shown 1 for the cells that are not hidden for their class; cuts and corner are in the layers. */
export function nodesOf(
  side: number,
  layers: readonly Layers[],
  corner: boolean,
  shown: Uint8Array,
): Nodes {
  const [x, y, z] = layers as [Layers, Layers, Layers];
  const size = [x.cells.length, y.cells.length, z.cells.length] as const;
  const cells = new Int32Array(size[0] * size[1] * size[2]);
  const inner = new Uint8Array(cells.length);
  let node = 0;
  for (let r = 0; r < size[2]; r++) {
    for (let q = 0; q < size[1]; q++) {
      const out = z.outside[r] || y.outside[q];
      const far = corner && z.far[r] && y.far[q];
      const row = side * ((y.cells[q] ?? 0) + side * (z.cells[r] ?? 0));
      for (let p = 0; p < size[0]; p++, node++) {
        const cell = row + (x.cells[p] ?? 0);
        cells[node] = cell;
        if (!(out || x.outside[p]) && !(far && x.far[p])) inner[node] = shown[cell] ?? 0;
      }
    }
  }
  return { size, cells, inner };
}
