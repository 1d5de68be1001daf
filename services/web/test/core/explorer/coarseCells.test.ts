import { expect, test } from "vitest";
import { coarseSides, spread } from "../../../src/core/explorer/coarseCells.ts";

/** Coordinates of the cells along an axis, as the API has them. */
const places = (side: number) => Array.from({ length: side }, (_, index) => -1 + (2 * index) / (side - 1));

test("coarse maps have a few cells at least, and fewer than the fine one", () => {
  expect(coarseSides(100)).toEqual([12, 34]);
  expect(coarseSides(50)).toEqual([6, 17]);
  expect(coarseSides(24)).toEqual([8]);
  expect(coarseSides(12)).toEqual([]);
});

test.each(coarseSides(100))("each of %d cells along an axis is one of the hundred", (side) => {
  const fine = places(100).map((place) => place.toFixed(9));
  for (const place of places(side)) expect(fine).toContain(place.toFixed(9));
});

test("each cell has the value of the nearest coarse one", () => {
  expect(spread(Uint8Array.of(1, 2), 1, 2, 4)).toEqual(Uint8Array.of(1, 1, 2, 2));
  const plane = spread(Float32Array.of(1, 2, 3, 4), 2, 2, 3);
  expect([...plane]).toEqual([1, 2, 2, 3, 4, 4, 3, 4, 4]);
  const cube = Uint8Array.from({ length: 8 }, (_, index) => index);
  expect(spread(cube, 3, 2, 2)).toEqual(cube);
  expect(spread(Uint8Array.of(7), 2, 1, 2)).toEqual(Uint8Array.of(7, 7, 7, 7));
});

test("a coarse map spread over the fine one has the same values where both have a cell", () => {
  const value = (place: number) => Math.round((place + 1) * 50);
  const coarse = Uint8Array.from(places(34), value);
  const fine = spread(coarse, 1, 34, 100);
  const wanted = places(100).map(value);
  for (let index = 0; index < 100; index += 3) expect(fine[index]).toBe(wanted[index]);
});
