import { expect, test } from "vitest";
import { CubeNames, type Seen } from "../../../src/core/explorer/cubeNames.ts";
import { type Camera, HOME, matrixOf, projected } from "../../../src/core/latent/camera.ts";
import { type Cube, cellAt, placeOf } from "../../../src/core/latent/cube.ts";
import { cubeRegions } from "../../../src/core/latent/cubeRegions.ts";

const SIDE = 16;
const WIDTH = 600;
const FRONT: Camera = { azimuth: 0, elevation: 0, zoom: 1 };

function seenOf(classAt: (x: number, y: number, z: number) => number, hidden = -1): Seen {
  const cells = Uint8Array.from({ length: SIDE ** 3 }, (_, index) =>
    classAt(...placeOf(SIDE, cellAt(SIDE, index))),
  );
  const cube: Cube = { side: SIDE, cells };
  const visible = Uint8Array.from(cells, (id) => (id === hidden ? 0 : 1));
  return { side: SIDE, visible, ...cubeRegions(cube, visible, [1, 1, 1], undefined) };
}

const halves = seenOf((x) => (x < 0 ? 0 : 1));

test("each region has one name, on what is seen of it", () => {
  const names = new CubeNames(["zero", "one"]).of(halves, FRONT, WIDTH, []);
  expect(names.map(({ classId }) => classId).sort()).toEqual([0, 1]);
  for (const { classId, x, y } of names) {
    expect(x < WIDTH / 2).toBe(classId === 0);
    expect(Math.abs(y - WIDTH / 2)).toBeLessThan(40);
  }
});

test("what is behind another region has no name", () => {
  const layers = seenOf((_, y) => (y < 0 ? 0 : 1));
  const names = new CubeNames(["zero", "one"]).of(layers, FRONT, WIDTH, []);
  expect(names.map(({ classId }) => classId)).toEqual([0]);
});

test("a region inside is named once what lies before it is hidden", () => {
  const ball = (x: number, y: number, z: number) => (Math.hypot(x, y, z) < 0.6 ? 1 : 0);
  const names = new CubeNames(["rest", "ball"]);
  expect(names.of(seenOf(ball), HOME, WIDTH, []).map(({ classId }) => classId)).toEqual([0]);
  const [name, ...none] = names.of(seenOf(ball, 0), HOME, WIDTH, []);
  expect(none).toEqual([]);
  expect(name?.classId).toBe(1);
  const middle = projected(matrixOf(HOME), [0, 0, 0]);
  expect(Math.hypot((name?.x ?? 0) - middle.x * WIDTH, (name?.y ?? 0) - middle.y * WIDTH)).toBeLessThan(40);
});

test("a region that is too small for its name has none", () => {
  const sliver = seenOf((x) => (x > 0.85 ? 1 : 0));
  expect(new CubeNames(["0", "1"]).of(sliver, FRONT, 300, []).map(({ classId }) => classId)).toEqual([0]);
  const half = new CubeNames(["0", "a name as long as no half of a cube is wide on a screen"]);
  expect(half.of(halves, FRONT, 200, []).map(({ classId }) => classId)).toEqual([0]);
});

test("names never lie on one another, nor on what is to stay free", () => {
  const many = seenOf((x, y, z) => (x < 0 ? 0 : 1) + (y < 0 ? 0 : 2) + (z < 0 ? 0 : 4));
  const classes = Array.from({ length: 8 }, (_, id) => `class ${id}`);
  const names = new CubeNames(classes);
  for (let azimuth = -180; azimuth < 180; azimuth += 7) {
    const shown = names.of(many, { azimuth, elevation: 20, zoom: 1 }, 320, [{ x: 160, y: 160 }]);
    expect(shown.length).toBeGreaterThan(0);
    shown.forEach((one, at) => {
      for (const other of [...shown.slice(at + 1), { x: 160, y: 160 }]) {
        expect(Math.abs(one.x - other.x) >= 30 || Math.abs(one.y - other.y) >= 18).toBe(true);
      }
    });
  }
});

test("a name stays on its wall until another one has far more room", () => {
  // A thin shell: on its walls there is more room for the name than inside it.
  const shell = seenOf((x, y, z) => (Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) > 0.7 ? 0 : 1));
  const names = new CubeNames(["0", "1"]);
  const at = (azimuth: number) => names.of(shell, { azimuth, elevation: 0, zoom: 1 }, WIDTH, [])[0];
  const onFront = (azimuth: number) => isNear(at(azimuth)?.x, azimuth, [0, -1, 0]);
  const onRight = (azimuth: number) => isNear(at(azimuth)?.x, azimuth, [1, 0, 0]);
  // Within a cell of the middle of the wall.
  const isNear = (x = 0, azimuth: number, place: readonly [number, number, number]) =>
    Math.abs(x - projected(matrixOf({ azimuth, elevation: 0, zoom: 1 }), place).x * WIDTH) < 15;
  expect(onFront(10)).toBe(true);
  expect(onFront(52)).toBe(true);
  expect(onRight(75)).toBe(true);
  expect(onRight(38)).toBe(true);
});
