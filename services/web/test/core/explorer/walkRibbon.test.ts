import { expect, test } from "vitest";
import { crossingWords, placeOnWalk, stretchesOf } from "../../../src/core/explorer/walkRibbon.ts";

const crossings = [
  { t: 0.25, from: "0", to: "4" },
  { t: 0.5, from: "4", to: "1" },
];

test("the stretches of a way fill it from A to B", () => {
  expect(stretchesOf(crossings, "0")).toEqual([
    { name: "0", start: 0, end: 0.25 },
    { name: "4", start: 0.25, end: 0.5 },
    { name: "1", start: 0.5, end: 1 },
  ]);
  expect(stretchesOf([], "7")).toEqual([{ name: "7", start: 0, end: 1 }]);
});

test("crossings say in percent where they are", () => {
  expect(crossingWords(crossings, "0")).toBe("0 becomes 4 at 25 %, 4 becomes 1 at 50 %.");
  expect(crossingWords([], "7")).toBe("All of the way shows 7.");
});

test("a point on the way has a place on it, one beside it or beyond has none", () => {
  const [a, b] = [
    [0, 0],
    [1, 0.5],
  ];
  expect(placeOnWalk(a, b, [0.25, 0.125])).toBeCloseTo(0.25, 12);
  expect(placeOnWalk(a, b, [0.333, 0.167])).toBeCloseTo(1 / 3, 3);
  expect(placeOnWalk(a, b, [0.25, 0.2])).toBeUndefined();
  expect(placeOnWalk(a, b, [-0.2, -0.1])).toBeUndefined();
  expect(placeOnWalk(a, a, a)).toBeUndefined();
});
