import { expect, test } from "vitest";
import { type Cell, type Cube, indexOf } from "../../../src/core/latent/cube.ts";
import { FACE_BYTES, surfaceOf } from "../../../src/core/latent/voxels.ts";

function facesOf(cube: Cube, visible: Uint8Array) {
  const bytes = surfaceOf(cube, visible);
  return Array.from({ length: bytes.length / FACE_BYTES }, (_, face) => {
    const [i = 0, j = 0, k = 0, direction = 0, id = 0, borders = 0, shades = 0] = bytes.subarray(
      face * FACE_BYTES,
      (face + 1) * FACE_BYTES,
    );
    return { cell: [i, j, k] as Cell, direction, id, borders, shades };
  });
}

test("a whole cube shows its six sides and nothing of its inside", () => {
  const cube: Cube = { side: 4, cells: new Uint8Array(64).fill(7) };
  const faces = facesOf(cube, new Uint8Array(64).fill(1));
  expect(faces).toHaveLength(6 * 16);
  expect(faces.every(({ id, borders, shades }) => id === 7 && borders === 0 && shades === 255)).toBe(true);
});

test("a lone cell has six faces, one in each direction", () => {
  const visible = new Uint8Array(27);
  visible[13] = 1;
  const faces = facesOf({ side: 3, cells: new Uint8Array(27) }, visible);
  expect(faces.map(({ direction }) => direction).sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test("each face carries the opacity of its cell, which is full if nothing else is said", () => {
  const visible = new Uint8Array(8).fill(1);
  const cells = new Uint8Array(8);
  const plain = surfaceOf({ side: 2, cells }, visible);
  expect(plain.filter((_, at) => at % FACE_BYTES === 7).every((value) => value === 255)).toBe(true);
  const opacity = Uint8Array.from({ length: 8 }, (_, index) => 10 * index);
  const bytes = surfaceOf({ side: 2, cells, opacity }, visible);
  for (let at = 0; at < bytes.length; at += FACE_BYTES) {
    const [i = 0, j = 0, k = 0] = bytes.subarray(at, at + 3);
    expect(bytes[at + 7]).toBe(10 * indexOf(2, [i, j, k]));
  }
});

test("nothing drawn has no surface", () => {
  expect(surfaceOf({ side: 3, cells: new Uint8Array(27) }, new Uint8Array(27))).toHaveLength(0);
});

test("borders stand between classes on the surface, on both sides of it", () => {
  const cells = new Uint8Array(8);
  for (const j of [0, 1]) for (const k of [0, 1]) cells[indexOf(2, [1, j, k])] = 1;
  const top = facesOf({ side: 2, cells }, new Uint8Array(8).fill(1)).filter(
    ({ direction }) => direction === 5,
  );
  // On top the first axis is u: the low cells border at u high (2), the high ones at u low (1).
  expect(top.map(({ cell, borders }) => [cell[0], borders])).toEqual([
    [0, 2],
    [1, 1],
    [0, 2],
    [1, 1],
  ]);
});

test("corners beside a wall are darker, those between two walls the darkest", () => {
  const visible = new Uint8Array(27);
  const cells = new Uint8Array(27);
  for (const cell of [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 0],
  ] as const) {
    visible[indexOf(3, cell)] = 1;
  }
  const floor = facesOf({ side: 3, cells }, visible).find(
    ({ cell, direction }) => direction === 5 && indexOf(3, cell) === indexOf(3, [1, 1, 0]),
  );
  // Walls stand at u low (cell 0,1,1) and v low (cell 1,0,1): corner 0 lies between them.
  const shade = (corner: number) => ((floor?.shades ?? 0) >> (2 * corner)) & 3;
  expect([0, 1, 2, 3].map(shade)).toEqual([0, 2, 2, 3]);
});
