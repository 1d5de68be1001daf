import { expect, test } from "vitest";
import type { SpecDraft } from "../../../src/api/types.ts";
import { completed, freeName, typedNumber, valueAt, withValue } from "../../../src/core/training/draft.ts";
import { fieldsOf } from "../../../src/core/training/field.ts";
import { FIELD_PATHS, SECTIONS } from "../../../src/core/training/sections.ts";
import { TEMPLATES } from "../../../src/core/training/templates.ts";
import previews from "../../../src/gallery/data/previews.json";

test("values are read and replaced by path, and the old draft stays as it was", () => {
  const draft = { name: "x", latent: { dim: 2 } };
  const next = withValue(draft, "latent.dim", 3);
  expect(valueAt(next, "latent.dim")).toBe(3);
  expect(valueAt(draft, "latent.dim")).toBe(2);
  expect(valueAt(draft, "latent.prior.name")).toBeUndefined();
  expect(withValue(draft, "optimizer.generator.name", "sgd")).toMatchObject({
    optimizer: { generator: { name: "sgd" } },
  });
  expect(withValue(draft, "latent", undefined)).toEqual({ name: "x" });
});

test("defaults fill the fields that the draft leaves out, including null and nested ones", () => {
  const full = { name: "x", epochs: 50, latent: { dim: 2, prior: "uniform" }, stop: { below: null } };
  expect(completed({ name: "x", latent: { dim: 4 } }, full)).toEqual({
    name: "x",
    epochs: 50,
    latent: { dim: 4, prior: "uniform" },
    stop: { below: null },
  });
});

test("what was typed is a number if it is one", () => {
  expect(typedNumber(" 1e-4 ")).toBe(0.0001);
  expect(typedNumber("0,5")).toBe(0.5);
  expect(typedNumber("")).toBeUndefined();
  expect(typedNumber("many")).toBe("many");
});

test("a free name is counted up and fits", () => {
  const taken = new Set(["a", "a-2", "b-7"]);
  expect(freeName("c", taken)).toBe("c");
  expect(freeName("a", taken)).toBe("a-3");
  expect(freeName("b-7", taken)).toBe("b-2");
  const long = "x".repeat(63);
  expect(freeName(long, new Set([long]))).toHaveLength(63);
});

test("every field of the form is a field of the spec", () => {
  const known = new Set<string>();
  const collect = (value: unknown, path: string) => {
    known.add(path);
    if (value !== null && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) collect(inner, path ? `${path}.${key}` : key);
    }
  };
  collect(previews["2"].spec, "");
  // Knobs of the choices that are not the default ones.
  for (const name of ["max_value", "threshold", "initial_slope", "alpha", "lower", "upper"]) {
    for (const whose of ["activation", "discriminator_activation"]) known.add(`network.${whose}.${name}`);
  }
  for (const who of ["generator", "discriminator"]) {
    for (const name of ["momentum", "nesterov"]) known.add(`optimizer.${who}.${name}`);
  }
  expect([...FIELD_PATHS].filter((path) => !known.has(path))).toEqual([]);
});

test("every field of the spec is in the form", () => {
  const leaves = (value: unknown, path: string): string[] =>
    value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
      : [path];
  expect(leaves(previews["2"].spec, "").filter((path) => !FIELD_PATHS.has(path))).toEqual([]);
});

test("templates of the study have its networks, losses and optimisers", () => {
  const study = TEMPLATES.filter(({ id }) => id.startsWith("study-"));
  expect(study.map(({ spec }) => [valueAt(spec, "latent.dim"), spec.conditional ?? false])).toEqual([
    [2, false],
    [3, false],
    [3, true],
    [4, false],
  ]);
  for (const { spec } of study) {
    expect(valueAt(spec, "optimizer.generator.learning_rate")).toBe(1e-4);
    expect(valueAt(spec, "network.activation.negative_slope")).toBe(0.3);
    expect(spec).toMatchObject({ dataset: "mnist", loss: "bce", batch_size: 256 });
  }
});

test("what means nothing in a draft is not asked for", () => {
  const shown = (path: string, draft: SpecDraft) => {
    const field = SECTIONS.flatMap(fieldsOf).find((one) => one.path === path);
    return field?.when?.(draft);
  };
  expect(shown("network.conditioning", { conditional: false })).toBe(false);
  expect(shown("network.conditioning", { conditional: true })).toBe(true);
  expect(shown("regularization.penalty_every", { regularization: { r1: 0, r2: 0 } })).toBe(false);
  expect(shown("regularization.penalty_every", { regularization: { r1: 0, r2: 0.5 } })).toBe(true);
});

test("every field is explained", () => {
  for (const field of SECTIONS.flatMap(fieldsOf)) expect(field.help.length).toBeGreaterThan(15);
});

test("templates have names that a run may have", () => {
  for (const { id } of TEMPLATES) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
});
