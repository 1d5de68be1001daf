/** Canned runs compared as the gateway compares them: those that differ only in their seed together. */
import type { Components } from "../../api/types.ts";
import { isOfEpochs, samplesOf } from "../../core/runs/figures.ts";
import type { Metric } from "../../core/vocabulary/metrics.ts";
import { cellOf, verdictOf } from "./experiments.ts";
import { cannedReport } from "./report.ts";
import type { CannedRun } from "./runs.ts";

export function comparisonOfRuns(runs: readonly CannedRun[], metric: Metric): Components["RunComparison"] {
  const groups = groupedBySeed(runs);
  const samples = groups.map((own) =>
    own.map((run) => new Map(isOfEpochs(metric) ? samplesOf(run.epochs, metric) : atTheEnd(run, metric))),
  );
  const epochs = [...new Set(samples.flat().flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  const labels = groups.map(labelOf);
  const rows = groups.map((_, combination) => ({
    combination,
    label: labels[combination] ?? "",
    cells: epochs.map((epoch) =>
      cellOf(
        epoch,
        (samples[combination] ?? []).flatMap((one) => one.get(epoch) ?? []),
      ),
    ),
  }));
  return {
    groups: groups.map((own, number) => ({
      label: labels[number] ?? "",
      runs: own.map(({ view }) => view.name),
      seeds: own.map(({ view }) => view.spec.seed ?? 0),
    })),
    comparison: { metric, epochs, rows, verdict: verdictOf(metric, epochs, rows) },
  };
}

/** A figure of the quality, where there is a report. */
function atTheEnd({ view }: CannedRun, metric: Metric): (readonly [number, number])[] {
  const figures: Readonly<Record<string, unknown>> =
    view.state === "succeeded" ? { ...cannedReport(view).quality } : {};
  const value = figures[metric];
  return typeof value === "number" ? [[view.epoch, value]] : [];
}

function groupedBySeed(runs: readonly CannedRun[]): CannedRun[][] {
  const groups = new Map<string, CannedRun[]>();
  for (const run of runs) {
    const { spec, lineage } = run.view;
    const key = JSON.stringify([{ ...spec, name: "", seed: 0 }, lineage]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

function labelOf(runs: readonly CannedRun[]): string {
  const [first = "", ...others] = runs.map(({ view }) => view.name);
  return others.length === 0 ? first : `${first.replace(/-s\d+$/, "")} (${runs.length} seeds)`;
}
