import { expect, test } from "vitest";
import data from "../../../src/api/ramps.json";
import { parseRgb } from "../../../src/core/latent/palette.ts";
import {
  levelOf,
  rampGradient,
  rampRgb,
  TOP_LEVEL,
  UNKNOWN_LEVEL,
} from "../../../src/core/latent/ramps.ts";

const RAMPS = ["sequential", "diverging"] as const;

test.each(RAMPS)("the %s ramp ends, and has its middle, in the colours of its list", (ramp) => {
  const stops = data.ramps[ramp];
  expect(rampRgb(ramp, 0)).toEqual(parseRgb(stops[0] ?? ""));
  expect(rampRgb(ramp, TOP_LEVEL / 2)).toEqual(parseRgb(stops[(stops.length - 1) / 2] ?? ""));
  expect(rampRgb(ramp, TOP_LEVEL)).toEqual(parseRgb(stops.at(-1) ?? ""));
  expect(rampGradient(ramp)).toContain(stops.join(", "));
});

test("what is not known is grey, in no ramp's order", () => {
  for (const ramp of RAMPS) expect(rampRgb(ramp, UNKNOWN_LEVEL)).toEqual([128, 128, 128]);
});

test("levels of values", () => {
  expect([-1, 0, 0.5, 1, 7].map((value) => levelOf(value, 0, 1))).toEqual([0, 0, 127, 254, 254]);
  expect(levelOf(Number.NaN, 0, 1)).toBe(UNKNOWN_LEVEL);
  expect(levelOf(3, 3, 3)).toBe(127);
  expect(levelOf(Number.POSITIVE_INFINITY, 0, 1)).toBe(254);
});
