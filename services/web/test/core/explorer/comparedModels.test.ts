import { expect, test } from "vitest";
import type { ModelView } from "../../../src/api/types.ts";
import { comparedModels, withModel, withoutModel } from "../../../src/core/explorer/comparedModels.ts";
import { linkTo, parseRoute } from "../../../src/core/navigation/router.ts";
import type { CompareState } from "../../../src/core/navigation/views.ts";

const two = {
  name: "two",
  versions: [10, 20],
  loaded: [10],
  latent_dim: 2,
  prior: "uniform",
  conditional: false,
  classes: ["a", "b"],
} as unknown as ModelView;
const three = { ...two, name: "three", latent_dim: 3, prior: "normal", conditional: true };

function state(query: string): CompareState {
  const route = parseRoute(`#/compare?${query}`);
  if (route.view !== "compare") throw new Error("not a comparison");
  return route.state;
}

test("every model has the common point in its own dimensions, window and version", () => {
  const found = comparedModels(
    [two, three],
    state("models=two,gone,three&versions=20,0,7&z=1.5,0.25&axes=0,2&label=1"),
  );
  expect(found).toMatchObject([
    {
      place: 0,
      version: 20,
      point: [1, 0.25],
      plane: { axes: [0, 1], low: -1, high: 1 },
      label: undefined,
    },
    { place: 2, version: 10, point: [1.5, 0.25, 0], plane: { axes: [0, 2], low: -2, high: 2 }, label: 1 },
  ]);
});

test("models are added and taken away with their versions", () => {
  const one = state("models=two,three&versions=20");
  expect(withModel(one, "two")).toEqual({ models: ["two", "three", "two"], versions: [20, 0, 0] });
  expect(withoutModel(one, 0)).toEqual({ models: ["three"], versions: [0] });
});

test("a comparison's link leads back to it", () => {
  const link = linkTo.compare({ models: ["two", "two"], versions: [10, 20], z: [0.5, 0], theme: "chance" });
  expect(link).toBe("#/compare?models=two,two&versions=10,20&z=0.5,0&theme=chance");
  expect(parseRoute(link)).toMatchObject({
    view: "compare",
    state: { models: ["two", "two"], versions: [10, 20], theme: "chance", layers: "no" },
  });
});
