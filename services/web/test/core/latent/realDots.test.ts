import { expect, test } from "vitest";
import type { RealImage } from "../../../src/api/types.ts";
import { dotBeside, dotsOf, firstDot } from "../../../src/core/latent/realDots.ts";

const plane = { axes: [0, 1], low: -1, high: 1 };

function image(index: number, label: number, point: number[], distance = 0.1): RealImage {
  return { index, label, point, distance, class: { label: String(label), index: label } };
}

test("a dot lies at its point, up is up, and what is outside the window has none", () => {
  const dots = dotsOf([image(0, 3, [0.5, 1]), image(1, 3, [1.2, 0])], plane, [0, 0], 0.2);
  expect(dots).toHaveLength(1);
  expect(dots[0]).toMatchObject({ label: 3, x: 0.75, y: 0 });
});

test("images of a class that would cover each other are one larger dot, the nearest first", () => {
  const crowd = [image(0, 1, [0.01, 0.01], 0.3), image(1, 1, [0.02, 0.02], 0.1), image(2, 2, [0.01, 0.02])];
  const [one, ...others] = dotsOf(crowd, plane, [0, 0], 0.4);
  expect(one?.images.map(({ index }) => index)).toEqual([1, 0]);
  expect(others.map(({ label }) => label)).toEqual([2]);
  expect(one?.size).toBeGreaterThan(others[0]?.size ?? 99);
});

test("the farther from the map, the fainter, but never gone", () => {
  const far = [image(0, 0, [0, 0], 0), image(1, 0, [0.5, 0], 0.2), image(2, 0, [-0.5, 0], 9)];
  const fades = dotsOf(far, plane, [0, 0], 0.4).map(({ fade }) => fade);
  expect(fades).toEqual([1, 0.85, 0.4]);
  expect(dotsOf(far, plane, [0, 0], null).map(({ fade }) => fade)).toEqual([1, 1, 1]);
});

test("on a section, only those near it", () => {
  const cube = [image(0, 0, [0, 0, 0.5]), image(1, 0, [0.5, 0, 0.44]), image(2, 0, [0, 0.5, 0.1])];
  const seen = dotsOf(cube, plane, [0, 0, 0.5], 0.4).flatMap(({ images }) => images);
  expect(seen.map(({ index }) => index)).toEqual([0, 1]);
});

test("there are never too many to read, and the nearest are kept", () => {
  const many = Array.from({ length: 9000 }, (_, index) =>
    image(index, index % 10, [Math.sin(index * 1.7), Math.sin(index * 2.3)], index / 9000),
  );
  const dots = dotsOf(many, plane, [0, 0], 0.5);
  expect(dots).toHaveLength(500);
  expect(dots[0]?.images[0]?.index).toBe(0);
});

test("the arrow keys go to the next dot in their direction", () => {
  const places = [
    [0, 0],
    [0.5, 0],
    [0.9, 0.8],
    [0, 0.6],
  ];
  const dots = dotsOf(
    places.map((point, index) => image(index, 0, point, index / 10)),
    plane,
    [0, 0],
    0.4,
  );
  expect(firstDot(dots)).toBe(2);
  expect(firstDot([])).toBeUndefined();
  expect(dotBeside(dots, 0, "ArrowRight")).toBe(1);
  expect(dotBeside(dots, 0, "ArrowUp")).toBe(3);
  expect(dotBeside(dots, 1, "ArrowLeft")).toBe(0);
  expect(dotBeside(dots, 0, "ArrowDown")).toBeUndefined();
  expect(dotBeside(dots, 0, "x")).toBeUndefined();
});
