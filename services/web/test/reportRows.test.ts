import { expect, test } from "vitest";
import { reportRows } from "../src/core/reportRows.ts";
import { cannedReport } from "../src/gallery/report.ts";
import { cannedRuns } from "../src/gallery/world.ts";

const view = cannedRuns().find(({ view: { name } }) => name === "mnist-2d")?.view;
if (!view) throw new Error("no run");
const report = cannedReport(view);
const row = (label: string, reports: Parameters<typeof reportRows>[0]) =>
  reportRows(reports).find((one) => one.label === label)?.cells;

test("figures stand side by side in words with units", () => {
  expect(row("Generator", [report, report])).toEqual(
    Array(2).fill("1,101,632 parameters, 1,076,160 learnt"),
  );
  expect(row("Strong two-sample test", [report])).toEqual(["3.3 %"]);
  expect(row("Peak memory", [report])).toEqual(["2,310 MiB"]);
});

test("a run without a report has dashes, and what nobody measured has no row", () => {
  expect(row("Epochs", [report, undefined])).toEqual(["50", "–"]);
  expect(row("Label fidelity", [report])).toBeUndefined();
  expect(reportRows([undefined])).toEqual([]);
});
