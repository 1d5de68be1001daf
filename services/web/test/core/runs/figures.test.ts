import { expect, test } from "vitest";
import { figureRows, RUN_FIGURES, samplesOf } from "../../../src/core/runs/figures.ts";
import { figuresOf } from "../../../src/gallery/world/runs.ts";

const epochs = figuresOf(20, 40, 2);

test("a figure has samples where it was measured", () => {
  expect(samplesOf(epochs, "weak_test_error").map(([epoch]) => epoch)).toEqual([10, 20]);
  expect(samplesOf(epochs, "map_change")[0]?.[0]).toBe(2);
  expect(samplesOf(epochs, "seconds")).toHaveLength(20);
});

test("classes with a tiny share of the map are not counted, and dead units are those of the worst layer", () => {
  const [first] = epochs;
  if (!first) throw new Error("no epoch");
  const made = { ...first, shares: { a: 0.9, b: 0.096, c: 0.004 }, dead_units: { x: 0.1, y: 0.4 } };
  expect(RUN_FIGURES.classes.ofEpoch(made)).toBe(2);
  expect(RUN_FIGURES.dead_units.ofEpoch(made)).toBe(0.4);
  expect(RUN_FIGURES.classes.ofEpoch({ ...made, shares: null })).toBeUndefined();
});

test("runs stand side by side by epoch, with holes where one was not measured", () => {
  const rows = figureRows([{ epochs }, { epochs: epochs.slice(0, 10) }], "weak_test_error");
  expect(rows.map(([epoch]) => epoch)).toEqual([10, 20]);
  expect(rows[0]?.[1]).toBe(rows[0]?.[2]);
  expect(rows[1]?.[2]).toBeNull();
});
