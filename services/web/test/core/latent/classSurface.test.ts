import { describe, expect, test } from "vitest";
import { classSurface } from "../../../src/core/latent/classSurface.ts";
import {
  type Corner,
  type Cube,
  cellAt,
  indexOf,
  placeOf,
  visibleCells,
} from "../../../src/core/latent/cube.ts";
import { type Mesh, NORMAL_BYTES, PAINT_BYTES } from "../../../src/core/latent/mesh.ts";

const WHOLE = [1, 1, 1];

function cubeOf(side: number, classAt: (x: number, y: number, z: number) => number): Cube {
  const cells = new Uint8Array(side ** 3);
  for (let index = 0; index < cells.length; index++) {
    cells[index] = classAt(...placeOf(side, cellAt(side, index)));
  }
  return { side, cells };
}

function surface(
  cube: Cube,
  hidden: readonly number[],
  cut: readonly number[] = WHOLE,
  corner: Corner | undefined = undefined,
): Mesh {
  const chosen = { hidden: new Set(hidden), only: undefined, among: undefined };
  const shown = visibleCells(cube, { ...chosen, cut: WHOLE, corner: undefined });
  const visible = visibleCells(cube, { ...chosen, cut, corner });
  return classSurface(cube, { shown, visible, cut, corner });
}

type Triple = readonly [number, number, number];

const at = ({ positions }: Mesh, vertex: number): Triple => [
  positions[3 * vertex] ?? 0,
  positions[3 * vertex + 1] ?? 0,
  positions[3 * vertex + 2] ?? 0,
];

function trianglesOf(mesh: Mesh): [number, number, number][] {
  return Array.from({ length: mesh.indices.length / 3 }, (_, triangle) => [
    mesh.indices[3 * triangle] ?? 0,
    mesh.indices[3 * triangle + 1] ?? 0,
    mesh.indices[3 * triangle + 2] ?? 0,
  ]);
}

const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Its area, and the volume that it encloses. */
function measured(mesh: Mesh): { area: number; volume: number } {
  let [area, volume] = [0, 0];
  for (const corners of trianglesOf(mesh)) {
    const [a, b, c] = corners.map((vertex) => at(mesh, vertex)) as [Triple, Triple, Triple];
    const normal = cross([b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]);
    area += Math.hypot(...normal) / 2;
    volume += (a[0] * normal[0] + a[1] * normal[1] + a[2] * normal[2]) / 6;
  }
  return { area, volume };
}

/** Vertices less sides and plus triangles, where those at one place are one; and the sides without a partner. */
function topology(mesh: Mesh): { euler: number; unpaired: number } {
  const places = new Map<string, number>();
  const merged = Array.from({ length: mesh.positions.length / 3 }, (_, vertex) => {
    const key = at(mesh, vertex)
      .map((value) => value.toFixed(6))
      .join();
    if (!places.has(key)) places.set(key, places.size);
    return places.get(key) ?? 0;
  });
  const sides = new Map<string, number>();
  const used = new Set<number>();
  let triangles = 0;
  for (const corners of trianglesOf(mesh)) {
    const [a, b, c] = corners.map((vertex) => merged[vertex] ?? 0) as [number, number, number];
    if (a === b || b === c || c === a) continue;
    triangles += 1;
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      used.add(from);
      const key = `${Math.min(from, to)},${Math.max(from, to)}`;
      sides.set(key, (sides.get(key) ?? 0) + (from < to ? 1 : 1000));
    }
  }
  return {
    euler: used.size - sides.size + triangles,
    unpaired: [...sides.values()].filter((times) => times % 1000 !== Math.floor(times / 1000)).length,
  };
}

const BALL = cubeOf(25, (x, y, z) => (Math.hypot(x, y, z) < 0.7 ? 1 : 0));

/** Classes that change from cell to cell, the same in every run. */
function noise(side: number, classes: number): Cube {
  let state = 1;
  const cells = Uint8Array.from({ length: side ** 3 }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * classes);
  });
  return { side, cells };
}

test("a ball is closed, of one piece, and has a ball's area and volume", () => {
  const mesh = surface(BALL, [0]);
  expect(topology(mesh)).toEqual({ euler: 2, unpaired: 0 });
  const { area, volume } = measured(mesh);
  expect(area / (4 * Math.PI * 0.7 ** 2)).toBeCloseTo(1, 1);
  expect(volume / ((4 / 3) * Math.PI * 0.7 ** 3)).toBeCloseTo(1, 1);
});

test("its normals point away from its middle", () => {
  const mesh = surface(BALL, [0]);
  for (let vertex = 0; vertex < mesh.positions.length / 3; vertex++) {
    const place = at(mesh, vertex);
    const normal = mesh.normals.subarray(NORMAL_BYTES * vertex, NORMAL_BYTES * vertex + 3);
    const along = place.reduce((sum, value, axis) => sum + value * (normal[axis] ?? 0), 0);
    expect(along / Math.hypot(...place) / 127).toBeGreaterThan(0.9);
  }
});

test("a plane through the cube stays a plane up to the walls", () => {
  const mesh = surface(
    cubeOf(21, (x, y, z) => (x + 0.4 * y + 0.2 * z < 0.03 ? 1 : 0)),
    [0],
  );
  for (let vertex = 0; vertex < mesh.positions.length / 3; vertex++) {
    const [x, y, z] = at(mesh, vertex);
    if (Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) === 1 && x + 0.4 * y + 0.2 * z < -0.1) continue;
    if (Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) > 0.999) continue;
    expect(Math.abs(x + 0.4 * y + 0.2 * z - 0.03)).toBeLessThan(0.04);
  }
});

describe("closed, without a gap:", () => {
  const corner: Corner = { at: [0.2, -0.1, 0], sides: [1, -1, 1] };
  test.each<[string, Mesh]>([
    [
      "a cube of one class",
      surface(
        cubeOf(5, () => 3),
        [],
      ),
    ],
    [
      "two classes side by side",
      surface(
        cubeOf(9, (x) => (x < 0.1 ? 1 : 2)),
        [],
      ),
    ],
    [
      "a cube that is cut",
      surface(
        cubeOf(9, (x, y) => (x < y ? 1 : 2)),
        [],
        [0.4, 1, 0],
      ),
    ],
    [
      "a cube without a corner",
      surface(
        cubeOf(9, (x, y) => (x < y ? 1 : 2)),
        [],
        WHOLE,
        corner,
      ),
    ],
    ["a hidden class, cuts and a corner at once", surface(BALL, [1], [0.8, 0.6, 1], corner)],
    ["noise of four classes, two of them hidden", surface(noise(8, 4), [1, 2])],
    ["the same, cut and without a corner", surface(noise(8, 4), [1, 2], [0.5, 1, 1], corner)],
    [
      "a single cell",
      surface(
        cubeOf(7, (x, y, z) => (x === 0 && y === 0 && z === 0 ? 1 : 0)),
        [0],
      ),
    ],
  ])("%s", (_, mesh) => {
    expect(mesh.indices.length).toBeGreaterThan(0);
    expect(topology(mesh).unpaired).toBe(0);
  });
});

test("walls, cuts and the removed corner are flat and sharp", () => {
  const whole = measured(
    surface(
      cubeOf(9, () => 1),
      [],
    ),
  );
  expect(whole.area).toBeCloseTo(24, 4);
  expect(whole.volume).toBeCloseTo(8, 4);
  // At cells: 0.5 is the seventh of nine, from -1 to 1.
  expect(
    measured(
      surface(
        cubeOf(9, () => 1),
        [],
        [0.5, 1, 1],
      ),
    ).volume,
  ).toBeCloseTo(6, 4);
  const open = measured(
    surface(
      cubeOf(9, () => 1),
      [],
      WHOLE,
      { at: [0, 0, 0], sides: [1, 1, -1] },
    ),
  );
  expect(open.volume).toBeCloseTo(7, 4);
  expect(open.area).toBeCloseTo(24, 4);
});

test("no vertex is farther than half a cell from the middle between two cells of which one is shown", () => {
  for (const cube of [BALL, noise(10, 3)]) {
    const { side } = cube;
    const cell = 2 / (side - 1);
    const middles: Triple[] = [];
    cube.cells.forEach((id, index) => {
      const [i, j, k] = cellAt(side, index);
      for (const [di, dj, dk] of [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as const) {
        if (i + di >= side || j + dj >= side || k + dk >= side) continue;
        const other = cube.cells[indexOf(side, [i + di, j + dj, k + dk])];
        if ((id === 0) === (other === 0)) continue;
        const [x, y, z] = placeOf(side, [i, j, k]);
        middles.push([x + (di * cell) / 2, y + (dj * cell) / 2, z + (dk * cell) / 2]);
      }
    });
    const mesh = surface(cube, [0]);
    for (let vertex = 0; vertex < mesh.positions.length / 3; vertex++) {
      const [x, y, z] = at(mesh, vertex);
      if (Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) > 1 - 1e-6) continue;
      // Where classes meet on it, a vertex lies between those of the surface.
      if (mesh.paint[PAINT_BYTES * vertex + 2] === 0) continue;
      const nearest = Math.min(...middles.map((to) => Math.hypot(to[0] - x, to[1] - y, to[2] - z)));
      expect(nearest).toBeLessThanOrEqual(cell / 2 + 1e-6);
    }
  }
});

test("each class has its side of a border on a wall, and the line is between its cells", () => {
  const mesh = surface(
    cubeOf(11, (x, y) => (x + 0.3 * y < 0.05 ? 4 : 7)),
    [],
  );
  for (let vertex = 0; vertex < mesh.positions.length / 3; vertex++) {
    const [x, y] = at(mesh, vertex);
    const beyond = x + 0.3 * y - 0.05;
    const [id, , apart] = mesh.paint.subarray(PAINT_BYTES * vertex, PAINT_BYTES * (vertex + 1));
    if (apart === 0) expect(Math.abs(beyond)).toBeLessThan(0.1);
    else expect(id).toBe(beyond < 0 ? 4 : 7);
  }
});

test("the triangles stand in the order of their directions", () => {
  const mesh = surface(BALL, [1], [0.5, 1, 1]);
  expect(mesh.ends).toHaveLength(7);
  expect(mesh.ends.at(-1)).toBe(mesh.indices.length);
  for (let direction = 0; direction < 6; direction++) {
    const part = mesh.indices.subarray(direction > 0 ? mesh.ends[direction - 1] : 0, mesh.ends[direction]);
    expect(part.length).toBeGreaterThan(0);
    for (const vertex of part) {
      const along = mesh.normals[NORMAL_BYTES * vertex + (direction >> 1)];
      expect(along).toBe(direction & 1 ? 127 : -127);
    }
  }
});

test("colours fade with the opacity of their cells", () => {
  const cube = { ...cubeOf(4, () => 1), opacity: new Uint8Array(64).fill(90) };
  const mesh = surface(cube, []);
  expect(mesh.paint.every((value, place) => place % PAINT_BYTES !== 1 || value === 90)).toBe(true);
});

test("nothing shown has no surface", () => {
  expect(surface(BALL, [0, 1]).indices).toHaveLength(0);
});
