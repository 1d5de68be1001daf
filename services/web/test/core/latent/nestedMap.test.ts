import { expect, test } from "vitest";
import { cellsOf } from "../../../src/core/latent/nestedMap.ts";

const frame = { model: "m", version: 1, range: [-1, 1], resolution: 2, at: [0, 0, 0], label: null };

test("the cells of a map over one, two or three axes, the first axis fastest", () => {
  const classes = (nested: unknown[]) => ({ ...frame, axes: [0], shares: {}, classes: nested }) as never;
  expect(cellsOf(classes([1, 2]))).toEqual(Uint8Array.of(1, 2));
  const plane = [
    [1, 2],
    [3, 4],
  ];
  expect(cellsOf(classes(plane))).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(cellsOf(classes([plane, plane]))).toEqual(Uint8Array.of(1, 2, 3, 4, 1, 2, 3, 4));
});

test("numbers stay numbers, and those that are not known are none", () => {
  const theme = { theme: "length", kind: "scalar", unit: "", minimum: 0, maximum: 1, mean: 0.5 };
  const values = cellsOf({ ...frame, ...theme, axes: [0], values: [0.5, null] } as never);
  expect(values).toEqual(Float32Array.of(0.5, Number.NaN));
});
