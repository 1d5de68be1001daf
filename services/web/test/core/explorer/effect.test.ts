import { expect, test } from "vitest";
import {
  changeOf,
  DIM,
  type Drawn,
  effectWords,
  seenAs,
  shareChange,
} from "../../../src/core/explorer/effect.ts";
import { numbersOf } from "../../../src/core/latent/scalarMap.ts";
import { cannedTheme } from "../themes/cannedTheme.ts";

const NAMES = ["0", "1", "2"];
const classes = (...ids: number[]): Drawn => ({ cells: Uint8Array.from(ids), numbers: undefined });
const chance = cannedTheme({ title: "Discriminator", range: [0, 1], ramp: "diverging" });
const numbers = (...values: number[]): Drawn => {
  const own = numbersOf(chance, Float32Array.from(values));
  return { cells: new Uint8Array(values.length), numbers: own };
};

const before = classes(0, 1, 1, 1, 2, 2, 2, 2, 2, 2);
const after = classes(0, 2, 2, 0, 2, 2, 2, 2, 2, 2);

test("before and after are the maps themselves; after it, it is known what was there", () => {
  expect(seenAs({ before, after }, "before")).toEqual(before);
  expect(seenAs({ before, after }, "after")).toEqual({ ...after, was: before.cells });
});

test("what changed has its new colour, and the rest is dim", () => {
  const seen = seenAs({ before, after }, "changed");
  expect(seen.cells).toBe(after.cells);
  expect([...(seen.opacity ?? [])]).toEqual([DIM, 255, 255, 255, DIM, DIM, DIM, DIM, DIM, DIM]);
});

test("of numbers what changed is the difference, even on both sides of none", () => {
  const pair = { before: numbers(0.5, 0.5, 0.5), after: numbers(0.25, 0.5, Number.NaN) };
  const { numbers: change, cells, was, opacity } = seenAs(pair, "changed");
  expect([...(change?.values ?? [])]).toEqual([-0.25, 0, Number.NaN]);
  expect([change?.low, change?.high]).toEqual([-0.25, 0.25]);
  expect([...cells.subarray(0, 2)]).toEqual([0, 127]);
  expect(change?.theme.ramp).toBe("diverging");
  expect([was, opacity]).toEqual([undefined, undefined]);
  expect(seenAs(pair, "after")).toBe(pair.after);
});

test("the share that changed, and which class took the most from which", () => {
  expect(changeOf(before.cells, after.cells)).toEqual({
    share: 0.3,
    largest: { from: 1, to: 2, share: 0.2 },
  });
  expect(changeOf(before.cells, before.cells)).toEqual({ share: 0 });
  expect(changeOf(new Uint8Array(0), new Uint8Array(0))).toEqual({ share: 0 });
});

test("the change in words", () => {
  expect(effectWords({ before, after }, NAMES)).toBe("30 % of the map changed; 2 took 20 % from 1.");
  expect(effectWords({ before: classes(1, 1), after: classes(1, 0) }, NAMES)).toBe(
    "50 % of the map changed, all of it from 1 to 0.",
  );
  expect(effectWords({ before, after: before }, NAMES)).toBe("No cell of the map changed its class.");
  const pair = { before: numbers(0.5, 0.5, 0.5), after: numbers(0.25, 0.5, Number.NaN) };
  expect(effectWords(pair, NAMES)).toBe("Discriminator changed by 0.125 on average.");
});

test("two shares with one unit, or one where they read the same", () => {
  expect(shareChange(0.12, 0.091)).toBe("12 → 9.1 %");
  expect(shareChange(0.1201, 0.1202)).toBe("12 %");
});
