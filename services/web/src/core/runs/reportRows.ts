/** Reports as the rows of one table, with a column for each run. */
import type { RunView } from "../../api/types.ts";
import { type PartialReport, REPORT_ROWS, type ReportRow } from "../vocabulary/report.ts";
import { isFinished } from "./liveRun.ts";

export interface ReportCells {
  readonly label: string;
  readonly help: string;
  /** One for each report, as text with its unit; a dash if it was not measured. */
  readonly cells: readonly string[];
}

/** What is known of a run before its report is written, or if none is written. */
export function partialReport({
  spec,
  epoch,
  seconds_per_epoch,
  metrics,
  warnings,
  lineage,
  extended_at,
}: RunView): PartialReport {
  return {
    dataset: spec.dataset,
    architecture: spec.network?.architecture ?? null,
    activation: spec.network?.activation?.name ?? null,
    latent_dim: spec.latent?.dim ?? 2,
    conditional: spec.conditional ?? false,
    epochs: epoch,
    ...(seconds_per_epoch === null ? {} : { seconds_per_epoch }),
    batch_size: spec.batch_size ?? null,
    seed: spec.seed ?? null,
    shares: metrics?.shares ?? null,
    map_change: metrics?.map_change ?? null,
    dead_units: metrics?.dead_units ?? null,
    warnings,
    lineage: lineage ?? [],
    extended_at: extended_at ?? [],
  };
}

/** Rows for which no report has a value are left out. */
export function reportRows(reports: readonly PartialReport[]): ReportCells[] {
  return cellsOf(REPORT_ROWS, reports);
}

/** Of one report what the page of its run says nowhere else. */
export function ownRows(report: PartialReport): ReportCells[] {
  return cellsOf(
    REPORT_ROWS.filter(({ elsewhere }) => !elsewhere?.(report)),
    [report],
  );
}

function cellsOf(rows: readonly ReportRow[], reports: readonly PartialReport[]): ReportCells[] {
  return rows
    .map(({ label, help, text }) => ({
      label,
      help,
      cells: reports.map((report) => text(report) || "–"),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== "–"));
}

/** What is to be said of runs without a report: whether it is still to come. */
export function missingReports(
  runs: readonly { readonly run: Pick<RunView, "name" | "state">; readonly report: object | undefined }[],
): string {
  const without = runs.filter(({ report }) => !report).map(({ run }) => run);
  const due = without.some((run) => !isFinished(run));
  const ended = without.filter(isFinished).map(({ name }) => name);
  return [
    due ? "The final tests and the rest of the report follow at the end of a training." : "",
    ended.length > 0 ? `Without a report: ${ended.join(", ")}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
