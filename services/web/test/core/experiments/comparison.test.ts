import { expect, test } from "vitest";
import {
  barRange,
  byResult,
  type Comparison,
  cellText,
  drawnRange,
  methodWords,
  outcomes,
  pWords,
  unbroken,
} from "../../../src/core/experiments/comparison.ts";
import { isSettled, partsText, shareOfEpochs } from "../../../src/core/experiments/progress.ts";
import { sideBySide } from "../../../src/core/experiments/sideBySide.ts";
import { METRIC_NAMES, METRICS } from "../../../src/core/vocabulary/metrics.ts";

const comparison: Comparison = {
  metric: "weak_test_error",
  epochs: [10, 20],
  rows: [
    {
      combination: 0,
      label: "relu",
      cells: [
        { epoch: 10, mean: 0.1, interval: [0.05, 0.15], n: 3 },
        { epoch: 20, mean: 0.3, interval: [-1.1, 1.7], n: 2 },
      ],
    },
    {
      combination: 1,
      label: "elu",
      cells: [
        { epoch: 10, mean: 0.2, interval: null, n: 1 },
        { epoch: 20, mean: null, interval: null, n: 0 },
      ],
    },
    {
      combination: 2,
      label: "prelu",
      cells: [10, 20].map((epoch) => ({ epoch, mean: null, interval: null, n: 0 })),
    },
  ],
  verdict: {
    outcome: "undecided",
    epoch: 20,
    better: "higher",
    order: [1, 0],
    pairs: [],
    sentence: "One seed each cannot tell a difference from chance.",
  },
};

test("a cell shows its mean, and half the width of its interval if there is one", () => {
  const [relu, elu] = comparison.rows;
  expect(relu?.cells.map((cell) => cellText(cell, "weak_test_error"))).toEqual([
    "10 % ± 5.0 %",
    "30 % ± 140 %",
  ]);
  expect(elu?.cells.map((cell) => cellText(cell, "weak_test_error"))).toEqual(["20 %", "–"]);
  expect(cellText({ epoch: 1, mean: 42, interval: null, n: 1 }, "seconds")).toBe("42 s");
});

test("intervals may reach as far again as the means do, shares never beyond 0 and 1", () => {
  const [low, high] = drawnRange(comparison);
  expect([low, high]).toEqual([0, expect.closeTo(0.5)]);
  const [below, above] = drawnRange({ ...comparison, metric: "generator_loss" });
  expect([below, above]).toEqual([expect.closeTo(-0.1), expect.closeTo(0.5)]);
});

test("each combination ends at its own last measured epoch; one that was never measured is left out", () => {
  expect(outcomes(comparison).map(({ label, epoch, mean }) => [label, epoch, mean])).toEqual([
    ["elu", 10, 0.2],
    ["relu", 20, 0.3],
  ]);
});

test("rows stand in the order of the verdict, those that it is not about last", () => {
  expect(byResult(comparison).map(({ label }) => label)).toEqual(["elu", "relu", "prelu"]);
});

test("bars have a scale that holds their whiskers, as far as there are such values", () => {
  const end = (mean: number, interval?: [number, number]) => ({
    combination: 0,
    label: "x",
    epoch: 1,
    mean,
    interval,
  });
  expect(barRange([end(0.03, [-0.1, 0.16]), end(0.02)], "map_change")).toEqual([0, 0.16]);
  expect(barRange([end(0.8, [0.4, 1.2])], "coverage")).toEqual([0, 1]);
  expect(barRange([end(12, [-3, 27])], "frechet_distance")).toEqual([0, 27]);
  expect(barRange([end(0.2, [-0.3, 0.7])], "judges_agreement")).toEqual([-0.3, 0.7]);
  expect(barRange([end(-2, [-3, -1])], "generator_loss")).toEqual([-3, 0]);
});

test("intervals at a single epoch are drawn whole", () => {
  const rows = comparison.rows.map((row) => ({ ...row, cells: row.cells.slice(1) }));
  expect(drawnRange({ ...comparison, epochs: [20], rows })).toEqual([0, 1]);
});

test("the method is said in one line", () => {
  const pair = { ahead: 0, behind: 1, p: 0.5, adjusted: 0.5, beyond_chance: false };
  const of = (pairs: (typeof pair)[]) => methodWords({ ...comparison.verdict, pairs });
  expect(of([])).toBe("");
  expect(of([pair])).toMatch(/^Welch’s t-test on the means over the seeds; beyond chance/);
  expect(of([pair, pair, pair])).toContain("each of 3 pairs, corrected after Holm");
  expect(unbroken("relu 3.2 % ± 13 % (p = 0.61).")).toBe(
    "relu 3.2\u00a0%\u00a0±\u00a013\u00a0% (p\u00a0=\u00a00.61).",
  );
  expect([0.0712, 0.0004, 1].map(pWords)).toEqual(["0.071", "< 0.001", "1"]);
});

test("one run of each combination is looked at side by side, of the same seed where there is one", () => {
  const run = (combination: number, seed: number, state: "succeeded" | "failed") => ({
    name: `c${combination}-s${seed}`,
    combination,
    label: "",
    seed,
    state,
    epoch: 1,
    epochs: 1,
    maps: [],
    error: null,
  });
  const runs = [
    run(0, 0, "failed"),
    run(1, 0, "succeeded"),
    run(2, 0, "succeeded"),
    run(0, 1, "succeeded"),
    run(1, 1, "succeeded"),
    run(2, 1, "succeeded"),
    run(3, 1, "failed"),
  ];
  const combinations = [0, 1, 2, 3].map((number) => ({ label: String(number), values: {} }));
  expect(sideBySide({ runs, comparison, combinations })).toEqual(["c1-s1", "c0-s1", "c2-s1"]);
});

test("an experiment is settled when no run of it has anything left to do", () => {
  expect(isSettled({ states: { succeeded: 2, missing: 1 } })).toBe(true);
  expect(isSettled({ states: { succeeded: 2, paused: 1 } })).toBe(false);
  const run = { name: "r", combination: 0, label: "x", seed: 0, epochs: 10, maps: [], error: null };
  expect(
    shareOfEpochs([
      { ...run, state: "running", epoch: 5 },
      { ...run, state: "failed", epoch: 1 },
      { ...run, state: "queued", epoch: 0 },
      { ...run, state: "succeeded", epoch: 10 },
    ]),
  ).toBeCloseTo(2.5 / 4);
});

test("every metric has words", () => {
  for (const name of METRIC_NAMES) expect(METRICS[name].help.length).toBeGreaterThan(15);
});

test("the runs and models of an experiment are counted", () => {
  const models = [{ run: "a-s0" }, { run: "a-s1" }, { run: "elsewhere" }];
  expect(partsText(["a-s0", "a-s1", "a-s2"], models)).toBe("3 runs and 2 models");
  expect(partsText(["a-s0"], models)).toBe("1 run and 1 model");
});
