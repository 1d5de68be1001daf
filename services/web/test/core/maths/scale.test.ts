import { expect, test } from "vitest";
import {
  linear,
  niceExtent,
  type Sample,
  thinned,
  tickStep,
  ticks,
} from "../../../src/core/maths/scale.ts";

test("a scale and its inverse", () => {
  const scale = linear(0, 10, 100, 0);
  expect(scale.at(2.5)).toBe(75);
  expect(scale.invert(75)).toBe(2.5);
});

test("ticks are round and inside", () => {
  expect(ticks(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(ticks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(ticks(1, 60, 6)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(tickStep(0.07, 4)).toBeCloseTo(0.02);
});

test("ranges are widened to round ends, and include zero if it is near", () => {
  expect(niceExtent([0.3, 1.31])).toEqual([0, 1.5]);
  expect(niceExtent([9.6, 10.1])).toEqual([9.6, 10.2]);
  expect(niceExtent([-0.2, 0.9])).toEqual([-0.5, 1]);
  expect(niceExtent([])).toEqual([0, 1]);
  expect(niceExtent([0])).toEqual([0, 1]);
  expect(niceExtent([Number.NaN, 2, 4])).toEqual([0, 4]);
});

test("thinning keeps peaks and valleys and the order", () => {
  const samples: Sample[] = Array.from({ length: 5000 }, (_, x) => [x, x === 1234 ? 99 : Math.sin(x)]);
  const kept = thinned(samples, 100);
  expect(kept.length).toBeLessThanOrEqual(200);
  expect(Math.max(...kept.map(([, y]) => y))).toBe(99);
  expect(kept.every(([x], index) => index === 0 || x > (kept[index - 1]?.[0] ?? 0))).toBe(true);
  expect(thinned(samples.slice(0, 50), 100)).toHaveLength(50);
});
