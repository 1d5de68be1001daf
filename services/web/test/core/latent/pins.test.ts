import { expect, test } from "vitest";
import type { Place } from "../../../src/api/types.ts";
import { pinsOf } from "../../../src/core/latent/pins.ts";

const PLANE = { axes: [0, 1], low: -1, high: 1 };

function place(...point: number[]): Place {
  return { point, label: null, image: "", class: { label: "2", index: 2, probability: 1 }, distance: 0.1 };
}

test("pins lie where the places are, numbered from the best", () => {
  const places = [place(-1, 1), place(0.5, 0)];
  expect(pinsOf(places, PLANE, [0, 0])).toEqual([
    { numbers: [1], place: places[0], x: 0, y: 0 },
    { numbers: [2], place: places[1], x: 0.75, y: 0.5 },
  ]);
});

test("places that meet share the pin of the best of them", () => {
  const places = [place(0.2, 0.2), place(-0.5, 0), place(0.23, 0.2)];
  const pins = pinsOf(places, PLANE, [0, 0]);
  expect(pins.map(({ numbers }) => numbers)).toEqual([[1, 3], [2]]);
  expect(pins[0]?.place).toBe(places[0]);
});

test("only places near the plane and inside its window have pins", () => {
  const places = [place(0, 0, 0.35), place(0, 0.5, 0.8), place(1.5, 0, 0.3)];
  expect(pinsOf(places, PLANE, [0, 0, 0.3]).map(({ numbers }) => numbers)).toEqual([[1]]);
});
