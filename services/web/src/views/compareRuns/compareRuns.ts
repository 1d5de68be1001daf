/** Runs side by side: a verdict on one figure, its curves, the newest maps, the settings that differ, the reports. */
import { computed, signal } from "@preact/signals-core";
import { MOST_MODELS } from "../../core/explorer/comparedModels.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { CompareRunsState } from "../../core/navigation/views.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { missingReports, partialReport } from "../../core/runs/reportRows.ts";
import { METRIC_NAMES, METRICS, type Metric } from "../../core/vocabulary/metrics.ts";
import { linkButton, message, segmented, select, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { type Reported, reportCsv, reportTable } from "../run/reportTable.ts";
import { downloadButton } from "../shared/download.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { VerdictNote } from "../shared/verdictNote.ts";
import { ComparedRuns } from "./comparedRuns.ts";
import { curvesFile, RunCurves } from "./curves.ts";
import { RunTiles } from "./mapTiles.ts";
import { RunOutcomes } from "./outcomes.ts";
import { RunChips } from "./runChips.ts";
import { settingsTable } from "./settingsTable.ts";

const BUSY_POLL = 3000;
const CALM_POLL = 15_000;

export const mountCompareRuns: Mount<CompareRunsState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const { all, compared, comparison, failure, load } = new ComparedRuns(
    tools.api,
    () => state.peek(),
    scope.signal,
  );

  const chips = new RunChips(
    (name) => go({ runs: state.value.runs.filter((one) => one !== name) }),
    (name) => go({ runs: [...state.value.runs, name] }),
  );
  const figure = select(
    "What is compared",
    METRIC_NAMES.map((value) => ({ value, label: METRICS[value].label })),
    initial.figure,
    (value) => go({ figure: value as Metric }),
  );
  const seeds = segmented(
    "Runs that differ only in their seed",
    [
      { value: "together", label: "Mean of seeds" },
      { value: "each", label: "Each seed" },
    ],
    initial.seeds,
    (value) => go({ seeds: value }),
  );
  const body = h("div", {});
  const actions = h("div", { class: "actions" });
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("Runs compared", { crumbs: breadcrumb(linkTo.runs(), "Runs"), actions }),
      chips.element,
      body,
    ),
  );

  const groups = computed(() => comparison.value?.groups ?? []);
  const repeated = computed(() => groups.value.some(({ runs }) => runs.length > 1));
  const groupOf = (name: string) => groups.value.findIndex(({ runs }) => runs.includes(name));
  /** Runs that are drawn as their mean have its colour everywhere. */
  const colourOf = (index: number) => {
    const name = compared.value?.[index]?.run.name;
    return seriesColour(
      state.value.seeds === "together" && name !== undefined ? Math.max(0, groupOf(name)) : index,
    );
  };
  /** Colour of a group; where its runs are drawn one by one, that of several is none of theirs. */
  const groupColour = (number: number) => {
    if (state.value.seeds === "together") return seriesColour(number);
    const [only, ...others] = groups.value[number]?.runs ?? [];
    const index = (compared.value ?? []).findIndex(({ run }) => run.name === only);
    return others.length > 0 ? "var(--ink-faint)" : seriesColour(Math.max(0, index));
  };
  const verdict = new VerdictNote(`${tools.api.origin}/docs#Verdict`, "training");
  const curves = new RunCurves();
  const ends = new RunOutcomes();
  /** What is shown; undefined while another figure is loaded. */
  const shown = computed(() => {
    const found = comparison.value;
    const parts = compared.value;
    if (!found || !parts || found.comparison.metric !== state.value.figure) return undefined;
    return { ...state.value, compared: parts, comparison: found };
  });
  const tableBody = h("div", {});
  const settings = h("div", {});
  const differing = h(
    "section",
    { class: "card comparison-card", "aria-label": "Settings" },
    h("div", { class: "comparison-head" }, h("h2", { class: "section-title" }, "Settings that differ")),
    settings,
  );
  const maps = new RunTiles(tools.api, scope.signal);
  const content = h(
    "div",
    {},
    h(
      "section",
      { class: "card comparison-card", "aria-label": "Comparison" },
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Comparison"),
        h(
          "div",
          { class: "actions" },
          seeds.element,
          figure,
          downloadButton({
            label: "CSV",
            title: "Download these curves as CSV",
            name: () => `${state.value.figure}.csv`,
            make: () => {
              const now = shown.peek();
              if (!now) throw new Error("These curves are not loaded yet.");
              return curvesFile(now);
            },
            notify: tools.notify,
          }),
        ),
      ),
      verdict.element,
      h("div", { class: "run-comparison" }, curves.element, ends.element),
    ),
    h(
      "section",
      { class: "experiment-runs", "aria-label": "Maps" },
      h("h2", { class: "section-title" }, "Newest maps"),
      maps.element,
    ),
    differing,
    h(
      "section",
      { class: "card comparison-card", "aria-label": "Reports" },
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Reports"),
        downloadButton({
          label: "CSV",
          title: "Download the reports as CSV",
          name: () => "reports.csv",
          make: () => reportCsv(reported()),
          notify: tools.notify,
        }),
      ),
      tableBody,
    ),
  );
  scope.onDispose(() => curves.dispose());

  const reported = (): Reported[] =>
    (compared.value ?? []).map(({ run, report }, index) => ({
      name: run.name,
      report: report ?? partialReport(run),
      colour: colourOf(index),
    }));

  scope.effect(() => {
    const { runs: names } = state.value;
    const found = compared.value ?? [];
    chips.update({
      runs: names.map((name) => {
        const index = found.findIndex(({ run }) => run.name === name);
        return { name, colour: colourOf(Math.max(0, index)), run: found[index]?.run };
      }),
      loaded: compared.value !== undefined,
      others: (all.value ?? []).map(({ name }) => name).filter((name) => !names.includes(name)),
    });
  });
  /** Those that have a model to explore, as a text, so that the button stays while nothing changes. */
  const models = computed(() =>
    (compared.value ?? [])
      .filter(({ run }) => run.versions.length > 0)
      .map(({ run }) => run.name)
      .slice(0, MOST_MODELS)
      .join(),
  );
  scope.effect(() => {
    const names = models.value.split(",");
    const link = linkTo.compare({ models: names, layers: "yes" });
    fill(actions, names.length > 1 ? linkButton(link, "Explore side by side", "primary", "columns") : null);
  });
  scope.effect(() => {
    const parts = compared.value;
    if (state.value.runs.length === 0) return fill(body, nothing());
    if (!parts) {
      return fill(
        body,
        failure.value
          ? cannotBeShown("The runs", failure.value, load, "compared")
          : skeleton("skeleton-pictures"),
      );
    }
    if (parts.length === 0) return fill(body, gone(state.value.runs));
    if (content.parentElement !== body) fill(body, content);
    seeds.element.hidden = !repeated.value;
    verdict.element.hidden = parts.length < 2;
    if (shown.value) {
      const { comparison: table } = shown.value.comparison;
      verdict.update(table, groupColour);
      curves.update(shown.value);
      ends.update(table, groupColour);
    }
    differing.hidden = parts.length < 2;
    fill(settings, settingsTable(parts.map(({ run }, index) => ({ run, colour: colourOf(index) }))));
    fill(tableBody, reportTable(reported()), h("p", { class: "chart-help" }, missingReports(parts)));
    maps.update(parts.map(({ run }, index) => ({ run, colour: colourOf(index) })));
  });

  function go(next: Partial<CompareRunsState>): void {
    tools.go(linkTo.compareRuns({ ...state.value, ...next }));
  }

  scope.poll(load, () => (compared.value?.every(({ run }) => isFinished(run)) ? CALM_POLL : BUSY_POLL));
  return {
    update(next) {
      const others = next.runs.join() !== state.value.runs.join() || next.figure !== state.value.figure;
      state.value = next;
      figure.value = next.figure;
      seeds.set(next.seeds);
      if (others) void load();
    },
    dispose: () => scope.dispose(),
  };
};

function nothing(): HTMLElement {
  return message({
    art: mark(72),
    title: "Nothing to compare yet",
    text: "Select two or more runs in the list, or add them above. Their curves are overlaid; their maps and reports are shown side by side.",
    actions: linkButton(linkTo.runs(), "All runs", "primary"),
  });
}

function gone(names: readonly string[]): HTMLElement {
  return message({
    kind: "error",
    title: "None of these runs exists",
    text: `${names.join(", ")}: deleted, or misspelt in the link.`,
    actions: linkButton(linkTo.runs(), "All runs", "primary"),
  });
}
