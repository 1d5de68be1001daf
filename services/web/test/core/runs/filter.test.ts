import { expect, test } from "vitest";
import { datasetsOf, filtered } from "../../../src/core/runs/filter.ts";
import { cannedRuns } from "../../../src/gallery/world/runs.ts";

const runs = cannedRuns().map(({ view }) => view);
const names = (filter: Partial<Parameters<typeof filtered>[1]>) =>
  filtered(runs, { show: "all", dataset: undefined, find: undefined, ...filter }).map(({ name }) => name);

test("runs are chosen by state, data set and words, all together", () => {
  expect(names({})).toHaveLength(runs.length);
  expect(names({ show: "active" })).toEqual(["digits-2d", "mnist-3d-conditional", "mnist-4d"]);
  expect(names({ show: "failed" })).toEqual(["fashion-relu", "mnist-3d"]);
  expect(names({ dataset: "digits" })).toEqual(["digits-2d"]);
  expect(names({ find: "3D  Mnist" })).toEqual(["mnist-3d-conditional", "mnist-3d"]);
  expect(names({ find: "3d", show: "failed" })).toEqual(["mnist-3d"]);
  expect(names({ find: "nowhere" })).toEqual([]);
});

test("a run is found by its experiment too", () => {
  const [first] = runs;
  if (!first) throw new Error("no run");
  const found = filtered([{ ...first, experiment: "activations" }], {
    show: "all",
    dataset: undefined,
    find: "activ",
  });
  expect(found).toHaveLength(1);
});

test("each data set is listed once", () => {
  expect(datasetsOf(runs)).toEqual(["digits", "mnist"]);
});
