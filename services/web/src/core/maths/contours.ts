/**
 * Contours of values on a grid, by marching squares with linear interpolation (Lorensen & Cline 1987 in two
 * dimensions). Places are in units of cells: [column, row], 0 at the first value.
 */

/** Rows of values, all of the same length; what is not a finite number counts as above every level. */
export type Rows = readonly (readonly number[])[];
export type Place = readonly [column: number, row: number];

/** A line of a contour; a closed one ends where it begins. */
export type Line = readonly Place[];

/** Lines along which the values have a level. They end at the edge of the grid, or are closed. */
export function isolines(rows: Rows, level: number): Line[] {
  return stitched(segments(rows, level));
}

/**
 * Outlines of the regions whose values are at least a level, closed along the edge of the grid. To be filled by
 * the even-odd rule, since holes have outlines of their own.
 */
export function regionsAbove(rows: Rows, level: number): Line[] {
  const columns = rows[0]?.length ?? 0;
  const outside = Array.from({ length: columns + 2 }, () => Number.NEGATIVE_INFINITY);
  const padded = [
    outside,
    ...rows.map((row) => [Number.NEGATIVE_INFINITY, ...row.map(finite), Number.NEGATIVE_INFINITY]),
    outside,
  ];
  return stitched(segments(padded, level)).map((line) =>
    line.map(([column, row]): Place => [column - 1, row - 1]),
  );
}

const finite = (value: number) => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY);

interface Crossing {
  /** The edge of the grid that it lies on; crossings of neighbouring cells on one edge are the same. */
  readonly edge: string;
  readonly place: Place;
}

type Segment = readonly [Crossing, Crossing];

/**
 * Pairs of the edges of a cell that a line runs between, for each set of corners that are above the level: 1 the
 * lower left, 2 the lower right, 4 the upper right, 8 the upper left. Edges: 0 below, 1 right, 2 above, 3 left.
 */
const BETWEEN: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [], // Two opposite corners, see `saddle`.
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/** Where two opposite corners are above, the middle of the cell decides whether they are connected. */
function saddle(corners: number, middleIsAbove: boolean): readonly (readonly [number, number])[] {
  const aroundLowerLeft = [
    [3, 0],
    [1, 2],
  ] as const;
  const aroundLowerRight = [
    [0, 1],
    [2, 3],
  ] as const;
  return (corners === 5) === middleIsAbove ? aroundLowerRight : aroundLowerLeft;
}

function segments(rows: Rows, level: number): Segment[] {
  const found: Segment[] = [];
  for (let row = 0; row + 1 < rows.length; row++) {
    const [below = [], above = []] = [rows[row], rows[row + 1]];
    for (let column = 0; column + 1 < below.length; column++) {
      const values = [below[column], below[column + 1], above[column + 1], above[column]].map((value) =>
        value === Number.NEGATIVE_INFINITY ? value : finite(value ?? Number.NaN),
      ) as [number, number, number, number];
      const corners = values.reduce((sum, value, corner) => sum + (value >= level ? 1 << corner : 0), 0);
      const mean = values.reduce((sum, value) => sum + value, 0) / 4;
      const between =
        corners === 5 || corners === 10 ? saddle(corners, mean >= level) : (BETWEEN[corners] ?? []);
      for (const [from, to] of between) {
        found.push([crossing(from, column, row, values, level), crossing(to, column, row, values, level)]);
      }
    }
  }
  return found;
}

/** Where the level is passed on an edge of a cell. */
function crossing(
  edge: number,
  column: number,
  row: number,
  [lowerLeft, lowerRight, upperRight, upperLeft]: readonly [number, number, number, number],
  level: number,
): Crossing {
  switch (edge) {
    case 0:
      return { edge: `h${column},${row}`, place: [column + share(lowerLeft, lowerRight, level), row] };
    case 1:
      return {
        edge: `v${column + 1},${row}`,
        place: [column + 1, row + share(lowerRight, upperRight, level)],
      };
    case 2:
      return {
        edge: `h${column},${row + 1}`,
        place: [column + share(upperLeft, upperRight, level), row + 1],
      };
    default:
      return { edge: `v${column},${row}`, place: [column, row + share(lowerLeft, upperLeft, level)] };
  }
}

/** How far between two values a level lies, 0 to 1; never outside the grid, and beside no finite number at the other. */
function share(from: number, to: number, level: number): number {
  if (from === Number.NEGATIVE_INFINITY) return 1;
  if (to === Number.NEGATIVE_INFINITY || to === Number.POSITIVE_INFINITY) return 0;
  if (from === Number.POSITIVE_INFINITY) return 1;
  return Math.min(1, Math.max(0, (level - from) / (to - from)));
}

/** Segments joined where they meet. */
function stitched(found: readonly Segment[]): Line[] {
  const meeting = new Map<string, Segment[]>();
  for (const segment of found) {
    for (const { edge } of segment) meeting.set(edge, [...(meeting.get(edge) ?? []), segment]);
  }
  const used = new Set<Segment>();
  const follow = (from: Crossing): Place[] => {
    const places: Place[] = [];
    for (let at = from; ; ) {
      const next = meeting.get(at.edge)?.find((segment) => !used.has(segment));
      if (!next) return places;
      used.add(next);
      const [one, other] = next;
      at = one.edge === at.edge ? other : one;
      places.push(at.place);
    }
  };
  return found.flatMap((segment) => {
    if (used.has(segment)) return [];
    used.add(segment);
    const [start, end] = segment;
    const ahead = follow(end);
    const back = follow(start).reverse();
    return [[...back, start.place, end.place, ...ahead]];
  });
}
