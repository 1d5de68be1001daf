/**
 * Triangles between the inside and the outside of a cell with eight corners (Lorensen & Cline 1987).
 *
 * Their table of 256 cases is derived here from one rule for the faces of a cell, so that two cells always agree
 * on the face that they share, and no surface has a hole: on a face whose corners alternate, the inner corners
 * are kept apart (the ambiguity of the original table, Nielson & Hamann 1991).
 *
 * Corner c lies at (c & 1, c >> 1 & 1, c >> 2). Edge 4a + n runs along axis a, from the n-th of the corners that
 * are low on that axis.
 */

export interface CellEdge {
  readonly axis: number;
  /** Its corners, low and high on the axis. */
  readonly low: number;
  readonly high: number;
}

const AXES = [0, 1, 2] as const;

export const CELL_EDGES: readonly CellEdge[] = AXES.flatMap((axis) =>
  Array.from({ length: 8 }, (_, corner) => corner)
    .filter((corner) => !(corner & (1 << axis)))
    .map((low) => ({ axis, low, high: low | (1 << axis) })),
);

/**
 * For each set of inner corners (a bit for each) the edges of its triangles, three for each; seen from outside they
 * run counter-clockwise.
 */
export const TRIANGLES: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, inner) =>
  outlinesOf(inner).flatMap(fanned),
);

/** Closed lines around the inner corners over the faces of the cell, each as the edges that it crosses. */
function outlinesOf(inner: number): number[][] {
  const next = new Map<number, number>();
  for (const axis of AXES) {
    for (const side of [0, 1]) {
      const around = faceCorners(axis, side);
      const is = around.map((corner) => ((inner >> corner) & 1) === 1);
      for (let at = 0; at < 4; at++) {
        // From where the way around the face comes to some inner corners to where it leaves them.
        if (!is[at] || is[(at + 3) % 4]) continue;
        let last = at;
        while (is[(last + 1) % 4]) last += 1;
        next.set(edgeBetween(around, at + 3, at), edgeBetween(around, last, last + 1));
      }
    }
  }
  const outlines: number[][] = [];
  for (let start = first(next); start !== undefined; start = first(next)) {
    const outline: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined; ) {
      outline.push(edge);
      const following: number | undefined = next.get(edge);
      next.delete(edge);
      edge = following === start ? undefined : following;
    }
    outlines.push(outline);
  }
  return outlines;
}

/** The corners of a face, counter-clockwise when seen from outside the cell. */
function faceCorners(axis: number, side: number): number[] {
  const [u, v] = [1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3)];
  const corners = [0, u, u | v, v].map((corner) => corner | (side << axis));
  return side ? corners : corners.reverse();
}

function edgeBetween(around: readonly number[], from: number, to: number): number {
  const [one = 0, other = 0] = [around[from % 4], around[to % 4]];
  const low = one & other;
  return CELL_EDGES.findIndex((edge) => edge.low === low && edge.high === (one | other));
}

function first(map: ReadonlyMap<number, number>): number | undefined {
  return map.keys().next().value;
}

/**
 * An outline as triangles around one of its edges. None of them has a side across a face of the cell, where the
 * next cell may have one as well, and four triangles would meet.
 */
function fanned(outline: readonly number[]): number[] {
  const size = outline.length;
  const from = outline.findIndex((apex, at) =>
    outline.every((edge, other) => {
      const apart = (other - at + size) % size;
      return apart < 2 || apart === size - 1 || !shareFace(apex, edge);
    }),
  );
  if (from < 0) throw new Error(`No fan for the outline ${outline}.`);
  const turned = [...outline.slice(from), ...outline.slice(0, from)];
  return turned.slice(2).flatMap((edge, at) => [turned[0] ?? 0, turned[at + 1] ?? 0, edge]);
}

function shareFace(one: number, other: number): boolean {
  const corners = [one, other].flatMap((edge) => {
    const { low = 0, high = 0 } = CELL_EDGES[edge] ?? {};
    return [low, high];
  });
  return AXES.some((axis) => {
    const sides = new Set(corners.map((corner) => (corner >> axis) & 1));
    return sides.size === 1;
  });
}
