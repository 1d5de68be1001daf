import { expect, test } from "vitest";
import type { EpochFigures } from "../../../src/api/types.ts";
import { guessingLevels, guessingMarks, guessingWords } from "../../../src/core/runs/guessing.ts";
import { figuresOf } from "../../../src/gallery/world/runs.ts";

const colours = { generator: "blue", discriminator: "orange" };
const bce = { generator: Math.LN2, discriminator: 2 * Math.LN2 };
const relativistic = { generator: Math.LN2, discriminator: Math.LN2 };

test("each loss has a level in the colour of its line, and equal ones have one", () => {
  expect(guessingLevels(bce, colours)).toEqual([
    { label: "pure guessing", value: Math.LN2, colour: "blue" },
    { label: "pure guessing", value: 2 * Math.LN2, colour: "orange" },
  ]);
  expect(guessingLevels(relativistic, colours)).toEqual([{ label: "pure guessing", value: Math.LN2 }]);
  expect(guessingLevels(null, colours)).toEqual([]);
});

test("the levels are said with their values", () => {
  expect(guessingWords(bce)).toBe(
    "Dashed: a discriminator that can only guess, 0.693 for the generator, 1.39 for the discriminator.",
  );
  expect(guessingWords(relativistic)).toBe("Dashed: a discriminator that can only guess, 0.693 for both.");
  expect(guessingWords(undefined)).toBe("");
});

const epochs = figuresOf(20, 20, 1);
const narrower = epochs.map(
  (one): EpochFigures =>
    one.weak_test ? { ...one, weak_test: { ...one.weak_test, band: [0.49, 0.51] } } : one,
);
const run = { run: { guessing: bce }, epochs };

test("errors of guessing lie in a band, the widest where the runs have several", () => {
  expect(guessingMarks("weak_test_error", [run])).toMatchObject({ band: [0.477, 0.523] });
  const both = guessingMarks("weak_test_error", [{ ...run, epochs: narrower }, run]);
  expect(both?.band).toEqual([0.477, 0.523]);
  expect(both?.words).toContain("48 % to 52 %, 95 times in 100, at the fewest test images");
  expect(guessingMarks("weak_test_error", [{ ...run, epochs: [] }])).toBeUndefined();
});

test("losses have a level where all runs have the same", () => {
  expect(guessingMarks("discriminator_loss", [run, run])?.level).toBe(2 * Math.LN2);
  const other = { ...run, run: { guessing: relativistic } };
  expect(guessingMarks("discriminator_loss", [run, other])).toBeUndefined();
  expect(guessingMarks("generator_loss", [run, other])?.level).toBe(Math.LN2);
  expect(guessingMarks("weak_test_cross_entropy", [])?.level).toBe(Math.LN2);
  expect(guessingMarks("map_change", [run])).toBeUndefined();
});
