import { expect, test } from "vitest";
import {
  type Comparison,
  cellText,
  drawnRange,
  outcomes,
} from "../../../src/core/experiments/comparison.ts";
import {
  draftProblems,
  placed,
  previewSpec,
  readSpec,
  requestOf,
  runCount,
} from "../../../src/core/experiments/draft.ts";
import { isSettled, partsText, shareOfEpochs } from "../../../src/core/experiments/progress.ts";
import { EXPERIMENT_TEMPLATES } from "../../../src/core/experiments/templates.ts";
import { pathWords, typedValues, VARIABLES, variable } from "../../../src/core/experiments/variables.ts";
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
    ["relu", 20, 0.3],
    ["elu", 10, 0.2],
  ]);
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

test("runs are counted and sent as they are written", () => {
  const draft = {
    name: "e",
    base: { name: "old", dataset: "digits" },
    vary: [
      { path: "latent.dim", values: [2, 3] },
      { path: "conditional", values: [true, false] },
    ],
    seeds: [0, 1, 2],
  };
  expect(runCount(draft)).toBe(12);
  expect(runCount({ ...draft, vary: [] })).toBe(3);
  expect(requestOf(draft)).toEqual({
    name: "e",
    base: { dataset: "digits" },
    vary: { "latent.dim": [2, 3], conditional: [true, false] },
    seeds: [0, 1, 2],
  });
  expect(typedValues("2, 3;1e-4, , many")).toEqual([2, 3, 0.0001, "many"]);
});

test("the form checks a draft before the server does", () => {
  const draft = { name: "e", base: {}, vary: [{ path: "latent.dim", values: [2] }], seeds: [0] };
  expect(draftProblems(draft, new Set())).toEqual([]);
  const [dim] = draft.vary;
  const bad = {
    ...draft,
    vary: [dim, dim, { path: "epochs", values: [] }].flatMap((one) => one ?? []),
    seeds: [],
  };
  expect(draftProblems(bad, new Set(["e"])).map(([path]) => path)).toEqual([
    "name",
    "seeds",
    "vary.epochs",
    "vary.latent.dim",
  ]);
  const varied = { ...draft, vary: [{ path: "dataset", values: ["mnist", "digits"] }] };
  expect(previewSpec(varied)).toEqual({ dataset: "mnist", name: "preview" });
  expect(previewSpec({ ...draft, base: { name: "x", dataset: "digits" } })).toEqual({
    name: "preview",
    dataset: "digits",
  });
  expect([placed("base.latent.dim"), placed("vary.epochs.1"), placed("seeds")]).toEqual([
    "latent.dim: ",
    "value 2: ",
    "",
  ]);
  expect(readSpec('{"epochs": 3}')).toEqual({ epochs: 3 });
  for (const text of [undefined, "", "[1]", "null", "{"]) expect(readSpec(text)).toBeUndefined();
});

test("everything but name and seed can be varied, each knob under one name", () => {
  const paths = VARIABLES.flatMap(({ fields }) => fields.map(({ path }) => path));
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).not.toContain("name");
  expect(paths).not.toContain("seed");
  const labels = VARIABLES.flatMap(({ fields }) => fields.map(({ label }) => label));
  expect(labels.filter((label) => label.toLowerCase().includes("learning rate"))).toEqual([
    "Generator: learning rate",
    "Discriminator: learning rate",
  ]);
  expect(pathWords("network.activation")).toBe("Generator: activation");
  expect(pathWords("network.unknown")).toBe("network.unknown");
});

test("templates vary what there is, and have names that an experiment may have", () => {
  for (const { id, draft } of EXPERIMENT_TEMPLATES) {
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
    for (const { path, values } of draft.vary) {
      const field = variable(path);
      expect(field, path).toBeDefined();
      if (field?.kind === "choice") {
        expect(field.options.map(({ value }) => value).toSorted()).toEqual([...values].toSorted());
      }
    }
  }
});

test("every metric has words", () => {
  for (const name of METRIC_NAMES) expect(METRICS[name].help.length).toBeGreaterThan(15);
});

test("the runs and models of an experiment are counted", () => {
  const models = [{ run: "a-s0" }, { run: "a-s1" }, { run: "elsewhere" }];
  expect(partsText(["a-s0", "a-s1", "a-s2"], models)).toBe("3 runs and 2 models");
  expect(partsText(["a-s0"], models)).toBe("1 run and 1 model");
});
