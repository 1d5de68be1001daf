import { expect, test } from "vitest";
import { sectionOf } from "../../../src/core/latent/cube.ts";
import { halvesOf, meanOf, numbersOf, rangeOf, scaled } from "../../../src/core/latent/scalarMap.ts";
import { cannedTheme } from "../themes/cannedTheme.ts";

const chance = cannedTheme({ range: [0, 1], ramp: "diverging" });
const length = cannedTheme({ name: "length", range: null, ramp: "sequential" });
const { NaN: none } = Number;

test("the range is the theme's own, or that of the values that are known", () => {
  expect(rangeOf(chance, Float32Array.of(0.25, 0.5))).toEqual([0, 1]);
  expect(rangeOf(length, Float32Array.of(4, none, 2, 3))).toEqual([2, 4]);
  expect(rangeOf(length, Float32Array.of(none))).toEqual([0, 0]);
});

test("the common range goes from the smallest to the largest value of all maps, unless the theme has its own", () => {
  const maps = [Float32Array.of(4, none, 2), Float32Array.of(none), Float32Array.of(3, 6)];
  expect(rangeOf(length, ...maps)).toEqual([2, 6]);
  expect(rangeOf(length)).toEqual([0, 0]);
  expect(rangeOf(chance, ...maps)).toEqual([0, 1]);
});

test("maps in a common range have the same level for the same value", () => {
  const map = (...values: number[]) => {
    const numbers = numbersOf(length, Float32Array.from(values));
    return { columns: values.length, rows: 1, cells: Uint8Array.of(0, 254), numbers };
  };
  const [one, other] = [map(2, 4), map(4, 6)];
  const scale = { theme: length, low: 2, high: 6 };
  expect([...scaled(one, scale).cells]).toEqual([0, 127]);
  expect([...scaled(other, scale).cells]).toEqual([127, 254]);
  expect(scaled(one, scale).numbers).toMatchObject({ low: 2, high: 6, values: one.numbers.values });
  expect(scaled(one, { ...scale, high: 4 })).toBe(one);
  expect(scaled(one, { ...scale, theme: chance })).toBe(one);
  const classes = { columns: 2, rows: 1, cells: Uint8Array.of(1, 2) };
  expect(scaled(classes, scale)).toBe(classes);
});

test("the mean of what is known", () => {
  expect(meanOf(Float32Array.of(1, none, 3))).toBe(2);
  expect(meanOf(Float32Array.of(none))).toBeUndefined();
});

test("the two sides of the middle", () => {
  const values = Float32Array.of(0.1, 0.9, 0.5, 0.51);
  const grid = { columns: 2, rows: 2, cells: new Uint8Array(4) };
  expect([...halvesOf(grid, numbersOf(chance, values)).cells]).toEqual([0, 1, 0, 1]);
});

test("a section of a cube of numbers has the numbers of its cells", () => {
  const values = Float32Array.from({ length: 8 }, (_, index) => index);
  const cube = { side: 2, cells: Uint8Array.from(values), numbers: numbersOf(length, values) };
  const section = sectionOf(cube, 0, 2, 1);
  expect([...section.cells]).toEqual([2, 3, 6, 7]);
  expect([...(section.numbers?.values ?? [])]).toEqual([2, 3, 6, 7]);
  // The legend is that of the whole cube.
  expect([section.numbers?.low, section.numbers?.high]).toEqual([0, 7]);
});
