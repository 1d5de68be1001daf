import { expect, test } from "vitest";
import {
  allowsLog,
  bandEdges,
  cellAt,
  coordinateAt,
  lossAt,
  lossRange,
  pathPoint,
  shareOf,
  usualScale,
} from "../../../src/core/surface/surface.ts";

test("the range of the losses leaves out what is no number", () => {
  expect(
    lossRange([
      [Number.NaN, 2],
      [0.5, 1],
    ]),
  ).toEqual([0.5, 2]);
  expect(lossRange([[Number.NaN]])).toBeUndefined();
  expect(allowsLog([0.1, 2])).toBe(true);
  expect(allowsLog([-0.1, 2])).toBe(false);
});

test("the bands are even in the loss or in its logarithm", () => {
  const linear = bandEdges([1, 13], "linear");
  expect(linear).toHaveLength(13);
  expect(linear.slice(0, 3)).toEqual([1, 2, 3]);
  const log = bandEdges([1, 2 ** 12], "log");
  for (const [index, edge] of log.entries()) expect(edge).toBeCloseTo(2 ** index, 6);
  expect(bandEdges([-1, 11], "log")).toEqual(bandEdges([-1, 11], "linear"));
  expect(bandEdges([3, 3], "linear").at(-1)).toBe(4);
});

test("where losses differ widely, the logarithm shows more", () => {
  expect(usualScale([0.5, 3])).toBe("linear");
  expect(usualScale([0.5, 30])).toBe("log");
  expect(usualScale([-0.5, 30])).toBe("linear");
});

test("a place on an axis is found between its values", () => {
  const axis = [-2, -1, 1, 5];
  expect(cellAt(axis, -2)).toBe(0);
  expect(cellAt(axis, 0)).toBe(1.5);
  expect(cellAt(axis, 5)).toBe(3);
  expect(cellAt(axis, 5.1)).toBeUndefined();
  expect(cellAt(axis, -3)).toBeUndefined();
  expect(shareOf(axis, 1.5)).toBe(0.5);
  expect(coordinateAt(axis, 1.5)).toBe(0);
  expect(coordinateAt(axis, 3)).toBe(5);
});

test("the loss between the values is bilinear", () => {
  const rows = [
    [0, 1],
    [2, 7],
  ];
  expect(lossAt(rows, [0, 0])).toBe(0);
  expect(lossAt(rows, [1, 1])).toBe(7);
  expect(lossAt(rows, [0.5, 0])).toBe(0.5);
  expect(lossAt(rows, [0.5, 0.5])).toBe(2.5);
  expect(lossAt([[0, Number.NaN]], [0.5, 0])).toBeNaN();
});

test("an epoch between two states shows the earlier one", () => {
  const path = [10, 20, 30].map((epoch) => ({ epoch, x: 0, y: 0, distance: 0, loss: 1 }));
  expect(pathPoint(path, 25)?.epoch).toBe(20);
  expect(pathPoint(path, 5)?.epoch).toBe(10);
  expect(pathPoint(path, undefined)?.epoch).toBe(30);
  expect(pathPoint([], 5)).toBeUndefined();
});
