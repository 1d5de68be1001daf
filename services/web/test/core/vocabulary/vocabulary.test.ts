import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportRows } from "../../../src/core/runs/reportRows.ts";
import { fieldsOf } from "../../../src/core/training/field.ts";
import { SECTIONS } from "../../../src/core/training/sections.ts";
import { METRICS } from "../../../src/core/vocabulary/metrics.ts";
import { QUALITY } from "../../../src/core/vocabulary/report.ts";
import { STATES } from "../../../src/core/vocabulary/states.ts";
import {
  ACTIVATIONS,
  ARCHITECTURES,
  CONDITIONINGS,
  LOSSES,
  OPTIMIZERS,
  PRECISIONS,
  PRIORS,
  SCHEDULES,
} from "../../../src/core/vocabulary/training.ts";
import { cannedReport } from "../../../src/gallery/world/report.ts";
import { cannedRuns } from "../../../src/gallery/world/runs.ts";

const SRC = join(import.meta.dirname, "../../../src");
/** The API's own files, and what the gallery makes up. */
const NOT_READ = /^(api|gallery|core\/vocabulary)\//;
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !NOT_READ.test(file),
);

test.each(Object.entries({ ACTIVATIONS, OPTIMIZERS, LOSSES, CONDITIONINGS, SCHEDULES, METRICS, QUALITY }))(
  "the names of %s are listed nowhere else",
  (_, table) => {
    const names = Object.keys(table);
    const lists = sources.filter((file) => {
      const text = readFileSync(join(SRC, file), "utf8");
      return names.filter((name) => text.includes(`"${name}"`)).length > 1;
    });
    expect(lists).toEqual([]);
  },
);

test("the form offers every choice, and every parameter of it", () => {
  const fields = new Map(SECTIONS.flatMap(fieldsOf).map((field) => [field.path, field]));
  const offered = (path: string) => {
    const field = fields.get(path);
    return field?.kind === "choice" ? field.options.map(({ value }) => value) : [];
  };
  expect(offered("network.conditioning")).toEqual(Object.keys(CONDITIONINGS));
  expect(offered("optimizer.generator.name")).toEqual(Object.keys(OPTIMIZERS));
  expect(offered("loss")).toEqual(Object.keys(LOSSES));
  expect(offered("network.architecture")).toEqual(Object.keys(ARCHITECTURES));
  expect(offered("latent.prior")).toEqual(Object.keys(PRIORS));
  expect(offered("precision")).toEqual(Object.keys(PRECISIONS));
  for (const whose of ["activation", "discriminator_activation"]) {
    const prefix = `network.${whose}.`;
    expect(offered(`${prefix}name`)).toEqual(Object.keys(ACTIVATIONS));
    for (const [name, { parameters }] of Object.entries(ACTIVATIONS)) {
      const draft = { network: { [whose]: { name } } };
      const shown = [...fields.values()]
        .filter(({ path, when }) => path.startsWith(prefix) && when?.(draft))
        .map(({ path }) => path.replace(prefix, ""));
      expect(shown.toSorted(), name).toEqual(Object.keys(parameters).toSorted());
    }
  }
});

test("everything has words", () => {
  for (const { label, short, help } of Object.values(METRICS)) {
    expect([label, short].every(Boolean)).toBe(true);
    expect(help.length).toBeGreaterThan(15);
  }
  for (const { label, help } of Object.values(STATES)) expect(label && help).toBeTruthy();
  const view = cannedRuns().find(({ view: { name } }) => name === "mnist-2d")?.view;
  if (!view) throw new Error("no run");
  for (const { label, help } of reportRows([cannedReport(view)])) expect(label && help).toBeTruthy();
});
