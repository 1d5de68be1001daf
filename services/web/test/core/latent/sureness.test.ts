import { expect, test } from "vitest";
import { mostlyUnsure, opacitiesOf, opacityAt, SURE } from "../../../src/core/latent/sureness.ts";

test("a sure colour is full, one at chance faint, and what is not known is drawn in full", () => {
  expect(opacityAt(1, 10)).toBe(1);
  expect(opacityAt(SURE, 10)).toBe(1);
  expect(opacityAt(0.1, 10)).toBeCloseTo(0.1, 12);
  expect(opacityAt(0.45, 10)).toBeCloseTo(0.55, 12);
  expect(opacityAt(Number.NaN, 10)).toBe(1);
  expect(opacityAt(0.5, 2)).toBeCloseTo(0.1, 12);
});

/** A slope from 0.1 to 0.8, along which the opacity is a slope from 0.1 to 1. */
const slope = (share: number) => 0.1 + 0.7 * share;

test.each([
  [1, 2],
  [2, 2],
  [2, 4],
  [3, 3],
])("over %i axes, a slope of %i cells stays a slope between them", (axes, from) => {
  const last = from - 1;
  const values = Float32Array.from({ length: from ** axes }, (_, index) => slope((index % from) / last));
  const side = 7;
  const found = opacitiesOf(values, from, side, axes, 10);
  expect(found).toHaveLength(side ** axes);
  for (const [index, opacity] of found.entries()) {
    expect(Math.abs(opacity - 255 * (0.1 + (0.9 * (index % side)) / (side - 1)))).toBeLessThan(0.51);
  }
});

test("of the same number of cells, each keeps its own", () => {
  const values = Float32Array.of(0.1, 0.8, 0.45, 1);
  expect([...opacitiesOf(values, 2, 2, 2, 10)]).toEqual([26, 255, 140, 255]);
});

test("most of a map is unsure if more than half of its cells are", () => {
  expect(mostlyUnsure(Float32Array.of(0.3, 0.3, 0.9, 0.3))).toBe(true);
  expect(mostlyUnsure(Float32Array.of(0.3, 0.3, 0.9, 0.9))).toBe(false);
});
