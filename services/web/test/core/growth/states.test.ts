import { expect, test } from "vitest";
import {
  costWords,
  epochsWords,
  keptReason,
  lostWords,
  statesKept,
} from "../../../src/core/growth/states.ts";

const spec = (epochs: number, kept: object) => ({ name: "x", dataset: "mnist", epochs, export: kept });

test("two states are kept, or those of all versions that are kept and of the epoch before the last", () => {
  expect(statesKept(spec(60, { every: 10, keep: 20, states: "last" }))).toBe(2);
  expect(statesKept(spec(60, { every: 10, keep: 20, states: "all" }))).toBe(7);
  expect(statesKept(spec(61, { every: 10, keep: 20, states: "all" }))).toBe(7);
  expect(statesKept(spec(6, { every: 1, keep: 20, states: "all" }))).toBe(6);
  expect(statesKept(spec(500, { every: 10, keep: 20, states: "all" }))).toBe(21);
  expect(statesKept(spec(5, { every: 10, keep: 20, states: "all" }))).toBe(2);
});

test("a fork counts the versions from where it begins", () => {
  expect(statesKept(spec(60, { every: 5, keep: 20, states: "all" }), 40)).toBe(5);
  expect(statesKept(spec(61, { every: 5, keep: 20, states: "all" }), 42)).toBe(5);
});

test("the cost is said in megabytes", () => {
  expect(costWords(15_570_188, spec(100, { every: 10, keep: 20, states: "all" }))).toBe(
    "about 171 MB on the disk, 11 of 15.6 MB each.",
  );
});

test("epochs are listed while they are few", () => {
  expect(epochsWords([60])).toBe("epoch 60");
  expect(epochsWords([50, 60])).toBe("epochs 50 and 60");
  expect(epochsWords([10, 20, 30, 40, 1000])).toBe("5 epochs from 10 to 1,000");
});

test("what is lost with the states is said before they are removed", () => {
  expect(lostWords([59, 60])).toMatch(/^The state of epoch 59 is removed permanently/);
  expect(lostWords([59, 60])).not.toContain("surface");
  expect(lostWords([20, 40, 60])).toMatch(/^The states of epochs 20 and 40 are removed permanently/);
  expect(lostWords([20, 40, 60])).toContain("loss surface");
  expect(keptReason(spec(60, { states: "last" }))).toContain("newest two");
});
