import { expect, test } from "vitest";
import {
  type Cell,
  type Cube,
  cellAt,
  cellNear,
  cellsOnLine,
  fromCube,
  indexOf,
  regionsWith,
  sectionOf,
  toCube,
  visibleCells,
} from "../../../src/core/latent/cube.ts";

const SIDE = 5;
/** Classes 0 to 4 by the first coordinate, as five slabs. */
const slabs: Cube = {
  side: SIDE,
  cells: Uint8Array.from({ length: SIDE ** 3 }, (_, index) => index % SIDE),
};
const everything = {
  hidden: new Set<number>(),
  only: undefined,
  cut: [1, 1, 1],
  corner: undefined,
  among: undefined,
};
const count = (cells: Uint8Array) => cells.reduce((sum, value) => sum + value, 0);

test("a cell's index and its place belong together, the first axis fastest", () => {
  expect(indexOf(4, [1, 2, 3])).toBe(1 + 4 * 2 + 16 * 3);
  expect(cellAt(4, 57)).toEqual([1, 2, 3]);
});

test("points go to the cube and back along its axes, and stay inside", () => {
  const space = { axes: [3, 0, 1], low: -2, high: 2 };
  const point = [1, -2, 0.5, 2];
  expect(toCube(space, point)).toEqual([1, 0.5, -1]);
  expect(fromCube(space, [1, 0.5, -1], [0, 0, 0.5, 0])).toEqual(point);
  expect(fromCube(space, [7, 0, -9], point)).toEqual([0, -2, 0.5, 2]);
  expect(cellNear(5, [-1, 0.2, 1])).toEqual([0, 2, 4]);
});

test("a section is the plane of cells through a point", () => {
  const cube: Cube = { side: 3, cells: Uint8Array.from({ length: 27 }, (_, index) => index) };
  const cells = [...sectionOf(cube, 0, 2, 1).cells];
  expect(cells).toEqual([3, 4, 5, 12, 13, 14, 21, 22, 23]);
  expect([...sectionOf(cube, 1, 2, 2).cells]).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26]);
});

test.each([
  [
    [-1, -1, -1],
    [1, 1, 1],
  ],
  [
    [-1, 0.3, -0.2],
    [1, 0.31, 0.9],
  ],
  [
    [0.7, 0.7, -0.9],
    [0.7, 0.7, 0.9],
  ],
  [
    [0.2, -0.8, 0.4],
    [0.2, -0.8, 0.4],
  ],
])("a line from %j to %j crosses neighbouring cells from end to end", (from, to) => {
  const side = 9;
  const cells = cellsOnLine(side, from as unknown as Cell, to as unknown as Cell);
  expect(cells[0]).toBe(indexOf(side, cellNear(side, from)));
  expect(cells.at(-1)).toBe(indexOf(side, cellNear(side, to)));
  for (let step = 1; step < cells.length; step++) {
    const [one, other] = [cellAt(side, cells[step - 1] ?? 0), cellAt(side, cells[step] ?? 0)];
    const apart = one.reduce((sum, value, axis) => sum + Math.abs(value - (other[axis] ?? 0)), 0);
    expect(apart).toBe(1);
  }
  // Every densely sampled place on the line lies in a cell that was found.
  const found = new Set(cells);
  for (let t = 0; t <= 1; t += 0.01) {
    const place = from.map((value, axis) => value + t * ((to[axis] ?? 0) - value));
    const onWall = place.some((value) => Math.abs(((((value + 1) / 2) * (side - 1)) % 1) - 0.5) < 1e-3);
    if (!onWall) expect(found).toContain(indexOf(side, cellNear(side, place)));
  }
});

test("regions spread over faces, not over corners", () => {
  const cells = new Uint8Array(27).fill(9);
  const cube: Cube = { side: 3, cells };
  for (const cell of [
    [0, 0, 0],
    [1, 0, 0],
    [2, 1, 0],
    [2, 2, 2],
  ] as const)
    cells[indexOf(3, cell)] = 4;
  const region = regionsWith(cube, [indexOf(3, [0, 0, 0])]);
  expect(count(region)).toBe(2);
  expect(region[indexOf(3, [2, 1, 0])]).toBe(0);
  expect(count(regionsWith(cube, [indexOf(3, [0, 0, 0]), indexOf(3, [2, 2, 2])]))).toBe(3);
});

test("classes are hidden or highlighted, and cells beyond a cut are removed", () => {
  expect(count(visibleCells(slabs, everything))).toBe(125);
  expect(count(visibleCells(slabs, { ...everything, hidden: new Set([0, 3]) }))).toBe(75);
  expect(count(visibleCells(slabs, { ...everything, hidden: new Set([2]), only: 1 }))).toBe(25);
  expect(count(visibleCells(slabs, { ...everything, cut: [0, 1, -1] }))).toBe(3 * 5 * 1);
  const among = new Uint8Array(125);
  among[7] = 1;
  expect(count(visibleCells(slabs, { ...everything, among }))).toBe(1);
});

test("the corner in front of the point is removed, with the point's own cell", () => {
  const opened = visibleCells(slabs, { ...everything, corner: { at: [0, 0, 0], sides: [1, -1, 1] } });
  expect(count(opened)).toBe(125 - 27);
  expect(opened[indexOf(SIDE, [3, 1, 3])]).toBe(0);
  expect(opened[indexOf(SIDE, [3, 3, 3])]).toBe(1);
  expect(opened[indexOf(SIDE, [2, 2, 2])]).toBe(0);
  expect(opened[indexOf(SIDE, [1, 2, 2])]).toBe(1);
});
