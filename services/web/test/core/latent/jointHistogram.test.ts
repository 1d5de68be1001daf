import { expect, test } from "vitest";
import {
  brushAfter,
  brushBetween,
  jointCounts,
  markedBy,
  shareOf,
} from "../../../src/core/latent/jointHistogram.ts";
import { numbersOf } from "../../../src/core/latent/scalarMap.ts";
import { cannedTheme } from "../themes/cannedTheme.ts";

const { NaN: none } = Number;
const x = numbersOf(cannedTheme(), Float32Array.of(0, 0.4, 0.6, 1, none));
const y = numbersOf(cannedTheme({ range: null }), Float32Array.of(10, 20, 10, 20, 15));

test("every cell is in one bin, both ends of the ranges included; one without a number is in none", () => {
  // Rows from low to high values of the second theme.
  expect([...jointCounts(x, y, 2)]).toEqual([1, 1, 1, 1]);
  expect(jointCounts(x, y, 5).reduce((sum, count) => sum + count, 0)).toBe(4);
});

test("the cells of a rectangle are those whose values lie in it", () => {
  const right = brushBetween([0.5, 0], [1, 1]);
  expect([...markedBy(x, y, right)]).toEqual([0, 0, 1, 1, 0]);
  expect([...markedBy(x, y, { ...right, bottom: 0.9 })]).toEqual([0, 0, 0, 1, 0]);
  expect([...markedBy(x, y, brushBetween([0, 0], [1, 1]))]).toEqual([1, 1, 1, 1, 0]);
});

test("a rectangle is drawn from any corner, and ends at the edges", () => {
  const brush = { left: 0.2, right: 1, bottom: 0, top: 0.7 };
  expect(brushBetween([1.3, -0.2], [0.2, 0.7])).toEqual(brush);
  expect(brushBetween([0.2, 0.7], [1.3, -0.2])).toEqual(brush);
});

test("keys move the rectangle inside the histogram, and its corner down to a least size", () => {
  const brush = { left: 0.5, right: 1, bottom: 0, top: 0.5 };
  expect(brushAfter(brush, "ArrowRight", false)).toEqual(brush);
  expect(brushAfter(brush, "ArrowLeft", false)).toEqual({ ...brush, left: 0.45, right: 0.95 });
  expect(brushAfter(brush, "ArrowUp", true)).toEqual({ ...brush, top: 0.55 });
  const small = { left: 0.5, right: 0.55, bottom: 0, top: 0.5 };
  expect(brushAfter(small, "ArrowLeft", true)).toEqual(small);
  expect(brushAfter(brush, "x", false)).toBeUndefined();
});

test("a value of a range without width lies in its middle", () => {
  expect(shareOf({ low: 3, high: 3 }, 3)).toBe(0.5);
});
