import { expect, test } from "vitest";
import { CELL_EDGES, TRIANGLES } from "../../../src/core/latent/marchingCubes.ts";

type Triple = readonly [number, number, number];

const cornerAt = (corner: number): Triple => [corner & 1, (corner >> 1) & 1, corner >> 2];

function middleOf(edge: number): Triple {
  const { low = 0, high = 0 } = CELL_EDGES[edge] ?? {};
  const [a, b] = [cornerAt(low), cornerAt(high)];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}

const minus = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Sides of the triangles of a case that no other of its triangles has the other way round. */
function openSides(inner: number): [number, number][] {
  const triangles = TRIANGLES[inner] ?? [];
  const sides = triangles.map(
    (edge, at) => [edge, triangles[at % 3 === 2 ? at - 2 : at + 1] ?? 0] as const,
  );
  return sides.filter(([a, b]) => !sides.some(([c, d]) => c === b && d === a)).map(([a, b]) => [a, b]);
}

const isOn = (edge: number, axis: number, side: number) => middleOf(edge)[axis] === side;

test("every edge between an inner and an outer corner is used, and no other", () => {
  for (let inner = 0; inner < 256; inner++) {
    const crossed = CELL_EDGES.flatMap(({ low, high }, edge) =>
      ((inner >> low) & 1) !== ((inner >> high) & 1) ? [edge] : [],
    );
    expect([...new Set(TRIANGLES[inner])].sort((a, b) => a - b)).toEqual(crossed);
  }
});

test("the open sides of every case lie on the faces of the cell, and no other side does", () => {
  for (let inner = 0; inner < 256; inner++) {
    const triangles = TRIANGLES[inner] ?? [];
    const onFaces = triangles
      .map((edge, at) => [edge, triangles[at % 3 === 2 ? at - 2 : at + 1] ?? 0] as const)
      .filter(([a, b]) =>
        [0, 1, 2].some((axis) => [0, 1].some((s) => isOn(a, axis, s) && isOn(b, axis, s))),
      );
    expect(onFaces).toEqual(openSides(inner));
  }
});

test("whatever two cells meet at a face, the surface goes on from one to the other without a hole", () => {
  const sidesOn = (inner: number, axis: number, side: number) =>
    openSides(inner).filter(([a, b]) => isOn(a, axis, side) && isOn(b, axis, side));
  /** The same edge in the next cell along an axis. */
  const across = (edge: number, axis: number) => {
    const [x, y, z] = middleOf(edge);
    const there = [x, y, z].map((value, along) => (along === axis ? 0 : value));
    return CELL_EDGES.findIndex((_, other) => String(middleOf(other)) === String(there));
  };
  for (const axis of [0, 1, 2]) {
    // By the corners on the face alone: what the rest of both cells is makes no difference.
    const byFace = new Map<number, string>();
    for (let inner = 0; inner < 256; inner++) {
      const turned = sidesOn(inner, axis, 1).map(([a, b]) => `${across(b, axis)}>${across(a, axis)}`);
      const face = [0, 1, 2, 3, 4, 5, 6, 7]
        .filter((corner) => cornerAt(corner)[axis] === 1 && (inner >> corner) & 1)
        .reduce((bits, corner) => bits | (1 << (corner & ~(1 << axis))), 0);
      const text = turned.sort().join();
      expect(byFace.get(face) ?? text).toBe(text);
      byFace.set(face, text);
    }
    for (let inner = 0; inner < 256; inner++) {
      const face = [0, 1, 2, 3, 4, 5, 6, 7]
        .filter((corner) => cornerAt(corner)[axis] === 0 && (inner >> corner) & 1)
        .reduce((bits, corner) => bits | (1 << corner), 0);
      const own = sidesOn(inner, axis, 0).map(([a, b]) => `${a}>${b}`);
      expect(own.sort().join()).toBe(byFace.get(face));
    }
  }
});

test("a lone corner is cut off by one triangle that faces away from it", () => {
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = (TRIANGLES[1 << corner] ?? []).map(middleOf) as [Triple, Triple, Triple];
    expect(TRIANGLES[1 << corner]).toHaveLength(3);
    expect(dot(cross(minus(b, a), minus(c, a)), minus(a, cornerAt(corner)))).toBeGreaterThan(0);
  }
});
