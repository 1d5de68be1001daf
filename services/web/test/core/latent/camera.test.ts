import { expect, test } from "vitest";
import {
  cameraOf,
  facing,
  firstHit,
  HOME,
  matrixOf,
  projected,
  rayThrough,
  rayToCamera,
  tidy,
  turned,
  zoomed,
} from "../../../src/core/latent/camera.ts";
import { indexOf } from "../../../src/core/latent/cube.ts";

const front = { azimuth: 0, elevation: 0, zoom: 1 };

test("from the front the first axis runs right, the third up, and the second away", () => {
  const matrix = matrixOf(front);
  expect(projected(matrix, [0, 0, 0])).toEqual({ x: 0.5, y: 0.5 });
  expect(projected(matrix, [1, 0, 0]).x).toBeGreaterThan(0.6);
  expect(projected(matrix, [0, 0, 1]).y).toBeLessThan(0.4);
  expect(facing(front)[1]).toBe(-1);
  const near = projected(matrix, [1, -1, 0]).x;
  const far = projected(matrix, [1, 1, 0]).x;
  expect(near, "nearer is larger").toBeGreaterThan(far);
});

test.each([
  [0, 0],
  [45, 35],
  [-120, -60],
  [180, 89],
])("the whole cube is in the picture from %d°, %d°", (azimuth, elevation) => {
  const matrix = matrixOf({ azimuth, elevation, zoom: 1 });
  for (const x of [-1, 1])
    for (const y of [-1, 1])
      for (const z of [-1, 1]) {
        const seen = projected(matrix, [x, y, z]);
        expect(Math.min(seen.x, seen.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(seen.x, seen.y)).toBeLessThanOrEqual(1);
      }
});

test("a line of sight goes through the place that is seen there", () => {
  const camera = { azimuth: 33, elevation: 21, zoom: 1.3 };
  const place = [0.2, -0.7, 0.4] as const;
  const { x, y } = projected(matrixOf(camera), place);
  const { origin, direction } = rayThrough(camera, x, y);
  const t = (place[0] - origin[0]) / direction[0];
  place.forEach((value, axis) => {
    expect((origin[axis] ?? 0) + t * (direction[axis] ?? 0)).toBeCloseTo(value, 5);
  });
});

test("the first drawn cell on a line of sight is hit, where the line enters it", () => {
  const side = 5;
  const visible = new Uint8Array(side ** 3).fill(1);
  const hit = firstHit(side, visible, rayThrough(front, 0.5, 0.5));
  expect(hit?.index).toBe(indexOf(side, [2, 0, 2]));
  expect(hit?.place[1]).toBeCloseTo(-1, 5);
  for (const j of [0, 1, 2]) visible[indexOf(side, [2, j, 2])] = 0;
  const deeper = firstHit(side, visible, rayThrough(front, 0.5, 0.5));
  expect(deeper?.index).toBe(indexOf(side, [2, 3, 2]));
  expect(deeper?.place[1]).toBeCloseTo(0.25, 5);
  expect(firstHit(side, visible, rayThrough(front, 0.02, 0.02))).toBeUndefined();
  expect(firstHit(side, new Uint8Array(side ** 3), rayThrough(front, 0.5, 0.5))).toBeUndefined();
});

test("cells between a place and the camera hide it", () => {
  const side = 3;
  const visible = new Uint8Array(27);
  const ray = rayToCamera(front, [0, 0, 0]);
  expect(firstHit(side, visible, ray, 0)).toBeUndefined();
  visible[indexOf(side, [1, 0, 1])] = 1;
  expect(firstHit(side, visible, ray, 0)?.index).toBe(indexOf(side, [1, 0, 1]));
  visible.fill(0);
  visible[indexOf(side, [1, 2, 1])] = 1;
  expect(firstHit(side, visible, ray, 0), "what lies behind hides nothing").toBeUndefined();
});

test("turning goes all around but not over the poles, and zoom has ends", () => {
  expect(turned({ ...HOME, azimuth: 170 }, 20, 0).azimuth).toBe(-170);
  expect(turned(HOME, 0, 500).elevation).toBe(89);
  expect(zoomed(HOME, 100).zoom).toBe(4);
  expect(tidy({ azimuth: 31.7, elevation: -0.2, zoom: 1.2345 })).toEqual({
    azimuth: 32,
    elevation: -0,
    zoom: 1.23,
  });
});

test("a link's numbers make a camera, or none", () => {
  expect(cameraOf([380, 10])).toEqual({ azimuth: 20, elevation: 10, zoom: 1 });
  expect(cameraOf([5])).toBeUndefined();
  expect(cameraOf(undefined)).toBeUndefined();
});
