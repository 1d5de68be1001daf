import { expect, test } from "vitest";
import { existing, familyOf, firstEpoch, joined, valueOn } from "../../../src/core/growth/family.ts";
import { changeWords, lineageWords, takenOverWords } from "../../../src/core/growth/words.ts";
import { cannedRun } from "../../../src/gallery/world/runs.ts";

type Lineage = readonly (readonly [run: string, epoch: number])[];

const run = (name: string, epochs: number, lineage: Lineage = []) => ({
  ...cannedRun({ name, state: "succeeded", epoch: epochs, epochs, hoursAgo: 1 }).view,
  lineage: lineage.map(([parent, epoch]) => ({ run: parent, epoch })),
});

const ROOT = run("root", 60);
const LATE = run("late", 80, [["root", 50]]);
const EARLY = run("early", 70, [["root", 20]]);
const GRANDCHILD = run("grandchild", 90, [
  ["early", 40],
  ["root", 20],
]);
const STRANGER = run("stranger", 60);

test("a family is a tree: each after its parent, the earlier fork first", () => {
  const family = familyOf(LATE, [STRANGER, GRANDCHILD, LATE, ROOT, EARLY]);
  expect(family.map(({ name, depth, begun, end }) => [name, depth, begun, end])).toEqual([
    ["root", 0, 0, 60],
    ["early", 1, 20, 70],
    ["grandchild", 2, 40, 90],
    ["late", 1, 50, 80],
  ]);
  expect(existing(family)).toEqual(["root", "early", "grandchild", "late"]);
  expect(familyOf(STRANGER, [ROOT, LATE, STRANGER])).toHaveLength(1);
});

test("deleted ancestors stay in the tree, as far as others grew from them", () => {
  const family = familyOf(GRANDCHILD, [GRANDCHILD, LATE]);
  expect(family.map(({ name, run: own, begun, end }) => [name, own === undefined, begun, end])).toEqual([
    ["root", true, 0, 50],
    ["early", true, 20, 40],
    ["grandchild", false, 40, 90],
    ["late", false, 50, 80],
  ]);
  expect(existing(family)).toEqual(["grandchild", "late"]);
});

test("a run of another family that took the name of a deleted ancestor is no relative", () => {
  const namesake = run("early", 70, [["elsewhere", 10]]);
  const family = familyOf(GRANDCHILD, [GRANDCHILD, ROOT, namesake]);
  expect(family.map(({ name, run: own }) => [name, own === undefined])).toEqual([
    ["root", false],
    ["early", true],
    ["grandchild", false],
  ]);
});

test("a point of a curve lies between its samples, or at its end", () => {
  const curve = [
    [10, 1],
    [20, 3],
  ] as const;
  expect(valueOn(curve, 10)).toEqual([10, 1]);
  expect(valueOn(curve, 15)).toEqual([15, 2]);
  expect(valueOn(curve, 25)).toEqual([20, 3]);
  expect(valueOn(curve, 5)).toBeUndefined();
  expect(valueOn([], 5)).toBeUndefined();
});

test("a fork's curve begins on its parent's, also where that is a fork itself", () => {
  const branch = (name: string, lineage: Lineage, samples: readonly (readonly [number, number])[]) => ({
    runs: [name],
    lineage: lineage.map(([parent, epoch]) => ({ run: parent, epoch })),
    samples,
  });
  const root = branch(
    "root",
    [],
    [
      [10, 1],
      [30, 3],
    ],
  );
  const child = branch("child", [["root", 20]], [[30, 5]]);
  const grandchild = branch(
    "grandchild",
    [
      ["child", 25],
      ["root", 20],
    ],
    [[30, 9]],
  );
  const orphan = branch("orphan", [["gone", 20]], [[30, 7]]);
  expect(joined([grandchild, child, root, orphan])).toEqual([
    {
      samples: [
        [25, 3.5],
        [30, 9],
      ],
      fork: [25, 3.5],
    },
    {
      samples: [
        [20, 2],
        [30, 5],
      ],
      fork: [20, 2],
    },
    { samples: root.samples, fork: undefined },
    { samples: orphan.samples, fork: undefined },
  ]);
  const unmeasured = branch("child", [["root", 20]], []);
  expect(joined([root, unmeasured])[1]).toEqual({ samples: [], fork: undefined });
});

test("the epochs of forks alone begin where the earliest of them does", () => {
  expect(firstEpoch([LATE, GRANDCHILD])).toBe(41);
  expect(firstEpoch([LATE, ROOT])).toBe(1);
  expect(firstEpoch([])).toBe(1);
});

test("what has changed is said in the words of the form", () => {
  expect(changeWords({ field: "optimizer.generator.name", before: "adam", after: "sgd" })).toEqual({
    label: "Generator: optimiser",
    before: "Adam",
    after: "SGD",
  });
  expect(changeWords({ field: "stop.map_change_below", before: null, after: 0.01 })).toMatchObject({
    before: "never stop early",
    after: "0.01",
  });
  expect(lineageWords(GRANDCHILD.lineage)).toBe("early at epoch 40, root at epoch 20");
  expect(
    takenOverWords({
      generator_optimizer: "taken",
      discriminator_optimizer: "begun_anew",
      average: "none",
    }),
  ).toEqual([
    "Both networks go on with their weights.",
    "The generator’s optimiser goes on with what it remembers; the discriminator’s begins anew.",
  ]);
});
