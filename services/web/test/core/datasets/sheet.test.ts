import { expect, test } from "vitest";
import { sheetOf, stripOf } from "../../../src/core/datasets/sheet.ts";

const DIGITS = [..."0123456789"];

test("the rows of a sheet are the classes, unless they are too many or too few", () => {
  expect(sheetOf({ width: 280, height: 280 }, DIGITS)).toEqual({ side: 28, rows: 10, classes: DIGITS });
  expect(sheetOf({ width: 640, height: 128 }, ["forest", "sea"])).toMatchObject({ side: 64, rows: 2 });
  expect(sheetOf({ width: 280, height: 280 }, [...DIGITS, "A", "B"]).classes).toEqual(DIGITS);
  // Of no classes, or of classes that are not known.
  expect(sheetOf({ width: 280, height: 280 }, []).classes).toBeUndefined();
  expect(sheetOf({ width: 280, height: 140 }, DIGITS)).toEqual({ side: 28, rows: 5, classes: undefined });
});

test("a strip has its classes side by side", () => {
  const strip = stripOf(sheetOf({ width: 280, height: 280 }, DIGITS), 2);
  expect(strip).toHaveLength(20);
  expect(strip[3]).toEqual({ from: [0, 3], to: [3, 0] });
  expect(strip[13]).toEqual({ from: [1, 3], to: [3, 1] });
});

test("unsorted images stay as they are", () => {
  const strip = stripOf(sheetOf({ width: 280, height: 140 }, DIGITS), 2);
  expect(strip).toHaveLength(20);
  expect(strip[13]).toEqual({ from: [3, 1], to: [3, 1] });
});
