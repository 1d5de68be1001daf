import { expect, test } from "vitest";
import {
  cellFrame,
  cellOf,
  fromPixel,
  type Plane,
  toPixel,
  windowOf,
} from "../../../src/core/latent/plane.ts";

const plane: Plane = { axes: [0, 1], low: -1, high: 1 };

test("up on the screen is up on the second axis", () => {
  expect(toPixel(plane, [-1, -1], 200)).toEqual({ x: 0, y: 200 });
  expect(toPixel(plane, [1, 1], 200)).toEqual({ x: 200, y: 0 });
  expect(toPixel(plane, [0, 0.5], 200)).toEqual({ x: 100, y: 50 });
});

test("a pixel and its point are each other's inverse, for any axes, and other coordinates stay", () => {
  const turned: Plane = { axes: [2, 0], low: -2, high: 2 };
  const moved = fromPixel(turned, { x: 25, y: 150 }, 200, [9, 7, 9, 5]);
  expect(moved).toEqual([-1, 7, -1.5, 5]);
  expect(toPixel(turned, moved, 200)).toEqual({ x: 25, y: 150 });
});

test("a pixel outside the window gives a point on its edge", () => {
  expect(fromPixel(plane, { x: -50, y: 999 }, 200, [0, 0])).toEqual([-1, -1]);
});

test("the cells of the corners are the corners, and every cell is nearest to its own centre", () => {
  expect(cellOf(plane, [-1, -1], 100)).toEqual({ column: 0, row: 0 });
  expect(cellOf(plane, [1, 1], 100)).toEqual({ column: 99, row: 99 });
  for (let index = 0; index < 100; index++) {
    const value = -1 + (index / 99) * 2;
    expect(cellOf(plane, [value, -value], 100)).toEqual({ column: index, row: 99 - index });
  }
});

test("the square of cells overhangs the window so that cell centres lie where the map sampled", () => {
  const { offset, size } = cellFrame(100);
  for (const index of [0, 42, 99]) {
    const centre = offset + ((index + 0.5) / 100) * size;
    expect(centre).toBeCloseTo(index / 99);
  }
});

test("a band over one axis lies in the middle of the height", () => {
  const band: Plane = { axes: [0], low: -1, high: 1 };
  expect(toPixel(band, [0.5], 200)).toEqual({ x: 150, y: 100 });
  expect(fromPixel(band, { x: 50, y: 3 }, 200, [0])).toEqual([-0.5]);
});

test("a normal prior is shown wider than a uniform one", () => {
  expect(windowOf("uniform")).toEqual({ low: -1, high: 1 });
  expect(windowOf("normal")).toEqual({ low: -2, high: 2 });
});
