import { expect, test } from "vitest";
import { opinionOf, verdictOf } from "../../../src/core/themes/verdict.ts";

test("near one half, a network has no opinion", () => {
  expect([0, 0.44, 0.46, 0.5, 0.54, 0.56, 1].map(opinionOf)).toEqual([
    "generated",
    "generated",
    "unsure",
    "unsure",
    "unsure",
    "real",
    "real",
  ]);
});

test.each([
  [0.9, 0.9, "Both take this for real: the discriminator, and a network that was trained apart from it."],
  [0.9, 0.1, "The discriminator takes this for real, an independent network does not."],
  [0.1, 0.9, "The discriminator takes this for generated, an independent network takes it for real."],
  [
    0.1,
    0.1,
    "Both take this for generated: the discriminator, and a network that was trained apart from it.",
  ],
  [0.9, 0.5, "The discriminator takes this for real, an independent network cannot tell."],
  [0.1, 0.52, "The discriminator takes this for generated, an independent network cannot tell."],
  [0.5, 0.9, "The discriminator cannot tell, an independent network takes this for real."],
  [0.48, 0.1, "The discriminator cannot tell, an independent network takes this for generated."],
  [
    0.5,
    0.5,
    "Neither can tell whether this is real: not the discriminator, and not an independent network.",
  ],
])("discriminator %d, two-sample network %d", (discriminator, twoSample, sentence) => {
  expect(verdictOf(discriminator, twoSample)).toBe(sentence);
});
