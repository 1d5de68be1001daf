import { expect, test } from "vitest";
import { classRgb, contrast, inkOn, type Rgb } from "../../../src/core/latent/palette.ts";

type Matrix = readonly (readonly [number, number, number])[];

/** Machado et al. 2009, severity 1, on linear RGB. */
const VISIONS: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));
}

/** OKLab of linear RGB (Ottosson 2020). */
function oklab(rgb: readonly number[]): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function seen(rgb: Rgb, vision: Matrix): number[] {
  return oklab(times(vision, rgb.map(linear)).map((value) => Math.min(1, Math.max(0, value))));
}

test.each(Object.entries(VISIONS))(
  "any two of the ten colours differ clearly with %s vision",
  (_, vision) => {
    const colours = Array.from({ length: 10 }, (_, id) => seen(classRgb(id), vision));
    for (const [index, one] of colours.entries()) {
      for (const other of colours.slice(index + 1)) {
        const difference = Math.hypot(...one.map((value, channel) => value - (other[channel] ?? 0)));
        expect(difference).toBeGreaterThan(0.125);
      }
    }
  },
);

test("names on the map can be read on every class's colour, also past the tenth", () => {
  for (let id = 0; id < 30; id++) {
    const ink: Rgb = inkOn(classRgb(id)) === "#ffffff" ? [255, 255, 255] : [20, 21, 26];
    expect(contrast(classRgb(id), ink)).toBeGreaterThan(4.5);
  }
});

test("classes past the tenth get colours of their own", () => {
  const colours = new Set(Array.from({ length: 30 }, (_, id) => classRgb(id).join()));
  expect(colours.size).toBe(30);
});

test("black on white has the largest contrast there is", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
});
