import { expect, test } from "vitest";
import { emptiedWords, stoodFor } from "../../../src/core/training/emptied.ts";

const begun = {
  spec: {
    name: "mnist-2d",
    epochs: 20,
    latent: { dim: 2 },
    network: { dropout: 0, filters: null },
    optimizer: { generator: { name: "adam", learning_rate: 0.0002 } },
  },
  words: "as in the template",
};

test("an emptied field is as the form began, zero included", () => {
  expect(stoodFor("epochs", {}, begun)).toBe(20);
  expect(stoodFor("latent.dim", { latent: { dim: 3 } }, begun)).toBe(2);
  expect(stoodFor("network.dropout", {}, begun)).toBe(0);
});

test("what the form began without has its default", () => {
  expect(stoodFor("batch_size", {}, begun)).toBeUndefined();
  expect(stoodFor("network.filters", {}, begun)).toBeUndefined();
});

test("parameters of another optimiser have the defaults of that one", () => {
  const path = "optimizer.generator.learning_rate";
  const draft = (name: string) => ({ optimizer: { generator: { name } } });
  expect(stoodFor(path, draft("adam"), begun)).toBe(0.0002);
  expect(stoodFor(path, draft("sgd"), begun)).toBeUndefined();
});

test("it is said where the value comes from", () => {
  expect(emptiedWords(20, "epochs", {}, begun)).toBe("Left empty, it is 20, as in the template.");
  expect(emptiedWords(256, "batch_size", {}, begun)).toBe("Left empty, it is 256, the default.");
  expect(emptiedWords("mnist-2d", "name", {}, begun)).toBe("Left empty, it is mnist-2d, as proposed.");
});
