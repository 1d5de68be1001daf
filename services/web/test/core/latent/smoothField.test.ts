import { expect, test } from "vitest";
import { cellAt, indexOf } from "../../../src/core/latent/cube.ts";
import { crowding, Shares, smoothed, tapsOf } from "../../../src/core/latent/smoothField.ts";

const SIDE = 7;
const mask = Uint8Array.from({ length: SIDE ** 3 }, (_, index) => ((index * 7919) % 13 < 5 ? 1 : 0));

test("the weights of every place add up to one", () => {
  for (const side of [1, 2, 3, 5, 9]) {
    const taps = tapsOf(side);
    for (let place = 0; place < side; place++) {
      const sum = taps.subarray(5 * place, 5 * place + 5).reduce((total, weight) => total + weight, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
  }
});

test("inside, a cell takes from its neighbours as the binomials say", () => {
  const binomial = [1, 4, 6, 4, 1].map((weight) => weight / 16);
  let sum = 0;
  for (let k = 0; k < 5; k++) {
    for (let j = 0; j < 5; j++) {
      for (let i = 0; i < 5; i++) {
        const weight = (binomial[i] ?? 0) * (binomial[j] ?? 0) * (binomial[k] ?? 0);
        sum += weight * (mask[indexOf(SIDE, [i + 1, j + 1, k + 1])] ?? 0);
      }
    }
  }
  expect(smoothed(SIDE, mask)[indexOf(SIDE, [3, 3, 3])]).toBeCloseTo(sum, 5);
});

test("a slope stays the slope that it is, up to the walls", () => {
  // Of bytes, so that it can be given as a mask.
  const slope = Uint8Array.from({ length: SIDE ** 3 }, (_, index) => 2 * cellAt(SIDE, index)[0] + 3);
  smoothed(SIDE, slope).forEach((value, index) => {
    expect(value).toBeCloseTo(slope[index] ?? 0, 4);
  });
});

test("the share of a class around a cell is what smoothing its mask gives", () => {
  const shares = new Shares(SIDE, mask);
  const field = smoothed(SIDE, mask);
  for (const index of [0, 5, 60, 171, 342]) expect(shares.of(1, index)).toBeCloseTo(field[index] ?? 0, 5);
  expect(shares.of(1, 171) + shares.of(0, 171)).toBeCloseTo(1, 5);
});

test("how crowded a place is, counted cell by cell", () => {
  const crowded = crowding(SIDE, mask, 2);
  for (const index of [0, 24, 171, 340]) {
    const middle = cellAt(SIDE, index);
    const around = mask.filter((_, other) =>
      cellAt(SIDE, other).every((value, axis) => Math.abs(value - (middle[axis] ?? 0)) <= 2),
    );
    const count = around.reduce((sum, value) => sum + value, 0);
    expect(crowded[index]).toBeCloseTo(count / 125, 5);
  }
});
