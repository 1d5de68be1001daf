import { expect, test } from "vitest";
import type { EpochFigures } from "../../../src/api/types.ts";
import { headline } from "../../../src/core/runs/headline.ts";

const shares = (shown: number, all = 10) =>
  Object.fromEntries(
    Array.from({ length: all }, (_, index) => [String(index), index < shown ? 0.1 : 0.001]),
  );
const band: [number, number] = [0.48, 0.52];
const metrics = {
  epoch: 12,
  seconds: 1,
  generator_loss: 1,
  discriminator_loss: 1,
  map_change: 0.02,
  shares: shares(8),
  weak_test: { error: 0.12, cross_entropy: 0.3, p_value: 0, band },
} as EpochFigures;
const running = { state: "running" } as const;
const finished = { state: "succeeded" } as const;
const report = {
  dataset: "mnist",
  latent_dim: 2,
  conditional: false,
  epochs: 50,
  warnings: [],
  shares: shares(10),
  map_change: 0.001,
};

test("a running training says how far it has come", () => {
  expect(headline(running, [metrics])).toBe(
    "So far, 8 of 10 classes, a weak test is wrong about 12 % of the images, the map still changes by 2.0 %.",
  );
});

test("a finished one is judged by its report", () => {
  const strong = (error: number) => ({
    ...report,
    strong_test: { error, cross_entropy: 0, p_value: 0, band, curve: [] },
  });
  expect(headline(finished, [metrics], strong(0.001))).toBe(
    "All 10 classes, a strong test sees through every image, the map stands still.",
  );
  expect(headline(finished, [metrics], strong(0.49))).toContain(
    "a strong test cannot tell its images from real ones",
  );
  expect(headline(finished, [metrics], strong(0.032))).toContain(
    "a strong test is wrong about 3.2 % of the images",
  );
});

test("without a report, its last epoch counts", () => {
  expect(headline(finished, [metrics])).toBe(
    "8 of 10 classes, a weak test is wrong about 12 % of the images, the map still changed by 2.0 %.",
  );
});

test("each figure counts where it was last measured, and what was not measured is not mentioned", () => {
  expect(headline(running, [])).toBe("");
  const bare = { ...metrics, epoch: 13, shares: null, weak_test: null, map_change: 0.04 };
  expect(headline(running, [bare])).toBe("So far, the map still changes by 4.0 %.");
  expect(headline(running, [metrics, bare])).toBe(
    "So far, 8 of 10 classes, a weak test is wrong about 12 % of the images, the map still changes by 4.0 %.",
  );
  const one = { ...bare, shares: { all: 1 }, map_change: null };
  expect(headline(running, [one])).toBe("");
});
