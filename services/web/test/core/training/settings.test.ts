import { expect, test } from "vitest";
import { pathWords } from "../../../src/core/experiments/variables.ts";
import { differencesOf, settingsOf } from "../../../src/core/training/settings.ts";
import previews from "../../../src/gallery/data/previews.json";

test("settings are read by path, and what is not set is automatic", () => {
  expect(settingsOf({ epochs: 5, network: { filters: null, activation: { name: "elu" } } })).toEqual([
    ["epochs", "5"],
    ["network.filters", "automatic"],
    ["network.activation.name", "elu"],
  ]);
});

test("a stored spec shows the activation of each network", () => {
  const paths = settingsOf(previews["2"].spec).map(([path]) => path);
  expect(paths).toContain("network.activation.name");
  expect(paths).toContain("network.discriminator_activation.name");
});

test("specs differ in values, and in settings that one of them lacks; names do not count", () => {
  const one = { name: "a", seed: 0, network: { activation: { name: "elu", alpha: 1 } } };
  const other = { name: "b", seed: 0, network: { activation: { name: "relu" } } };
  expect(differencesOf([one, other])).toEqual([
    { path: "network.activation.name", values: ["elu", "relu"] },
    { path: "network.activation.alpha", values: ["1", "–"] },
  ]);
  expect(differencesOf([one, { ...one, name: "c" }])).toEqual([]);
});

test("a setting is called as in the form, with the network that it belongs to", () => {
  expect(pathWords("network.activation")).toBe("Generator: activation");
  expect(pathWords("network.discriminator_activation.name")).toBe("Discriminator: activation");
  expect(pathWords("latent.folds")).toBe("Folds");
  expect(pathWords("seed")).toBe("Seed");
  expect(pathWords("something.else")).toBe("something.else");
});
