import { expect, test } from "vitest";
import type { RunView } from "../../../src/api/types.ts";
import {
  draftProblems,
  placed,
  readSpec,
  requestOf,
  runCount,
} from "../../../src/core/experiments/draft.ts";
import { EXPERIMENT_TEMPLATES } from "../../../src/core/experiments/templates.ts";
import { experimentTime } from "../../../src/core/experiments/timeEstimate.ts";
import {
  pathWords,
  typedValues,
  unclearValues,
  VARIABLES,
  valuesWords,
  variable,
} from "../../../src/core/experiments/variables.ts";
import { combinationsOf, problemsOf, variantsOf } from "../../../src/core/experiments/variants.ts";

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
  const problems = (changes: object) => draftProblems({ ...draft, ...changes }, new Set());
  for (const name of ["", "Big", "-a", "a b"]) expect(problems({ name })[0]?.[0]).toBe("name");
  expect(problems({ seeds: [0, "x"] })).toEqual([["seeds.1", "“x” is not a whole number"]]);
  expect(problems({ vary: [{ path: "network.dropout", values: [0.1, "half"] }] })).toEqual([
    ["vary.network.dropout.1", "“half” is not a number"],
  ]);
  expect(problems({ vary: [{ path: "loss", values: ["bce"] }] })).toEqual([]);
  expect([placed("base.latent.dim"), placed("vary.epochs.1"), placed("seeds")]).toEqual([
    "latent.dim: ",
    "value 2: ",
    "",
  ]);
  expect(readSpec('{"epochs": 3}')).toEqual({ epochs: 3 });
  for (const text of [undefined, "", "[1]", "null", "{"]) expect(readSpec(text)).toBeUndefined();
});

test("a decimal comma is asked about, not guessed", () => {
  expect(unclearValues("0,5")).toBe("“0,5” can be one number or two: write 0.5, or 0, 5");
  for (const text of ["0.5", "0, 5", "0,5; 0,7", "0.1, 0.5", "", "1,2,3"])
    expect(unclearValues(text)).toBeUndefined();
  expect(unclearValues("2,3", true)).toBeUndefined();
  expect(valuesWords(typedValues("0.1, 0.3"))).toBe("2 values: 0.1 · 0.3");
  expect(valuesWords(typedValues("0,1; 0,3"))).toBe("2 values: 0.1 · 0.3");
  expect(valuesWords([4])).toBe("1 value: 4");
  expect(valuesWords([])).toBe("No value yet.");
});

test("every value is checked once, and what is wrong is said of it", () => {
  const base = { dataset: "digits", network: { activation: { name: "relu", negative_slope: 0.1 } } };
  const vary = [
    { path: "network.activation.name", values: ["relu", "elu"] },
    { path: "latent.dim", values: [2, 3, -1] },
    { path: "epochs", values: [] },
  ];
  const variants = variantsOf({ base, vary });
  const network = (name: string) => ({ activation: { name } });
  expect(variants.map(({ spec }) => spec)).toEqual([
    { name: "preview", dataset: "digits", network: network("relu"), latent: { dim: 2 } },
    { name: "preview", dataset: "digits", network: network("elu"), latent: { dim: 2 } },
    { name: "preview", dataset: "digits", network: network("relu"), latent: { dim: 3 } },
    { name: "preview", dataset: "digits", network: network("relu"), latent: { dim: -1 } },
  ]);
  const [first, elu, , negative] = variants;
  if (!first || !elu || !negative) throw new Error("there are four variants");
  expect(problemsOf(negative, [{ path: "latent.dim", message: "is too small" }])).toEqual([
    ["vary.latent.dim.2", "is too small"],
  ]);
  expect(problemsOf(first, [{ path: "epochs", message: "is wrong" }])).toEqual([
    ["base.epochs", "is wrong"],
  ]);
  expect(problemsOf(elu, [{ path: "loss", message: "does not go with it" }])).toEqual([
    ["vary.network.activation.name.1", "loss does not go with it"],
  ]);
  expect(problemsOf(elu, [{ path: "network.activation.alpha", message: "is wrong" }])).toEqual([
    ["vary.network.activation.name.1", "is wrong"],
  ]);
});

test("all combinations count for the time that an experiment takes", () => {
  const full = { dataset: "digits", epochs: 10, latent: { dim: 2 } } as unknown as RunView["spec"];
  const vary = [
    { path: "latent.dim", values: [2, 3] },
    { path: "epochs", values: [10, 20] },
  ];
  expect(combinationsOf(full as never, vary)).toHaveLength(4);
  const run = { name: "before", spec: full, seconds_per_epoch: 2, submitted: "2026" } as RunView;
  const draft = { vary, seeds: [0, 1] };
  // Two dimensions alone are known here: (10 + 20) epochs of 2 s, with two seeds.
  expect(experimentTime(full, draft, [run], new Map())).toEqual({
    seconds: 120,
    estimated: 4,
    trainings: 8,
  });
  expect(experimentTime(full, draft, [], new Map())).toBeUndefined();
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
