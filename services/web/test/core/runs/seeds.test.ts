import { expect, test } from "vitest";
import { estimate, tQuantile } from "../../../src/core/maths/statistics.ts";
import { groupsBySeed, meansOf, seedGroups } from "../../../src/core/runs/seeds.ts";
import { figuresOf } from "../../../src/gallery/world/runs.ts";

const run = (name: string, seed: number, dim = 2) => ({
  name,
  spec: { name, seed, latent: { dim } },
});

test("the quantiles of Student's t are those of the tables", () => {
  const table = { 1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 9: 2.2622, 30: 2.0423 };
  for (const [freedom, t] of Object.entries(table)) expect(tQuantile(Number(freedom))).toBeCloseTo(t, 4);
});

test("a mean has an interval from two values on", () => {
  expect(estimate([])).toBeUndefined();
  expect(estimate([3])).toEqual({ mean: 3, interval: undefined, n: 1 });
  const [low = 0, high = 0] = estimate([1, 2, 3])?.interval ?? [];
  expect(low).toBeCloseTo(2 - 4.3027 / Math.sqrt(3), 3);
  expect(high).toBeCloseTo(2 + 4.3027 / Math.sqrt(3), 3);
});

test("a fork with another seed is no repetition of its parent", () => {
  const fork = (name: string, seed: number, epoch: number) => ({
    ...run(name, seed),
    lineage: [{ run: "a", epoch }],
  });
  const runs = [run("a", 0), fork("b", 1, 20), fork("c", 2, 20), fork("d", 3, 30)];
  expect(groupsBySeed(runs)).toEqual([0, 1, 1, 2]);
});

test("runs belong together when they differ in nothing but name and seed", () => {
  expect(groupsBySeed([run("a-s0", 0), run("b", 0, 3), run("a-s1", 1), run("other", 7)])).toEqual([
    0, 1, 0, 0,
  ]);
  const labels = (...runs: ReturnType<typeof run>[]) => seedGroups(runs).map(({ label }) => label);
  expect(labels(run("relu-s0", 0), run("relu-s1", 1), run("cube", 0, 3))).toEqual([
    "relu, 2 seeds",
    "cube",
  ]);
  expect(labels(run("relu-s10", 10), run("relu-s11", 11))).toEqual(["relu, 2 seeds"]);
  expect(labels(run("one", 0), run("two", 1))).toEqual(["one, 2 seeds"]);
});

test("means are taken where any run was measured, in the order of the epochs", () => {
  const [short, long] = [figuresOf(10, 40, 2), figuresOf(20, 40, 4)];
  const means = meansOf([{ epochs: long }, { epochs: short }], "weak_test_error");
  expect(means.map(({ epoch, n }) => [epoch, n])).toEqual([
    [10, 2],
    [20, 1],
  ]);
  expect(means[1]?.interval).toBeUndefined();
  const seconds = meansOf([{ epochs: long }, { epochs: short }], "seconds")[0];
  expect(seconds?.mean).toBeCloseTo(figuresOf(1, 40, 3)[0]?.seconds ?? 0, 6);
});
