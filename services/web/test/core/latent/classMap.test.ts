import { expect, test } from "vitest";
import {
  borderPath,
  classAt,
  type Grid,
  regionsOf,
  sharesOf,
  sheetsOf,
} from "../../../src/core/latent/classMap.ts";

/** Rows as one reads them: the first one is the top. */
function grid(...rows: string[]): Grid {
  const cells = Uint8Array.from([...rows].reverse().join(""), Number);
  return { columns: rows[0]?.length ?? 0, rows: rows.length, cells };
}

test("row 0 is the lowest", () => {
  expect(classAt(grid("12", "34"), 0, 0)).toBe(3);
  expect(classAt(grid("12", "34"), 1, 1)).toBe(2);
});

test("shares add up to one and include classes that are absent", () => {
  expect(sharesOf(grid("00", "02").cells, 4)).toEqual([0.75, 0, 0.25, 0]);
});

test("borders run between classes, joined where they go straight on", () => {
  expect(borderPath(grid("01", "01"))).toBe("M1 2V0");
  expect(borderPath(grid("11", "00"))).toBe("M0 1H2");
  expect(borderPath(grid("00", "00"))).toBe("");
});

test("a staircase border keeps its steps", () => {
  // Top row 011, bottom row 001: one step of one cell.
  expect(borderPath(grid("011", "001"))).toBe("M1 1V0M2 2V1M1 1H2");
});

test("regions of the same class that do not touch are two", () => {
  const regions = regionsOf(grid("0100", "0100"));
  expect(regions.map(({ classId, size }) => [classId, size])).toEqual([
    [0, 4],
    [0, 2],
    [1, 2],
  ]);
});

test("a region's name stands where it is deepest", () => {
  const regions = regionsOf(grid("00000", "01110", "01110", "01110", "00000"));
  const inner = regions.find(({ classId }) => classId === 1);
  expect(inner).toMatchObject({ column: 2, row: 2, size: 9, depth: 2 });
});

test("a cube comes as slices, a plane as one sheet, a band as one row", () => {
  const data = Uint8Array.from({ length: 8 }, (_, index) => index);
  expect(sheetsOf({ shape: [2, 2, 2], data }).map(({ cells }) => [...cells])).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]);
  expect(sheetsOf({ shape: [2, 4], data })).toMatchObject([{ columns: 4, rows: 2 }]);
  expect(sheetsOf({ shape: [8], data })).toMatchObject([{ columns: 8, rows: 1 }]);
});
