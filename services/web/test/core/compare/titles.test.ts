import { expect, test } from "vitest";
import { columnTitles } from "../../../src/core/compare/titles.ts";

const spec = (
  changes: object = {},
  activation: object = { name: "relu", negative_slope: 0, max_value: null },
) => ({
  name: "a",
  dataset: "digits",
  seed: 0,
  conditional: false,
  latent: { dim: 2 },
  network: { activation },
  monitor: { map_every: 1 },
  ...changes,
});
const of = (specs: readonly object[], versions: readonly number[] = []) =>
  columnTitles(
    specs.map((one, index) => ({ name: `m-${index}`, version: versions[index] ?? 10, spec: one })),
  );

test("models that differ in one setting are called by its value", () => {
  const elu = spec({ name: "b" }, { name: "elu", alpha: 1 });
  const leaky = spec({ name: "c", seed: 0 }, { name: "leaky_relu", negative_slope: 0.3 });
  expect(of([spec(), elu])).toEqual(["ReLU", "ELU"]);
  expect(of([spec(), elu, leaky])).toEqual(["ReLU", "ELU", "Leaky ReLU"]);
  expect(of([spec(), spec({ latent: { dim: 3 } })])).toEqual([
    "Latent dimensions 2",
    "Latent dimensions 3",
  ]);
  expect(of([spec(), spec({ conditional: true })])).toEqual(["Not conditional", "Conditional"]);
  expect(of([spec(), spec({ dataset: "mnist" })])).toEqual(["digits", "mnist"]);
});

test("where there is more to say, what a model is not needs no mention", () => {
  const two = [spec({ dataset: "mnist" }), spec({ dataset: "mnist", conditional: true }), spec()];
  expect(of(two)).toEqual(["mnist", "mnist, conditional", "digits"]);
});

test("a parameter that both have is named", () => {
  const slopes = [0.1, 0.3].map((negative_slope) => spec({}, { name: "leaky_relu", negative_slope }));
  const relu = spec({}, { name: "relu", negative_slope: 0 });
  expect(of([relu, ...slopes.slice(0, 1)])).toEqual(["ReLU", "Leaky ReLU"]);
  expect(of([relu, ...slopes])).toEqual([
    "ReLU, generator: slope below zero 0",
    "Leaky ReLU, generator: slope below zero 0.1",
    "Leaky ReLU, generator: slope below zero 0.3",
  ]);
  expect(of(slopes)).toEqual(["Generator: slope below zero 0.1", "Generator: slope below zero 0.3"]);
});

test("the seed is named where nothing else tells them apart", () => {
  const elu = (seed: number) => spec({ seed }, { name: "elu", alpha: 1 });
  expect(of([spec(), elu(1)])).toEqual(["ReLU", "ELU"]);
  expect(of([spec(), elu(0), elu(1)])).toEqual(["ReLU, seed 0", "ELU, seed 0", "ELU, seed 1"]);
  expect(of([spec(), spec({ seed: 1 })])).toEqual(["Seed 0", "Seed 1"]);
});

test("versions of one model are called by their epochs", () => {
  expect(of([spec(), spec()], [10, 50])).toEqual(["Epoch 10", "Epoch 50"]);
  const elu = spec({}, { name: "elu", alpha: 1 });
  expect(of([spec(), spec(), elu], [10, 50, 50])).toEqual([
    "ReLU, epoch 10",
    "ReLU, epoch 50",
    "ELU, epoch 50",
  ]);
});

test("where there is nothing to say or too much, the name stays", () => {
  expect(of([spec()])).toEqual(["m-0"]);
  const other = spec(
    { dataset: "mnist", latent: { dim: 3 }, conditional: true },
    { name: "elu", alpha: 1 },
  );
  expect(of([spec(), other])).toEqual(["m-0", "m-1"]);
  expect(of([spec(), spec({ monitor: { map_every: 5 } })])).toEqual(["m-0", "m-1"]);
});
