import { expect, test } from "vitest";
import { suggestedWalk } from "../../../src/core/explorer/suggestedWalk.ts";

function lattice(side: number, axes: number, classAt: (place: readonly number[]) => number) {
  const cells = Uint8Array.from({ length: side ** axes }, (_, index) =>
    classAt(Array.from({ length: axes }, (_, axis) => Math.floor(index / side ** axis) % side)),
  );
  return { side, cells };
}

/** Classes on the straight way between two places. */
function classesOn(map: { side: number; cells: Uint8Array }, a: readonly number[], b: readonly number[]) {
  return new Set(
    Array.from({ length: 201 }, (_, step) => {
      const at = a.map((value, axis) => Math.round(value + (step / 200) * ((b[axis] ?? 0) - value)));
      return map.cells[at.reduceRight((index, value) => index * map.side + value, 0)];
    }),
  );
}

test("stripes are crossed from end to end, from the middle of the first to that of the last", () => {
  const map = lattice(20, 2, ([x = 0]) => Math.floor(x / 4));
  const walk = suggestedWalk(map);
  if (!walk) throw new Error("no walk");
  expect(classesOn(map, walk.a, walk.b).size).toBe(5);
  const across = [walk.a[0] ?? 0, walk.b[0] ?? 0].sort((one, other) => one - other);
  expect(across[0]).toBeGreaterThan(0.5);
  expect(across[0]).toBeLessThan(3);
  expect(across[1]).toBeGreaterThan(16);
  expect(across[1]).toBeLessThan(18.5);
});

test("the most classes win: a diagonal where no row and no column has as many", () => {
  const map = lattice(21, 2, ([x = 0, y = 0]) => Math.floor((x + y) / 9));
  const walk = suggestedWalk(map);
  expect(walk && classesOn(map, walk.a, walk.b).size).toBe(5);
});

test("classes that the classifier only guesses do not count", () => {
  const map = lattice(20, 2, ([x = 0, y = 0]) => (y < 10 ? Math.floor(x / 4) : x < 10 ? 7 : 8));
  const confidence = Float32Array.from(map.cells, (id) => (id < 5 ? 0.3 : 0.9));
  const walk = suggestedWalk({ ...map, confidence });
  expect(walk && [walk.a[1], walk.b[1]].every((y) => (y ?? 0) >= 9.5)).toBe(true);
});

test("a cube is crossed along the axis on which the classes follow one another", () => {
  const map = lattice(12, 3, ([, , z = 0]) => Math.floor(z / 3));
  const walk = suggestedWalk(map);
  expect(walk && classesOn(map, walk.a, walk.b).size).toBe(4);
});

test("one class alone has no way to suggest", () => {
  expect(suggestedWalk(lattice(8, 2, () => 3))).toBeUndefined();
});
