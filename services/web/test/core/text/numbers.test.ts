import { expect, test } from "vitest";
import { typedValues } from "../../../src/core/experiments/variables.ts";
import { readNumber, readNumbers, readWhole } from "../../../src/core/text/numbers.ts";
import { fieldsOf } from "../../../src/core/training/field.ts";
import { SECTIONS } from "../../../src/core/training/sections.ts";

test.each([
  ["0,5", 0.5],
  ["0.5", 0.5],
  [" -0,25 ", -0.25],
  ["−0.25", -0.25],
  ["–1", -1],
  ["+.5", 0.5],
  [",5", 0.5],
  ["1.", 1],
  ["1,5e-3", 0.0015],
  ["1e-4", 0.0001],
  ["1.000", 1],
  ["1,000", 1],
  ["1.234,5", 1234.5],
  ["1,234.5", 1234.5],
  ["1,000,000", 1_000_000],
  ["1 000", 1000],
  ["\u00a00,5\u00a0", 0.5],
  ["-0", -0],
])("%j is the number %d", (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each([
  "",
  " ",
  "-",
  "abc",
  "0,5,5",
  "0, 5",
  "1 5",
  "0x10",
  "Infinity",
  "NaN",
  "1e999",
  "1.2,3.4",
  "--1",
  "5 %",
])("%j is no number", (text) => {
  expect(readNumber(text)).toBeUndefined();
});

test.each([
  ["5,000", 5000],
  ["5.000", 5000],
  ["5 000", 5000],
  ["1’000", 1000],
  ["1,000,000", 1_000_000],
  ["12", 12],
  ["0,001", 0.001],
  ["1,5", 1.5],
  ["-1,000", -1000],
])("%j is the count %d", (text, value) => {
  expect(readWhole(text)).toBe(value);
});

test.each([
  ["0.25, -0.75", [0.25, -0.75]],
  ["0.25,-0.75", [0.25, -0.75]],
  ["0,25, -0,75", [0.25, -0.75]],
  ["0,25; −0,75", [0.25, -0.75]],
  ["0,25 -0,75", [0.25, -0.75]],
  ["0.25\t-0.75", [0.25, -0.75]],
  ["0.25\n-0.75\n", [0.25, -0.75]],
  ["0.25,\n-0.75", [0.25, -0.75]],
  ["(0.25, -0.75)", [0.25, -0.75]],
  ["[0.25 -0.75]", [0.25, -0.75]],
  ["[0.25, -0.75]", [0.25, -0.75]],
  ["[[0.25, -0.75]]", [0.25, -0.75]],
  ["z = np.array([0.25, -0.75])", [0.25, -0.75]],
  ['{"points": [[0.25, -0.75]], "label": 3}', [0.25, -0.75]],
  ['{"point": [1, 2, 3]}', [1, 2, 3]],
  ["1, 2, 3, 4", [1, 2, 3, 4]],
  ["0,5", [0.5]],
])("%j is a vector", (text, values) => {
  expect(readNumbers(text)).toEqual(values);
});

test.each(["", "abc", "0.25, x", "[0.25, null]", "{}", "[]", "1, , 2"])("%j is no vector", (text) => {
  expect(readNumbers(text)).toBeUndefined();
});

test("values of an experiment: decimal commas are kept apart by semicolons", () => {
  expect(typedValues("0,5; 0,9")).toEqual([0.5, 0.9]);
  expect(typedValues("0.5, 0.9")).toEqual([0.5, 0.9]);
  expect(typedValues("0,1,2", true)).toEqual([0, 1, 2]);
  expect(typedValues("0 1 2", true)).toEqual([0, 1, 2]);
  expect(typedValues("1,000; 2,000", true)).toEqual([1000, 2000]);
  expect(typedValues("2, many")).toEqual([2, "many"]);
});

test("every field that counts something is a whole number", () => {
  const numbers = SECTIONS.flatMap(fieldsOf).flatMap((field) => (field.kind === "number" ? [field] : []));
  const counts = numbers.filter(({ whole }) => whole).map(({ path }) => path);
  expect(counts).toEqual(
    expect.arrayContaining(["epochs", "batch_size", "seed", "network.filters", "export.keep"]),
  );
  expect(counts).not.toContain("optimizer.generator.learning_rate");
});
