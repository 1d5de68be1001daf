import { expect, test } from "vitest";
import { fineSides, type MapOnScreen } from "../../../src/core/explorer/fineMap.ts";

const RESTING: MapOnScreen = {
  axes: 2,
  classes: true,
  side: 100,
  complete: true,
  filming: false,
  coarse: false,
  width: 640,
  pixelRatio: 1,
};

test.each([
  [250, 1, 400],
  [400, 1, 400],
  [400.2, 1, 500],
  [640, 1, 800],
  [250, 2, 500],
  [333, 1.5, 500],
  [700, 3, 800],
])("%d CSS pixels at a ratio of %d take %d cells", (width, pixelRatio, cells) => {
  expect(fineSides({ ...RESTING, width, pixelRatio })).toBe(cells);
});

test("no more cells than the API draws", () => {
  expect((fineSides({ ...RESTING, width: 10_000, pixelRatio: 4 }) ?? 0) ** 2).toBeLessThanOrEqual(128 ** 3);
});

test.each([
  ["over one axis", { axes: 1 }],
  ["a cube", { axes: 3 }],
  ["numbers", { classes: false }],
  ["still arriving", { complete: false }],
  ["in a film", { filming: true }],
  ["whose cells are to be seen", { coarse: true }],
  ["without a size", { width: 0 }],
  ["as fine as that already", { side: 800 }],
])("a map %s stays as it is", (_, change) => {
  expect(fineSides({ ...RESTING, ...change })).toBeUndefined();
});
