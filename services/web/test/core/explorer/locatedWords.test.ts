import { expect, test } from "vitest";
import { seenWords, withArticle } from "../../../src/core/explorer/locatedWords.ts";

const two = { label: "2", index: 2, probability: 0.97 };
const eight = { label: "8", index: 8, probability: 0.6 };

test("what the classifier sees is said first", () => {
  expect(seenWords({ seen: two, class: { ...two, probability: 0.8 } })).toBe("It looks like a 2, 97 %.");
});

test("a model that makes no such image says what is nearest", () => {
  expect(seenWords({ seen: two, class: eight })).toBe(
    "It looks like a 2, 97 %. The model's image that is most like it is an 8.",
  );
});

test("versions that cannot tell say nothing", () => {
  expect(seenWords({ seen: null, class: two })).toBe("");
});

test.each([
  ["2", "a 2"],
  ["8", "an 8"],
  ["11", "an 11"],
  ["111", "a 111"],
  ["ankle boot", "an ankle boot"],
  ["Trouser", "a Trouser"],
])("%s: %s", (name, words) => {
  expect(withArticle(name)).toBe(words);
});
