import { expect, test } from "vitest";
import { surestPlace } from "../../../src/core/explorer/firstSight.ts";
import type { Lattice } from "../../../src/core/latent/lattice.ts";

/** Rows as one reads them: the first one is the top; a capital letter is a sure cell. */
function plane(...rows: string[]): Lattice {
  const text = [...rows].reverse().join("");
  return {
    side: rows.length,
    cells: Uint8Array.from(text, (letter) => letter.toLowerCase().charCodeAt(0) - 97),
    confidence: Float32Array.from(text, (letter) => (letter === letter.toUpperCase() ? 0.95 : 0.4)),
  };
}

test("it is the middle of the largest sure region, not of the largest region", () => {
  const map = plane("aaaaaaa", "aaaaaaa", "aaaaaaa", "BBBaaaa", "BBBaaaa", "BBBaCCa", "aaaaaaa");
  expect(surestPlace(map)).toEqual([1, 2]);
});

test("without a word about confidence it is the middle of the largest region", () => {
  const { side, cells } = plane("aaaaab", "aaaaab", "aaaaab", "aaaaab", "aaaaab", "bbbbbb");
  expect(surestPlace({ side, cells })).toEqual([2, 3]);
});

test("where nothing is sure it is the largest region's deepest and surest cell", () => {
  const map = plane("aaab", "aaab", "aaab", "bbbb");
  expect(surestPlace(map)).toEqual([1, 2]);
  const uneven = { ...plane("aaaa", "aaaa", "aaaa", "aaaa"), confidence: new Float32Array(16).fill(0.3) };
  uneven.confidence[2 + 4] = 0.5;
  expect(surestPlace(uneven)).toEqual([2, 1]);
});

test("of a conditional model it is a region of what was asked for, if there is one", () => {
  const map = plane("AAAAA", "AAAAA", "AAAAA", "AABBB", "AABBB");
  expect(surestPlace(map, 1)[0]).toBeGreaterThan(1);
  expect(surestPlace(map, 1)[1]).toBeLessThan(2);
  expect(surestPlace(map, 2)).toEqual(surestPlace(map));
});

test("a cube is searched in all three directions", () => {
  const side = 7;
  const cells = new Uint8Array(side ** 3);
  const confidence = new Float32Array(side ** 3).fill(0.2);
  for (let k = 2; k < 7; k++)
    for (let j = 1; j < 6; j++)
      for (let i = 0; i < 5; i++) {
        cells[i + side * (j + side * k)] = 3;
        confidence[i + side * (j + side * k)] = 0.9;
      }
  expect(surestPlace({ side, cells, confidence })).toEqual([2, 3, 4]);
});

test("a band has one axis", () => {
  expect(surestPlace({ side: 6, cells: Uint8Array.of(0, 1, 1, 1, 1, 0).slice() })).toHaveLength(1);
});
