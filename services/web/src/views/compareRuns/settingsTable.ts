/** The settings in which runs differ, with a column for each run. */
import type { RunView } from "../../api/types.ts";
import { pathWords } from "../../core/experiments/variables.ts";
import { differencesOf } from "../../core/training/settings.ts";
import { h } from "../../ui/dom.ts";
import { runsTable } from "../run/reportTable.ts";

interface Shown {
  readonly run: RunView;
  /** Colour of the run in the charts. */
  readonly colour: string;
}

export function settingsTable(runs: readonly Shown[]): HTMLElement {
  const differences = differencesOf(runs.map(({ run }) => run.spec));
  if (differences.length === 0) return h("p", { class: "chart-help" }, "They differ in none.");
  return runsTable(
    runs.map(({ run, colour }) => ({ name: run.name, colour })),
    differences.map(({ path, values }) => ({ label: pathWords(path), help: path, cells: values })),
    {
      name: "Settings, table",
      caption: "The settings that differ, with one row for each",
      rowHead: "Setting",
    },
  );
}
