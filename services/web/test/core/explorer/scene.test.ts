import { expect, test } from "vitest";
import { anchorOf, heldAxes, sceneOf, withAxisAt } from "../../../src/core/explorer/scene.ts";
import { parseRoute } from "../../../src/core/navigation/router.ts";
import { THEMES } from "../../../src/gallery/world/themes.ts";

const model = {
  versions: [10, 20, 30],
  loaded: [10, 20],
  latent_dim: 3,
  prior: "uniform",
  conditional: false,
  classes: ["cat", "dog"],
  layers: [
    { name: "stage_1", shape: [7, 7, 4] },
    { name: "stage_2", shape: [14, 14, 2] },
    { name: "image", shape: [28, 28, 1] },
  ],
  themes: [...THEMES],
};

function state(query: string) {
  const route = parseRoute(`#/models/m?${query}`);
  if (route.view !== "explorer") throw new Error("not an explorer's link");
  return route.state;
}

test("a link for another model is brought to what this one has", () => {
  const scene = sceneOf(model, state("z=5,-0.5&a=1&axes=1,0&version=99&label=1&only=4"));
  expect(scene).toMatchObject({
    version: 20,
    point: [1, -0.5, 0],
    a: [1, 0, 0],
    b: undefined,
    plane: { axes: [1, 0], low: -1, high: 1 },
    label: undefined,
    mapLabel: undefined,
    only: undefined,
  });
});

test("the newest version that is served is shown, unless another one is asked for", () => {
  expect(sceneOf(model, state(""))?.version).toBe(20);
  expect(sceneOf(model, state("version=30"))?.version).toBe(30);
  expect(sceneOf({ ...model, loaded: [] }, state(""))?.version).toBe(30);
  expect(sceneOf({ ...model, versions: [], loaded: [] }, state(""))).toBeUndefined();
});

test("a conditional model's map follows the label until another one is chosen", () => {
  const conditional = { ...model, conditional: true };
  expect(sceneOf(conditional, state(""))).toMatchObject({ label: 0, mapLabel: 0 });
  expect(sceneOf(conditional, state("label=1"))).toMatchObject({ label: 1, mapLabel: 1 });
  expect(sceneOf(conditional, state("label=1&map=0"))).toMatchObject({ label: 1, mapLabel: 0 });
});

test("three dimensions and more are a cube, until a plane or other axes are asked for", () => {
  expect(sceneOf(model, state(""))).toMatchObject({ cube: { axes: [0, 1, 2] }, plane: { axes: [0, 1] } });
  expect(sceneOf(model, state("axes=2,0"))).toMatchObject({ cube: undefined, plane: { axes: [2, 0] } });
  expect(sceneOf(model, state("axes=1,7"))).toMatchObject({ cube: { axes: [0, 1, 2] } });
  expect(sceneOf(model, state("axes=1,1,0"))).toMatchObject({ cube: { axes: [0, 1, 2] } });
  const four = { ...model, latent_dim: 4 };
  expect(sceneOf(four, state("axes=3,0,2"))).toMatchObject({ cube: { axes: [3, 0, 2] } });
  expect(sceneOf({ ...model, latent_dim: 2 }, state(""))?.cube).toBeUndefined();
});

test("cuts are places in the cube; layers and edits are those that the model has", () => {
  const normal = { ...model, prior: "normal" };
  expect(sceneOf(normal, state("cut=2,0,-9"))?.cut).toEqual([1, 0, -1]);
  expect(sceneOf(model, state(""))).toMatchObject({ cut: [1, 1, 1], layer: "stage_2", edits: [] });
  const scene = sceneOf(model, state("layer=stage_1&edits=stage_1*r1.9*x0,gone*x0&hide=1,8"));
  expect(scene).toMatchObject({
    layer: "stage_1",
    edits: [{ layer: "stage_1", rows: [1], scale: 0 }],
    hidden: [1],
  });
});

test("one latent dimension makes a band", () => {
  expect(sceneOf({ ...model, latent_dim: 1 }, state("z=0.5"))).toMatchObject({
    plane: { axes: [0] },
    point: [0.5],
  });
});

test("a map depends on the held coordinates alone", () => {
  const plane = { axes: [0, 2], low: -1, high: 1 };
  expect(anchorOf(plane, [0.1, 0.2, 0.3])).toEqual([0, 0.2, 0]);
  expect(heldAxes(4, plane.axes)).toEqual([1, 3]);
});

test("choosing the other direction's axis swaps the two", () => {
  const plane = { axes: [0, 1], low: -1, high: 1 };
  expect(withAxisAt(plane.axes, 0, 2)).toEqual([2, 1]);
  expect(withAxisAt(plane.axes, 0, 1)).toEqual([1, 0]);
  expect(withAxisAt(plane.axes, 1, 0)).toEqual([1, 0]);
});

test("a theme of numbers is shown if the model offers it; anything else is the classes", () => {
  const [classes] = THEMES.filter(({ kind }) => kind === "classes");
  const [scalar] = THEMES.filter(({ kind }) => kind === "scalar");
  expect(sceneOf(model, state(`theme=${scalar?.name}`))?.theme).toEqual(scalar);
  for (const query of ["", "theme=", "theme=nonsense", `theme=${classes?.name}`]) {
    expect(sceneOf(model, state(query))?.theme).toBeUndefined();
  }
});
