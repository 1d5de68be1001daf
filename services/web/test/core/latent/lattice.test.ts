import { expect, test } from "vitest";
import { axesOf, placeOf, pointAt } from "../../../src/core/latent/lattice.ts";

test("a lattice knows how many axes it spans, and where each cell lies", () => {
  expect(axesOf({ side: 5, cells: new Uint8Array(5) })).toBe(1);
  expect(axesOf({ side: 5, cells: new Uint8Array(25) })).toBe(2);
  expect(axesOf({ side: 24, cells: new Uint8Array(24 ** 3) })).toBe(3);
  expect(placeOf(4, 3, 1 + 4 * (2 + 4 * 3))).toEqual([1, 2, 3]);
});

test("a place is a point on the lattice's axes, and keeps the other coordinates", () => {
  const space = { axes: [2, 0], low: -2, high: 2 };
  expect(pointAt(space, 5, [4, 0], [0.5, 0.25, 0.5])).toEqual([-2, 0.25, 2]);
  expect(pointAt(space, 5, [2.5, 2], [9, 0.25, 9])).toEqual([0, 0.25, 0.5]);
});
