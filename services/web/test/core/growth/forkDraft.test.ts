import { expect, test } from "vitest";
import {
  fieldPath,
  fieldValue,
  newFork,
  requestOf,
  startEpoch,
  withField,
} from "../../../src/core/growth/forkDraft.ts";

const ADAM = { name: "adam", learning_rate: 0.0001 };
const PARENT = { name: "mnist-2d", epochs: 60, batch_size: 256, optimizer: { generator: ADAM } };

test("a fork begins as its parent under another name", () => {
  const form = newFork(PARENT, 40, new Set(["mnist-2d-fork"]));
  expect(requestOf(PARENT, form)).toEqual({
    name: "mnist-2d-fork-2",
    epoch: 40,
    epochs: undefined,
    changes: {},
  });
  expect(fieldValue(form, "epochs", { epochs: 120 })).toBe(120);
});

test("what is typed becomes the epoch, the epochs, or a change", () => {
  let form = newFork(PARENT, 40, new Set());
  form = withField(form, "epoch", "50");
  form = withField(form, "epochs", 90);
  form = withField(form, "batch_size", 64);
  expect(requestOf(PARENT, form)).toMatchObject({ epoch: 50, epochs: 90, changes: { batch_size: 64 } });
  expect(fieldValue(form, "epoch", {})).toBe("50");
  expect(fieldValue(form, "epochs", { epochs: 120 })).toBe(90);
  const back = withField(form, "batch_size", 256);
  expect(requestOf(PARENT, back).changes).toEqual({});
});

test("another optimiser drops the parameters of the old one", () => {
  const form = withField(newFork(PARENT, 40, new Set()), "optimizer.generator.name", "sgd");
  expect(requestOf(PARENT, form).changes).toEqual({ optimizer: { generator: { name: "sgd" } } });
});

test("the name alone has no parameters to drop", () => {
  const form = withField(newFork(PARENT, 40, new Set()), "name", "warmer");
  expect(requestOf(PARENT, form)).toMatchObject({ name: "warmer", changes: {} });
});

test("problems of changes belong to the fields of the form", () => {
  expect(fieldPath("changes.optimizer.generator.learning_rate")).toBe("optimizer.generator.learning_rate");
  expect(fieldPath("epochs")).toBe("epochs");
});

test("a fork begins at the wanted epoch, or at the newest kept one before it", () => {
  expect(startEpoch([20, 40, 60], 40)).toBe(40);
  expect(startEpoch([20, 40, 60], 55)).toBe(40);
  expect(startEpoch([20, 40, 60], 10)).toBe(60);
  expect(startEpoch([20, 40, 60], undefined)).toBe(60);
  expect(startEpoch([], 40)).toBeUndefined();
});

test("an emptied field is as in the parent, and emptied epochs are those that are proposed", () => {
  const begun = { spec: PARENT, words: "as in the parent" };
  const changed = withField(newFork(PARENT, 40, new Set()), "batch_size", 64, begun);
  const emptied = withField(withField(changed, "batch_size", undefined, begun), "epochs", undefined, begun);
  expect(requestOf(PARENT, emptied)).toMatchObject({ epochs: undefined, changes: {} });
});
