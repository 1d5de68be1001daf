/** The report of a finished run: the strong two-sample test, quality figures, and a table. */
import type { Report } from "../../api/types.ts";
import { BarList } from "../../charts/barList.ts";
import { LineChart } from "../../charts/lineChart.ts";
import { reportRows } from "../../core/runs/reportRows.ts";
import { integer, percent } from "../../core/text/format.ts";
import { QUALITY, type QualityWords } from "../../core/vocabulary/report.ts";
import { fill, h } from "../../ui/dom.ts";
import type { Tools } from "../../ui/view.ts";
import { downloadButton } from "../shared/download.ts";
import { reportCsv } from "./reportTable.ts";

type StrongTest = NonNullable<Report["strong_test"]>;
type Quality = NonNullable<Report["quality"]>;

export class RunReport {
  readonly element = h("section", { "aria-label": "Report", hidden: true });
  readonly #tools: Tools;
  #curve: LineChart | undefined;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  update(report: Report): void {
    this.dispose();
    const { strong_test: test, quality, label_fidelity: fidelity } = report;
    const cards = [
      test ? this.#testCard(test) : null,
      quality ? qualityCard(quality) : null,
      fidelity ? fidelityCard(fidelity.overall, fidelity.labels) : null,
    ].filter((card) => card !== null);
    fill(
      this.element,
      // Reports of older versions have no such figures.
      cards.length === 0 ? null : h("div", { class: "chart-grid-cards" }, cards),
      tableCard(report, this.#tools),
    );
    this.element.hidden = false;
  }

  dispose(): void {
    this.#curve?.dispose();
    this.#curve = undefined;
  }

  #testCard({ error, band, curve = [], tester }: StrongTest): HTMLElement {
    const chart = new LineChart({
      title: "Strong two-sample test, error",
      yLabel: "%",
      format: percent,
      include: [0, 0.5],
      height: 220,
    });
    this.#curve = chart;
    const [low = 0.5, high = 0.5] = band;
    chart.update({
      lastEpoch: curve.at(-1)?.epoch ?? 1,
      series: [
        {
          label: "error",
          colour: "var(--series-1)",
          samples: curve.map((point) => [point.epoch, point.error]),
        },
      ],
      band: { label: "guessing", edges: curve.map(({ epoch }) => [epoch, low, high]) },
    });
    const comment =
      error >= low ? "It can only guess." : `Pure guessing: ${percent(low)} to ${percent(high)}.`;
    const on = tester ? ` on ${integer(tester.training_images)} images of each kind` : "";
    return h(
      "div",
      { class: "card chart-card" },
      h("p", { class: "verdict" }, h("strong", {}, percent(error)), " ", comment),
      chart.element,
      h(
        "p",
        { class: "chart-help" },
        `How often a strong network, trained at the end${on}, mistakes one kind for the other. The curve shows its own training, epoch by epoch; the last point counts. 50\u00a0% is perfect; at 0\u00a0% every generated image is recognised.`,
      ),
    );
  }
}

function qualityCard(quality: Quality): HTMLElement {
  return h(
    "div",
    { class: "card chart-card" },
    h("h2", { class: "chart-title" }, "Quality"),
    h(
      "dl",
      { class: "quality" },
      Object.values<QualityWords>(QUALITY).map(({ label, text, note }) =>
        h(
          "div",
          {},
          h("dt", {}, label, h("span", { class: "quality-meaning" }, note(quality))),
          h("dd", {}, text(quality)),
        ),
      ),
    ),
    h(
      "p",
      { class: "chart-help" },
      `${integer(quality.generated_images)} generated and ${integer(quality.real_images)} real test images, as the classifier ${quality.classifier_sha256.slice(0, 8)} sees them. Compare only figures of the same classifier.`,
    ),
  );
}

function tableCard(report: Report, { api, notify }: Tools): HTMLElement {
  const { run } = report;
  const download = (label: string, suffix: string, make: () => Promise<Blob> | Blob) =>
    downloadButton(
      {
        label,
        title: `Download the report as ${label}`,
        name: () => `${run}-report.${suffix}`,
        make,
        notify,
      },
      "quiet",
    );
  return h(
    "div",
    { class: "card chart-card" },
    h(
      "div",
      { class: "comparison-head" },
      h("h2", { class: "chart-title" }, "Report"),
      h(
        "div",
        { class: "actions" },
        download("Markdown", "md", () => api.reportFile(run, "text/markdown")),
        download("JSON", "json", () => api.reportFile(run, "application/json")),
        download("CSV", "csv", () => reportCsv([{ name: run, report }])),
      ),
    ),
    h(
      "dl",
      { class: "spec-list report-list" },
      reportRows([report]).map(({ label, help, cells: [cell] }) =>
        h("div", { title: help }, h("dt", {}, label), h("dd", {}, cell)),
      ),
    ),
  );
}

function fidelityCard(overall: number, labels: Readonly<Record<string, number>>): HTMLElement {
  const bars = new BarList("Label fidelity", `${percent(overall)} overall`);
  bars.update(Object.entries(labels).map(([label, share]) => ({ label, share })));
  return h(
    "div",
    { class: "card chart-card" },
    bars.element,
    h("p", { class: "chart-help" }, "Share of the images that show the requested class."),
  );
}
