import { expect, test } from "vitest";
import { FRAME, imageFrame, imagePoints, imagesAcross } from "../../../src/core/explorer/pictureGrid.ts";
import { toPixel } from "../../../src/core/latent/plane.ts";

const PLANE = { axes: [2, 0], low: -2, high: 2 };

test.each([
  [0, 0],
  [35, 0],
  [36, 1],
  [320, 8],
  [640, 17],
  [2000, 20],
])("on %d pixels there are %d images a side, none smaller than 28 pixels", (width, across) => {
  expect(imagesAcross(width)).toBe(across);
  if (across > 0) expect(imageFrame(width, across, 0).side - 2 * FRAME).toBeGreaterThanOrEqual(28);
});

test("each image is centred on its point, and none touches another or the edge", () => {
  const [width, across] = [641, imagesAcross(641)];
  const points = imagePoints(PLANE, [0.1, 0.7, 0.2], across);
  expect(points).toHaveLength(across ** 2);
  for (const [index, point] of points.entries()) {
    expect(point[1]).toBe(0.7);
    const { x, y } = toPixel(PLANE, point, width);
    const column = imageFrame(width, across, index % across);
    const row = imageFrame(width, across, Math.floor(index / across));
    expect(Math.abs(column.start + column.side / 2 - x)).toBeLessThan(1.1);
    expect(Math.abs(row.start + row.side / 2 - y)).toBeLessThan(1.1);
  }
  const [first, second] = [imageFrame(width, across, 0), imageFrame(width, across, 1)];
  expect(first.start).toBeGreaterThan(0);
  expect(second.start).toBeGreaterThanOrEqual(first.start + first.side + 3);
  expect(imageFrame(width, across, across - 1).start + first.side).toBeLessThan(width);
});

test("the first image is the one at the top left", () => {
  expect(imagePoints(PLANE, [0, 0, 0], 2)).toEqual([
    [1, 0, -1],
    [1, 0, 1],
    [-1, 0, -1],
    [-1, 0, 1],
  ]);
});
