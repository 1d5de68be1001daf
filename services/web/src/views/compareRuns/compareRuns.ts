/** Runs side by side: curves of one figure, the newest maps, the settings that differ, the reports. */
import { computed, signal } from "@preact/signals-core";
import { MOST_MODELS } from "../../core/explorer/comparedModels.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { CompareRunsState } from "../../core/navigation/views.ts";
import { RUN_FIGURE_NAMES, RUN_FIGURES, type RunFigureName } from "../../core/runs/figures.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { partialReport } from "../../core/runs/reportRows.ts";
import { groupsBySeed } from "../../core/runs/seeds.ts";
import { linkButton, message, segmented, select, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { type Reported, reportCsv, reportTable } from "../run/reportTable.ts";
import { downloadButton } from "../shared/download.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { ComparedRuns } from "./comparedRuns.ts";
import { RunCurves } from "./curves.ts";
import { RunTiles } from "./mapTiles.ts";
import { RunChips } from "./runChips.ts";
import { settingsTable } from "./settingsTable.ts";

const BUSY_POLL = 3000;
const CALM_POLL = 15_000;

export const mountCompareRuns: Mount<CompareRunsState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const { all, compared, failure, load } = new ComparedRuns(
    tools.api,
    () => state.peek().runs,
    scope.signal,
  );

  const chips = new RunChips(
    (name) => go({ runs: state.value.runs.filter((one) => one !== name) }),
    (name) => go({ runs: [...state.value.runs, name] }),
  );
  const figure = select(
    "What is compared",
    RUN_FIGURE_NAMES.map((value) => ({ value, label: RUN_FIGURES[value].label })),
    initial.figure,
    (value) => go({ figure: value as RunFigureName }),
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

  const groups = computed(() => groupsBySeed((compared.value ?? []).map(({ run }) => run)));
  const repeated = computed(() => new Set(groups.value).size < groups.value.length);
  /** Runs that are drawn as their mean have its colour everywhere. */
  const colourOf = (index: number) =>
    seriesColour(state.value.seeds === "together" ? (groups.value[index] ?? index) : index);
  const curves = new RunCurves(() => ({ compared: compared.value ?? [], ...state.value }));
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
      { class: "card comparison-card", "aria-label": "Curves" },
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Curves"),
        h(
          "div",
          { class: "actions" },
          seeds.element,
          figure,
          downloadButton({
            label: "CSV",
            title: "Download these curves as CSV",
            name: () => `${state.value.figure}.csv`,
            make: () => curves.csv(),
            notify: tools.notify,
          }),
        ),
      ),
      curves.element,
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
    curves.update();
    differing.hidden = parts.length < 2;
    fill(settings, settingsTable(parts.map(({ run }, index) => ({ run, colour: colourOf(index) }))));
    fill(
      tableBody,
      reportTable(reported()),
      parts.every(({ report }) => report)
        ? null
        : h(
            "p",
            { class: "chart-help" },
            "The final tests and the rest of the report follow at the end of each training.",
          ),
    );
    maps.update(parts.map(({ run }, index) => ({ run, colour: colourOf(index) })));
  });

  function go(next: Partial<CompareRunsState>): void {
    tools.go(linkTo.compareRuns({ ...state.value, ...next }));
  }

  scope.poll(load, () => (compared.value?.every(({ run }) => isFinished(run)) ? CALM_POLL : BUSY_POLL));
  return {
    update(next) {
      const others = next.runs.join() !== state.value.runs.join();
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
