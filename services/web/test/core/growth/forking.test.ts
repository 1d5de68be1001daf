import { expect, test } from "vitest";
import { changesOf, forkSections, isChangeable, keptBecause } from "../../../src/core/growth/forking.ts";
import { fieldsOf } from "../../../src/core/training/field.ts";
import { SECTIONS } from "../../../src/core/training/sections.ts";

const ADAM = { name: "adam", learning_rate: 0.0001, beta_1: 0.9 };
const PARENT = {
  name: "parent",
  epochs: 60,
  batch_size: 256,
  optimizer: { generator: ADAM, discriminator: ADAM },
  stop: { map_change_below: null },
};

test("what keeps the weights may change, what decides their shape or meaning may not", () => {
  for (const path of ["name", "epochs", "loss", "network.dropout", "optimizer.generator.learning_rate"]) {
    expect(isChangeable(path)).toBe(true);
    expect(keptBecause(path)).toBeUndefined();
  }
  for (const path of ["dataset", "latent.dim", "network.batch_norm", "losses"]) {
    expect(isChangeable(path)).toBe(false);
  }
});

test("every field of the form is either open or kept, with a reason of its own", () => {
  const { open, kept } = forkSections(SECTIONS);
  const paths = (fields: readonly { readonly path: string }[]) => fields.map(({ path }) => path);
  expect([...paths(open.flatMap(fieldsOf)), ...paths(kept)].sort()).toEqual(
    paths(SECTIONS.flatMap(fieldsOf)).sort(),
  );
  expect(paths(open.flatMap(fieldsOf)).every(isChangeable)).toBe(true);
  expect(kept.length).toBeGreaterThan(10);
  const general = keptBecause("something.else");
  for (const { path } of kept) expect(keptBecause(path), path).not.toBe(general);
});

test("no section and no group is left empty", () => {
  const { open } = forkSections(SECTIONS);
  expect(open.map(({ title }) => title)).toEqual(["What to learn", "Networks", "Learning", "Advanced"]);
  for (const section of open) {
    expect(fieldsOf(section).length).toBeGreaterThan(0);
    for (const group of section.groups ?? []) expect(group.fields.length).toBeGreaterThan(0);
  }
});

test("only what differs is a change, without the name and the epochs", () => {
  expect(changesOf(PARENT, PARENT)).toEqual({});
  const draft = {
    ...PARENT,
    name: "fork",
    epochs: 90,
    batch_size: 64,
    optimizer: { generator: { ...ADAM, learning_rate: 0.0005 }, discriminator: ADAM },
    stop: { map_change_below: 0.01 },
  };
  expect(changesOf(PARENT, draft)).toEqual({
    batch_size: 64,
    optimizer: { generator: { learning_rate: 0.0005 } },
    stop: { map_change_below: 0.01 },
  });
});

test("an optimiser of another name is given whole, without the parameters of the old one", () => {
  const sgd = { name: "sgd", momentum: 0.9 };
  const draft = { ...PARENT, optimizer: { generator: sgd, discriminator: ADAM } };
  expect(changesOf(PARENT, draft)).toEqual({ optimizer: { generator: sgd } });
});
