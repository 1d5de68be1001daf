import { expect, test } from "vitest";
import { isolines, type Line, type Rows, regionsAbove } from "../../../src/core/maths/contours.ts";

const grid = (columns: number, rows: number, value: (x: number, y: number) => number): Rows =>
  Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => value(x, y)));

/** Twice the area that outlines enclose by the even-odd rule, as long as none overlap but holes. */
function area(lines: readonly Line[]): number {
  const shoelace = (line: Line) =>
    Math.abs(
      line.reduce((sum, [x, y], index) => {
        const [nextX, nextY] = line[(index + 1) % line.length] ?? [x, y];
        return sum + x * nextY - nextX * y;
      }, 0) / 2,
    );
  const sizes = lines.map(shoelace).sort((a, b) => b - a);
  return sizes.reduce((sum, size, index) => sum + (index === 0 ? size : -size), 0);
}

test("the contour of a plane is a straight line at its level", () => {
  const lines = isolines(
    grid(5, 4, (x) => x),
    1.25,
  );
  expect(lines).toHaveLength(1);
  const [line = []] = lines;
  expect(line).toHaveLength(4);
  for (const [x] of line) expect(x).toBeCloseTo(1.25, 12);
  expect(line.map(([, y]) => y).sort()).toEqual([0, 1, 2, 3]);
});

test("the contour of a bowl is a closed circle", () => {
  const [line = [], ...others] = isolines(
    grid(41, 41, (x, y) => (x - 20) ** 2 + (y - 20) ** 2),
    144,
  );
  expect(others).toEqual([]);
  expect(line[0]).toEqual(line.at(-1));
  for (const [x, y] of line) expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(12, 1);
});

test("the region above a level reaches to the edge of the grid, around its holes", () => {
  const bowl = grid(41, 41, (x, y) => Math.hypot(x - 20, y - 20));
  expect(area(regionsAbove(bowl, 10)) / (40 * 40 - Math.PI * 100)).toBeCloseTo(1, 2);
  expect(area(regionsAbove(bowl, 0))).toBeCloseTo(40 * 40, 9);
  expect(regionsAbove(bowl, 100)).toEqual([]);
  const half = regionsAbove(
    grid(5, 4, (x) => x),
    1.25,
  );
  expect(area(half)).toBeCloseTo(2.75 * 3, 9);
});

test("what is not a finite number counts as above every level", () => {
  const corner = grid(3, 3, (x, y) => (x === 2 && y === 2 ? Number.NaN : 0));
  expect(area(regionsAbove(corner, 5))).toBeCloseTo(0.5, 9);
  const lines = isolines(corner, 5);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toEqual([
    [2, 1],
    [1, 2],
  ]);
});

test("at a saddle the middle of the cell decides what is connected", () => {
  const saddle = (middle: number) => [
    [1, middle - 1],
    [middle - 1, 1],
  ];
  expect(regionsAbove(saddle(0.8), 0.5)).toHaveLength(2);
  expect(regionsAbove(saddle(1.4), 0.5)).toHaveLength(1);
});

test("contours of a rough surface pass between values on both sides of the level", () => {
  const rough = grid(30, 20, (x, y) => Math.sin(x * 1.3) + Math.cos(y * 0.9 + x * 0.2));
  for (const line of isolines(rough, 0.3)) {
    for (const [x, y] of line) {
      const [left, low] = [Math.floor(x), Math.floor(y)];
      const ends = [rough[low]?.[left], rough[Math.ceil(y)]?.[Math.ceil(x)]].map((value) => value ?? 0);
      expect(Math.min(...ends)).toBeLessThanOrEqual(0.3);
      expect(Math.max(...ends)).toBeGreaterThanOrEqual(0.3);
    }
  }
});
