/** Reports side by side, with a row for each figure and a column for each run. */
import { csvBlob } from "../../core/formats/csv.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { reportRows } from "../../core/runs/reportRows.ts";
import type { PartialReport } from "../../core/vocabulary/report.ts";
import { h } from "../../ui/dom.ts";
import { explained } from "../../ui/glossary/terms.ts";

export interface Reported {
  readonly name: string;
  readonly report: PartialReport;
  /** Colour of the run in the charts. */
  readonly colour?: string;
}

export function reportTable(runs: readonly Reported[]): HTMLElement {
  return runsTable(runs, reportRows(runs.map(({ report }) => report)), {
    name: "Reports, table",
    caption: "The reports, with one row for each figure",
    rowHead: "Figure",
  });
}

interface RunsTableRow {
  readonly label: string;
  readonly help?: string;
  /** One for each run. */
  readonly cells: readonly string[];
}

/** Runs side by side, with a column for each. */
export function runsTable(
  runs: readonly Pick<Reported, "name" | "colour">[],
  rows: readonly RunsTableRow[],
  words: { readonly name: string; readonly caption: string; readonly rowHead: string },
): HTMLElement {
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": words.name },
    h(
      "table",
      { class: "comparison-table report-table" },
      h("caption", { class: "visually-hidden" }, words.caption),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.rowHead), runHeads(runs))),
      h(
        "tbody",
        {},
        rows.map(({ label, help, cells }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, help ? explained(label, help) : label),
            cells.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** The heads of the columns: a link to each run, in its colour. */
function runHeads(runs: readonly Pick<Reported, "name" | "colour">[]): HTMLElement[] {
  return runs.map(({ name, colour }) =>
    h(
      "th",
      { scope: "col" },
      colour ? h("span", { class: "swatch line", style: { background: colour } }) : null,
      h("a", { href: linkTo.run(name) }, name),
    ),
  );
}

export function reportCsv(runs: readonly Reported[]): Blob {
  const rows = reportRows(runs.map(({ report }) => report));
  return csvBlob(
    ["figure", ...runs.map(({ name }) => name)],
    rows.map(({ label, cells }) => [label, ...cells]),
  );
}
