/** The comparison as a table: a row for each combination, the best first, a column for each measured epoch. */
import { byResult, type Comparison, cellText } from "../../core/experiments/comparison.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { integer } from "../../core/text/format.ts";
import { METRICS } from "../../core/vocabulary/metrics.ts";
import { h } from "../../ui/dom.ts";

export function comparisonTable(comparison: Comparison): HTMLElement {
  const { epochs, metric } = comparison;
  const rows = byResult(comparison);
  const { label } = METRICS[metric];
  if (epochs.length === 0) {
    return h("p", { class: "quiet-note" }, `${label}: not measured.`);
  }
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": `${label}, table` },
    h(
      "table",
      { class: "comparison-table" },
      h(
        "caption",
        { class: "visually-hidden" },
        `${label}: mean over seeds and half the width of its 95\u00a0% interval, by epoch`,
      ),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Combination"),
          epochs.map((epoch) => h("th", { scope: "col", class: "number" }, `Epoch ${integer(epoch)}`)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row" },
              h("span", { class: "swatch", style: { background: seriesColour(row.combination) } }),
              row.label,
            ),
            row.cells.map((cell) =>
              h(
                "td",
                { class: "number", title: `${cell.n} ${cell.n === 1 ? "seed" : "seeds"}` },
                cellText(cell, metric),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
