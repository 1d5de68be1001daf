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
  expect(fineSides({ ...RESTING, width, pixelRatio })).toEqual([cells]);
});

test("no more cells than the API draws", () => {
  const [cells = 0] = fineSides({ ...RESTING, width: 10_000, pixelRatio: 4 });
  expect(cells ** 2).toBeLessThanOrEqual(128 ** 3);
});

test.each([
  ["over one axis", { axes: 1 }],
  ["a cube of numbers", { axes: 3, side: 24, classes: false }],
  ["a cube whose cells are to be seen", { axes: 3, side: 24, coarse: true }],
  ["a cube as fine as that already", { axes: 3, side: 48 }],
  ["numbers", { classes: false }],
  ["still arriving", { complete: false }],
  ["in a film", { filming: true }],
  ["whose cells are to be seen", { coarse: true }],
  ["without a size", { width: 0 }],
  ["as fine as that already", { side: 800 }],
])("a map %s stays as it is", (_, change) => {
  expect(fineSides({ ...RESTING, ...change })).toEqual([]);
});

test.each([
  [16, [32, 48]],
  [24, [32, 48]],
  [32, [48]],
])("a cube of %d cells a side is drawn with %j, whatever its size on the screen", (side, sides) => {
  expect(fineSides({ ...RESTING, axes: 3, side, width: 0 })).toEqual(sides);
});
