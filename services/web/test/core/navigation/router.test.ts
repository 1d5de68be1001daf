import { expect, test } from "vitest";
import { linkTo, parseRoute } from "../../../src/core/navigation/router.ts";

test("every link leads back to the state that it was made of", () => {
  const state = {
    z: [0.25, -1],
    a: [-0.5, 0],
    b: [1, 1],
    version: 40,
    theme: "stretch",
    beside: "class",
    fade: "no",
    real: "yes",
    coarse: "yes",
    pictures: "yes",
    axes: [2, 0],
    label: 3,
    map: 0,
    only: 7,
    steps: 17,
    camera: [32, -10, 1.5],
    hide: [1, 4],
    cut: [0.5, 1, -0.25],
    open: "yes",
    crossed: "yes",
    cells: 32,
    panel: "surgery",
    layer: "stage_2",
    edits: [{ layer: "stage_2", rows: [3, 4, 7], channels: [0], scale: 0.5 }],
    effect: "changed",
  } as const;
  expect(parseRoute(linkTo.explorer("mnist-3d", state))).toEqual({
    view: "explorer",
    name: "mnist-3d",
    state,
  });
  expect(parseRoute(linkTo.run("r", { epoch: 3, label: 2, side: "1" }))).toMatchObject({
    view: "run",
    state: { epoch: 3, label: 2, side: "1" },
  });
  expect(parseRoute(linkTo.runs({ show: "failed" }))).toMatchObject({
    view: "runs",
    state: { show: "failed" },
  });
  expect(parseRoute(linkTo.newTraining({ from: "mnist-2d" }))).toMatchObject({
    view: "newTraining",
    state: { from: "mnist-2d" },
  });
  expect(parseRoute(linkTo.models())).toEqual({ view: "models", state: {} });
  expect(parseRoute(linkTo.datasets())).toEqual({ view: "datasets", state: {} });
  expect(parseRoute(linkTo.model("m", { version: 20 }))).toEqual({
    view: "model",
    name: "m",
    state: { version: 20 },
  });
  expect(parseRoute(linkTo.compareRuns({ runs: ["a", "b"], figure: "seconds" }))).toEqual({
    view: "compareRuns",
    state: { runs: ["a", "b"], figure: "seconds", seeds: "together" },
  });
});

test("defaults stay out of the link, and points stay readable in it", () => {
  expect(linkTo.explorer("m", { z: [], axes: [], steps: 9, a: undefined, edits: [] })).toBe("#/models/m");
  expect(linkTo.explorer("m", { z: [0.5, -0.25] })).toBe("#/models/m?z=0.5,-0.25");
});

test.each([
  ["z=1,two"],
  ["steps=1"],
  ["steps=many"],
  ["axes=0.5,1"],
  ["version=-3"],
  ["only=999"],
  ["panel=kitchen"],
  ["edits=stage*what"],
  ["cells=1000"],
  ["unknown=1"],
  ["z=NaN,Infinity"],
])("a link with %s falls back to the defaults", (query) => {
  expect(parseRoute(`#/models/m?${query}`)).toEqual(parseRoute("#/models/m"));
});

test("the empty link is home, and a wrong one keeps its address", () => {
  expect(parseRoute("")).toMatchObject({ view: "runs" });
  expect(parseRoute("#/")).toMatchObject({ view: "runs" });
  expect(parseRoute("#/elsewhere/x")).toEqual({
    view: "missing",
    name: "/elsewhere/x",
    state: {},
  });
  expect(parseRoute("#/runs/%")).toMatchObject({ view: "run", name: "%" });
});

test("links to experiments keep what is compared and what is varied", () => {
  expect(parseRoute(linkTo.experiments())).toEqual({ view: "experiments", state: {} });
  const metric = "map_change" as const;
  expect(parseRoute(linkTo.experiment("acts", { metric }))).toEqual({
    view: "experiment",
    name: "acts",
    state: { metric },
  });
  expect(linkTo.experiment("acts", { metric: "weak_test_error" })).toBe("#/experiments/acts");
  expect(parseRoute("#/experiments/acts?metric=beauty")).toMatchObject({
    state: { metric: "weak_test_error" },
  });
  const base = '{"dataset":"digits","latent":{"dim":3}}';
  expect(parseRoute(linkTo.newExperiment({ base }))).toMatchObject({
    view: "newExperiment",
    state: { base },
  });
});

test("links to panels of older versions open what has taken their place", () => {
  const panelOf = (query: string) => {
    const route = parseRoute(`#/models/m?${query}`);
    return route.view === "explorer" ? route.state.panel : undefined;
  };
  expect(panelOf("panel=layers")).toBe("surgery");
  expect(panelOf("panel=judges")).toBe("judges");
  expect(panelOf("panel=toString")).toBe("walk");
  expect(panelOf("")).toBe("walk");
});
