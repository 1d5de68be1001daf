import { expect, test } from "vitest";
import { stepSizeCurves } from "../../../src/core/growth/stepSizes.ts";

const sizes = (generator: number[], discriminator: number[]) => ({
  epochs: [1, 2, 3],
  generator,
  discriminator,
  goes_on_after: 2,
  words: "",
});

test("networks with the same step sizes share a curve", () => {
  expect(stepSizeCurves(sizes([3, 2, 1], [3, 2, 1]))).toEqual([
    {
      label: "both networks",
      samples: [
        [1, 3],
        [2, 2],
        [2, 1],
        [3, 1],
      ],
    },
  ]);
  const curves = stepSizeCurves(sizes([3, 2, 1], [3, 2, 2]));
  expect(curves.map(({ label }) => label)).toEqual(["generator", "discriminator"]);
  expect(curves[1]?.samples.at(-1)).toEqual([3, 2]);
});
