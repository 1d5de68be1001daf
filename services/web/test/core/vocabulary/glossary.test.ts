import { expect, test } from "vitest";
import { fieldsOf } from "../../../src/core/training/field.ts";
import { SECTIONS } from "../../../src/core/training/sections.ts";
import { entryOf, GLOSSARY_GROUPS, TERM_NAMES } from "../../../src/core/vocabulary/glossary.ts";
import { METRICS } from "../../../src/core/vocabulary/metrics.ts";
import { withTerms } from "../../../src/core/vocabulary/termsInText.ts";

test("every term has one or two sentences, or a setting's help with one more", () => {
  for (const name of TERM_NAMES) {
    const { term, text } = entryOf(name);
    expect(term, name).not.toBe("");
    const sentences = text.match(/[.?!](?= |$)/g) ?? [];
    expect(sentences.length, `${name}: ${text}`).toBeGreaterThanOrEqual(1);
    expect(sentences.length, `${name}: ${text}`).toBeLessThanOrEqual(4);
  }
});

test("no term stands in two groups, and no spelling means two terms", () => {
  const grouped = GLOSSARY_GROUPS.flatMap(({ entries }) => Object.keys(entries));
  expect(new Set(grouped).size).toBe(grouped.length);
  expect(grouped).toEqual(TERM_NAMES);
  const spellings = TERM_NAMES.flatMap((name) => {
    const { term, names = [] } = entryOf(name);
    return [term, ...names].map((spelling) => spelling.toLowerCase());
  });
  expect(new Set(spellings).size).toBe(spellings.length);
});

test("figures and settings are explained in the words that they have elsewhere", () => {
  expect(entryOf("coverage").text).toBe(METRICS.coverage.help);
  const folds = SECTIONS.flatMap(fieldsOf).find(({ path }) => path === "latent.folds");
  expect(entryOf("folds")).toMatchObject({ term: folds?.label, text: folds?.help });
});

test("terms are found as they are written, the longest first and each once", () => {
  expect(withTerms("mnist · 2D latent space · classifier: 99 %")).toEqual([
    "mnist · 2D ",
    { name: "latent_space", text: "latent space" },
    " · ",
    { name: "classifier", text: "classifier" },
    ": 99 %",
  ]);
  expect(withTerms("Coverage in pixels")).toEqual([{ name: "pixel_coverage", text: "Coverage in pixels" }]);
  expect(withTerms("Losses, loss")).toEqual([{ name: "loss", text: "Losses" }, ", loss"]);
  expect(withTerms("Two feature maps")).toEqual(["Two ", { name: "channel", text: "feature maps" }]);
  expect(withTerms("Two-sample test, error")).toEqual([
    { name: "two_sample_test", text: "Two-sample test" },
    ", error",
  ]);
});

test("a term within a word is none", () => {
  expect(withTerms("glossy mapping of proseeds")).toEqual(["glossy mapping of proseeds"]);
  expect(withTerms("")).toEqual([]);
});
