import { expect, test } from "vitest";
import type { RunState } from "../../../src/api/types.ts";
import { missingReports, ownRows, partialReport, reportRows } from "../../../src/core/runs/reportRows.ts";
import { cannedReport } from "../../../src/gallery/world/report.ts";
import { cannedRuns } from "../../../src/gallery/world/runs.ts";

const view = cannedRuns().find(({ view: { name } }) => name === "mnist-2d")?.view;
if (!view) throw new Error("no run");
const report = cannedReport(view);
const row = (label: string, reports: Parameters<typeof reportRows>[0]) =>
  reportRows(reports).find((one) => one.label === label)?.cells;

test("figures stand side by side in words with units", () => {
  expect(row("Generator", [report, report])).toEqual(
    Array(2).fill("1,101,632 parameters, 1,076,160 learnt"),
  );
  expect(row("Strong two-sample test", [report])).toEqual(["0.0853"]);
  expect(row("Strong test, error", [report])).toEqual(["3.3 %"]);
  expect(row("Test of the founding study", [report])).toEqual(["0.0362"]);
  expect(row("Study's test, error", [report])).toEqual(["1.2 %"]);
  expect(row("The study's own loss", [report])).toEqual([
    "0.0055 after 1,000 epochs, 0.0154 after 5,000 epochs",
  ]);
  expect(row("Peak memory", [report])).toEqual(["2,310 MiB"]);
});

test("a run without a report shows what is known of it, and figures without values have no row", () => {
  const running = cannedRuns()[0]?.view;
  if (!running) throw new Error("no run");
  const known = partialReport(running);
  expect(row("Data set", [report, known])).toEqual(["mnist", "digits"]);
  expect(row("Epochs", [report, known])).toEqual(["50", "24"]);
  expect(row("Network", [known])).toEqual(["dcgan28, leaky_relu"]);
  expect(row("Strong two-sample test", [report, known])).toEqual(["0.0853", "–"]);
  expect(row("Strong two-sample test", [known])).toBeUndefined();
  expect(row("Label fidelity", [report])).toBeUndefined();
});

test("a report of an older version, or of other data, has nothing of the founding study", () => {
  const old = { ...report, study_test: null, study_losses: [] };
  expect(row("Test of the founding study", [old])).toBeUndefined();
  expect(row("The study's own loss", [old])).toBeUndefined();
});

test("the page of a run repeats nothing of the report that stands elsewhere on it", () => {
  const labels = ownRows(report).map(({ label }) => label);
  expect(labels).toEqual([
    "Generator",
    "Discriminator",
    "Peak memory",
    "Precision",
    "95\u00a0% range of stretch",
    "Generated surface",
    "Median distance to the map",
    "Classifier",
  ]);
  expect(ownRows({ ...report, stopped_early: true }).map(({ label }) => label)).toContain("Epochs");
});

test("only trainings that have not ended promise a report", () => {
  const run = (name: string, state: RunState) => ({ run: { name, state }, report: undefined });
  expect(missingReports([{ ...run("a", "succeeded"), report: {} }])).toBe("");
  expect(missingReports([run("a", "queued")])).toBe(
    "The final tests and the rest of the report follow at the end of a training.",
  );
  expect(missingReports([run("a", "cancelled"), run("b", "failed")])).toBe("Without a report: a, b.");
});
