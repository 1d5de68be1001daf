import { expect, test } from "vitest";
import { epochTime, median } from "../../../src/core/training/mapTime.ts";

/** An epoch of 10 s, and 4 s for a map. */
const timed = (mapEvery: number, seconds = 10 + 4 / mapEvery) => ({ mapEvery, seconds });

test("runs that draw their maps as often tell the time alone", () => {
  expect(epochTime([timed(10, 11), timed(9, 13), timed(1, 90)], 10)).toEqual({
    seconds: 12,
    bound: undefined,
  });
});

test("two rhythms tell the epoch and the map apart", () => {
  const { seconds, bound } = epochTime([timed(1), timed(10)], 4);
  expect(seconds).toBeCloseTo(11, 10);
  expect(bound).toBeUndefined();
  // Measured the other way round, by chance: a map costs no less than nothing.
  expect(epochTime([timed(1, 10), timed(10, 12)], 4).seconds).toBeCloseTo(11, 10);
  // And no more than all of it.
  expect(epochTime([timed(1, 100), timed(10, 1)], 1000).seconds).toBeGreaterThanOrEqual(0);
});

test("one rhythm tells a bound", () => {
  expect(epochTime([timed(1)], 10)).toEqual({ seconds: 14, bound: "at most" });
  expect(epochTime([timed(10)], 1)).toEqual({ seconds: 10.4, bound: "at least" });
});

test("the median of an even number is between the middle two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});
