/** The settings in which runs differ, with a column for each run. */
import type { RunView } from "../../api/types.ts";
import { pathWords } from "../../core/experiments/variables.ts";
import { differencesOf } from "../../core/training/settings.ts";
import { h } from "../../ui/dom.ts";
import { runHeads } from "../run/reportTable.ts";

interface Shown {
  readonly run: RunView;
  /** Colour of the run in the charts. */
  readonly colour: string;
}

export function settingsTable(runs: readonly Shown[]): HTMLElement {
  const differences = differencesOf(runs.map(({ run }) => run.spec));
  if (differences.length === 0) return h("p", { class: "chart-help" }, "They differ in none.");
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Settings, table" },
    h(
      "table",
      { class: "comparison-table report-table" },
      h("caption", { class: "visually-hidden" }, "The settings that differ, with one row for each"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Setting"),
          runHeads(runs.map(({ run, colour }) => ({ name: run.name, colour }))),
        ),
      ),
      h(
        "tbody",
        {},
        differences.map(({ path, values }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", title: path }, pathWords(path)),
            values.map((value) => h("td", {}, value)),
          ),
        ),
      ),
    ),
  );
}
