import { expect, test } from "vitest";
import {
  leaning,
  scalarTheme,
  themesOfAll,
  unitOf,
  valueText,
  valueWords,
} from "../../../src/core/themes/theme.ts";
import { cannedTheme } from "./cannedTheme.ts";

const chance = cannedTheme();
const length = cannedTheme({
  name: "length",
  title: "Length",
  unit: "metres",
  range: null,
  ramp: "sequential",
  low: "short",
  high: "long",
});

test("only a theme of numbers that is offered is one", () => {
  const themes = [cannedTheme({ name: "kinds", kind: "classes", ramp: null, range: null }), chance];
  expect(scalarTheme(themes, "chance")).toBe(chance);
  for (const name of [undefined, "", "kinds", "length"]) expect(scalarTheme(themes, name)).toBeUndefined();
});

test("several models offer each theme once, in the order of the first", () => {
  const rain = cannedTheme({ title: "Chance of another model" });
  const snow = cannedTheme({ name: "snow" });
  expect(themesOfAll([[length, chance], [snow, rain, length], []])).toEqual([length, chance, snow]);
});

test("a share needs no unit", () => {
  expect(unitOf(chance)).toBe("");
  expect(unitOf(length)).toBe("metres");
  expect(valueText(length, 4.123)).toBe("4.12 metres");
});

test("on both sides of the middle, a value leans to one of them or to none", () => {
  const words = [0, 0.44, 0.46, 0.5, 0.54, 0.56, 1].map((value) => leaning(chance, value, 0, 1));
  expect(words).toEqual(["dry", "dry", "undecided", "undecided", "undecided", "wet", "wet"]);
});

test("from low to high, only the ends have words", () => {
  expect([10, 12, 15, 18, 20].map((value) => leaning(length, value, 10, 20))).toEqual([
    "short",
    "short",
    "",
    "long",
    "long",
  ]);
  expect(leaning(length, 3, 3, 3)).toBe("");
});

test("a value in words", () => {
  expect(valueWords(chance, 0.83, 0, 1)).toBe("Chance 0.83, wet");
  expect(valueWords(length, 15, 10, 20)).toBe("Length 15 metres");
  expect(valueWords(chance, Number.NaN, 0, 1)).toBe("Chance not known");
});
