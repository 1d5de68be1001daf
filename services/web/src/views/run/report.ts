/** The report of a finished run: the two-sample tests at its end, quality figures, and a table. */
import type { Report } from "../../api/types.ts";
import { BarList } from "../../charts/barList.ts";
import { LineChart } from "../../charts/lineChart.ts";
import { ownRows } from "../../core/runs/reportRows.ts";
import { figure, integer, percent } from "../../core/text/format.ts";
import { QUALITY, type QualityWords, studyLosses } from "../../core/vocabulary/report.ts";
import { fill, h } from "../../ui/dom.ts";
import { explained, marked } from "../../ui/glossary/terms.ts";
import type { Tools } from "../../ui/view.ts";
import { downloadButton } from "../shared/download.ts";
import { reportCsv } from "./reportTable.ts";

type StrongTest = NonNullable<Report["strong_test"]>;
type PixelCoverage = NonNullable<Report["pixel_coverage"]>;
type Quality = NonNullable<Report["quality"]>;

export class RunReport {
  readonly element = h("section", { "aria-label": "Report", hidden: true });
  readonly #tools: Tools;
  #curves: LineChart[] = [];

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  update(report: Report): void {
    this.dispose();
    const { strong_test: strong, study_test: study, quality, label_fidelity: fidelity } = report;
    const cards = [
      strong ? this.#testCard(strongWords(), strong) : null,
      study ? this.#testCard(studyWords(report), study) : null,
      quality ? qualityCard(quality) : null,
      fidelity ? fidelityCard(fidelity.overall, fidelity.labels) : null,
      report.pixel_coverage ? coverageCard(report.pixel_coverage) : null,
    ].filter((card) => card !== null);
    fill(
      this.element,
      // Reports of older versions have no such figures.
      cards.length === 0 ? null : h("div", { class: "chart-grid-cards report-cards" }, cards),
      tableCard(report, this.#tools),
    );
    this.element.hidden = false;
  }

  dispose(): void {
    for (const curve of this.#curves) curve.dispose();
    this.#curves = [];
  }

  #testCard(words: TestWords, test: StrongTest): HTMLElement {
    const { error, cross_entropy, band, curve = [], epoch } = test;
    const chart = new LineChart({
      title: words.title,
      yLabel: "nats",
      format: figure,
      include: [0, GUESSING],
      height: 220,
      unsaid: true,
    });
    this.#curves.push(chart);
    const last = curve.at(-1)?.epoch ?? 1;
    const top = Math.max(1.1 * GUESSING, ...curve.map((point) => point.cross_entropy));
    chart.update({
      lastEpoch: last,
      series: [
        {
          label: "cross-entropy",
          colour: "var(--series-1)",
          samples: curve.map((point) => [point.epoch, point.cross_entropy]),
        },
      ],
      band: { label: "no better than guessing", edges: [1, last].map((end) => [end, GUESSING, top]) },
    });
    const [low = 0.5, high = 0.5] = band;
    const wrong = words.errorSaid ? "" : `Wrong in ${percent(error)}. `;
    const comment =
      error >= low
        ? `${wrong}It can only guess.`
        : `${wrong}Pure guessing is wrong about ${percent(low)} to ${percent(high)} of the images.`;
    return h(
      "div",
      { class: "card chart-card" },
      h("p", { class: "verdict" }, h("strong", {}, figure(cross_entropy)), " ", comment),
      words.beside ? h("p", { class: "verdict" }, words.beside) : null,
      chart.element,
      h("p", { class: "chart-help" }, words.help(test, epoch ?? last)),
    );
  }
}

/** Mean cross-entropy of a network that can only guess, in nats. */
const GUESSING = Math.LN2;

interface TestWords {
  readonly title: string;
  readonly help: (test: StrongTest, counts: number) => string;
  /** Whether the head of the page says how often it is wrong. */
  readonly errorSaid?: true;
  /** What the founding study reached; nothing where it has nothing to be set beside. */
  readonly beside?: string;
}

const on = ({ tester }: StrongTest) =>
  tester ? ` on ${integer(tester.training_images)} images of each kind` : "";
const MEANING = "0.69, pure guessing, is perfect; at 0 every generated image is recognised.";

function strongWords(): TestWords {
  return {
    title: "Strong two-sample test, cross-entropy",
    errorSaid: true,
    help: (test, counts) =>
      `How uncertain a strong network, trained at the end${on(test)}, is about images that it has not seen. The curve shows its own training, epoch by epoch; epoch ${counts} counts. ${MEANING}`,
  };
}

function studyWords(report: Report): TestWords {
  const losses = studyLosses(report);
  return {
    title: "Test of the founding study, cross-entropy",
    help: (test, counts) =>
      `The same by a plain network, trained${on(test)} as the founding study did. Other images choose the epoch that counts: ${counts}. Above 0.69 such a network has learned its images by heart. ${MEANING}`,
    ...(losses ? { beside: `The founding study’s own network: ${losses}.` } : {}),
  };
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
          h("dt", {}, marked(label), h("span", { class: "quality-meaning" }, note(quality))),
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
      ownRows(report).map(({ label, help, cells: [cell] }) =>
        h("div", {}, h("dt", {}, explained(label, help)), h("dd", {}, cell)),
      ),
    ),
    h(
      "p",
      { class: "chart-help" },
      "The files have all figures, also those that stand elsewhere on this page.",
    ),
  );
}

/** Which classes the map lacks: how near it comes to the real images of each. */
function coverageCard({ covered, classes }: PixelCoverage): HTMLElement {
  const numbers = [
    ["Images", "Real test images of the class"],
    ["Distance to the map", "Median, in pixel values: root mean square over pixels from −1 to 1"],
    ["Usual distance", "Median distance to the mean image of the class, in pixel values"],
    ["Covered", "Share of the images that lie no farther from the map than the usual distance"],
  ] as const;
  return h(
    "div",
    { class: "card chart-card" },
    h(
      "div",
      { class: "comparison-head" },
      h("h2", { class: "chart-title" }, marked("Coverage in pixels")),
      h("span", { class: "chart-readout" }, `${percent(covered)} overall`),
    ),
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Coverage in pixels by class" },
      h(
        "table",
        { class: "comparison-table coverage-table" },
        h(
          "caption",
          { class: "visually-hidden" },
          "How near the map comes to the real images of each class",
        ),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Class"),
            numbers.map(([label, title]) => h("th", { scope: "col", title }, label)),
          ),
        ),
        h(
          "tbody",
          {},
          Object.entries(classes).map(([name, one]) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, name),
              h("td", {}, integer(one.images)),
              h("td", {}, figure(one.median_distance)),
              h("td", {}, figure(one.usual_distance)),
              h(
                "td",
                { class: "coverage-share" },
                h("span", { class: "coverage-bar", style: { "--share": String(one.covered) } }),
                percent(one.covered),
              ),
            ),
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "chart-help" },
      "How near the map comes to real test images, pixel by pixel. Covered are those that lie no farther from the map than they usually lie from the mean image of their class; where the share is low, the map lacks that class or much of its variety.",
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
