import { expect, test } from "vitest";
import { type Cube, cellAt, indexOf, placeOf } from "../../../src/core/latent/cube.ts";
import { cubeRegions } from "../../../src/core/latent/cubeRegions.ts";

const WHOLE = [1, 1, 1];
const SIDE = 15;

/** Class 1 in a ball and in a small block, class 0 elsewhere. */
const cube: Cube = {
  side: SIDE,
  cells: Uint8Array.from({ length: SIDE ** 3 }, (_, index) => {
    const [i, j, k] = cellAt(SIDE, index);
    const ball = Math.hypot(i - 9, j - 8, k - 7) <= 4;
    return ball || (i < 3 && j < 3 && k > 11) ? 1 : 0;
  }),
};
const all = new Uint8Array(SIDE ** 3).fill(1);
const ballOnly = Uint8Array.from(cube.cells, (id) => id);

test("cells of one class that touch are one region, and others of the class another", () => {
  const { regions } = cubeRegions(cube, all, WHOLE, undefined);
  const [ball, block, rest] = (
    [
      [9, 8, 7],
      [1, 1, 13],
      [0, 0, 0],
    ] as const
  ).map((cell) => regions[indexOf(SIDE, cell)]);
  expect(new Set([ball, block, rest]).size).toBe(3);
  expect(Math.max(...regions)).toBe(2);
  regions.forEach((region, index) => {
    if (cube.cells[index] === 0) expect(region).toBe(rest);
    else expect([ball, block]).toContain(region);
  });
});

test("a region's innermost place is the one farthest from all that is not the region", () => {
  const { regions, anchors } = cubeRegions(cube, ballOnly, WHOLE, undefined);
  const region = regions[indexOf(SIDE, [9, 8, 7])] ?? -1;
  const [inner] = anchors.filter((anchor) => anchor.region === region && !anchor.normal);
  expect(inner?.place).toEqual(placeOf(SIDE, [9, 8, 7]));
  // City-block distances: from the middle of the ball to the first cell outside it.
  let nearest = Number.POSITIVE_INFINITY;
  cube.cells.forEach((id, index) => {
    const [i, j, k] = cellAt(SIDE, index);
    if (id === 0) nearest = Math.min(nearest, Math.abs(i - 9) + Math.abs(j - 8) + Math.abs(k - 7));
  });
  // The border passes half a cell before that cell.
  expect(inner?.depth).toBeCloseTo((2 * nearest - 1) / (SIDE - 1), 6);
});

test("cells that are not drawn have no region", () => {
  const { regions } = cubeRegions(cube, ballOnly, WHOLE, undefined);
  regions.forEach((region, index) => {
    expect(region >= 0).toBe(cube.cells[index] === 1);
  });
});

test("on every wall a name can stand in the middle of what is seen of the region", () => {
  const one: Cube = { side: 9, cells: new Uint8Array(729).fill(5) };
  const { anchors } = cubeRegions(one, new Uint8Array(729).fill(1), WHOLE, undefined);
  const walls = anchors.filter(({ normal }) => normal);
  expect(walls).toHaveLength(6);
  for (const { place, normal, classId } of walls) {
    expect(classId).toBe(5);
    expect(place).toEqual(normal);
  }
});

test("a cut and the removed corner are walls as well", () => {
  const one: Cube = { side: 9, cells: new Uint8Array(729).fill(5) };
  const corner = { at: [0, 0, 0], sides: [1, 1, 1] } as const;
  const visible = Uint8Array.from({ length: 729 }, (_, index) => {
    const [i, j, k] = cellAt(9, index);
    return i > 6 || (i >= 4 && j >= 4 && k >= 4) ? 0 : 1;
  });
  const { anchors } = cubeRegions(one, visible, [0.5, 1, 1], corner);
  const high = anchors.filter(({ normal }) => normal && normal[0] === 1).map(({ place }) => place[0]);
  expect(high.sort()).toEqual([0, 0.5]);
  const [inside] = anchors.filter(({ normal, place }) => normal?.[0] === 1 && place[0] === 0);
  expect(inside?.place[1]).toBeGreaterThanOrEqual(0);
  expect(inside?.place[2]).toBeGreaterThanOrEqual(0);
});
