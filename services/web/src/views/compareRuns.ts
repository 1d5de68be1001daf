/** Runs side by side: one figure as overlaid curves, the newest maps, and the reports as a table. */
import { computed, signal } from "@preact/signals-core";
import { isMissing } from "../api/problem.ts";
import type { Report, RunView } from "../api/types.ts";
import { seriesColour } from "../core/experiment.ts";
import { knownOf } from "../core/reportRows.ts";
import { type CompareRunsState, linkTo } from "../core/routes.ts";
import { isFinished } from "../core/run.ts";
import { RUN_FIGURE_NAMES, RUN_FIGURES, type RunFigureName } from "../core/runFigures.ts";
import { groupsBySeed } from "../core/seeds.ts";
import { subject } from "../core/words.ts";
import { button, linkButton, message, segmented, select, skeleton } from "../ui/controls.ts";
import { fill, h } from "../ui/dom.ts";
import { mark } from "../ui/icons.ts";
import { Scope } from "../ui/scope.ts";
import type { Mount, Tools } from "../ui/view.ts";
import { cannotBeShown } from "./parts/failures.ts";
import { keepButton } from "./parts/keep.ts";
import { breadcrumb, pageHead } from "./parts/pageHead.ts";
import { type Reported, reportCsv, reportTable } from "./parts/reportTable.ts";
import { type Compared, RunCurves } from "./parts/runCurves.ts";
import { stateBadge } from "./parts/stateBadge.ts";
import { mapThumbnail } from "./parts/thumbnail.ts";

const BUSY_POLL = 3000;
const CALM_POLL = 15_000;

export const mountCompareRuns: Mount<CompareRunsState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const all = signal<readonly RunView[] | undefined>(undefined);
  const compared = signal<readonly Compared[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  /** What an ended run said does not change, so it is asked once. */
  const settled = new Map<string, Compared>();

  const load = async () => {
    const { runs: wanted } = state.peek();
    try {
      const found = await tools.api.runs(scope.signal);
      const known = new Map(found.map((run) => [run.name, run]));
      const chosen = wanted.flatMap((name) => known.get(name) ?? []);
      const parts = await Promise.all(chosen.map((run) => partOf(run, settled, tools, scope.signal)));
      if (wanted !== state.peek().runs) return;
      all.value = found;
      compared.value = parts;
      failure.value = undefined;
    } catch (error) {
      if (!scope.signal.aborted) failure.value = error;
    }
  };

  const chips = h("ul", { class: "run-chips", "aria-label": "Runs that are compared" });
  const figure = select(
    "What is compared",
    RUN_FIGURE_NAMES.map((value) => ({ value, label: RUN_FIGURES[value].label })),
    initial.figure,
    (value) => go({ figure: value as RunFigureName }),
  );
  const seeds = segmented(
    "Runs that differ in their seed alone",
    [
      { value: "together", label: "Mean of seeds" },
      { value: "each", label: "Each seed" },
    ],
    initial.seeds,
    (value) => go({ seeds: value }),
  );
  const body = h("div", {});
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("Runs compared", { crumbs: breadcrumb(linkTo.runs(), "Runs") }),
      chips,
      body,
    ),
  );

  const groups = computed(() => groupsBySeed((compared.value ?? []).map(({ run }) => run)));
  const repeated = computed(() => new Set(groups.value).size < groups.value.length);
  /** Runs whose mean is drawn have its colour everywhere. */
  const colourOf = (index: number) =>
    seriesColour(state.value.seeds === "together" ? (groups.value[index] ?? index) : index);
  const curves = new RunCurves(() => ({ compared: compared.value ?? [], ...state.value }));
  const tableBody = h("div", {});
  const maps = h("div", { class: "run-tiles" });
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
          keepButton({
            label: "CSV",
            title: "Download these curves as CSV",
            name: () => `${state.value.figure}.csv`,
            make: () => curves.csv(),
            say: tools.say,
          }),
        ),
      ),
      curves.element,
    ),
    h(
      "section",
      { class: "experiment-runs", "aria-label": "Maps" },
      h("h2", { class: "section-title" }, "Newest maps"),
      maps,
    ),
    h(
      "section",
      { class: "card comparison-card", "aria-label": "Reports" },
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Reports"),
        keepButton({
          label: "CSV",
          title: "Download the reports as CSV",
          name: () => "reports.csv",
          make: () => reportCsv(reported()),
          say: tools.say,
        }),
      ),
      tableBody,
    ),
  );
  scope.onDispose(() => curves.dispose());

  const reported = (): Reported[] =>
    (compared.value ?? []).map(({ run, report }, index) => ({
      name: run.name,
      report: report ?? knownOf(run),
      colour: colourOf(index),
    }));

  let listed = "";
  scope.effect(() => {
    const { runs: names } = state.value;
    const others = (all.value ?? []).filter(({ name }) => !names.includes(name));
    // A run that trains brings news all the time: what can be clicked stays while it reads the same.
    const parts = names.map((name) => {
      const index = (compared.value ?? []).findIndex(({ run }) => run.name === name);
      return { name, colour: colourOf(Math.max(0, index)), run: compared.value?.[index]?.run };
    });
    const reads = JSON.stringify([
      parts.map(({ name, colour, run }) => [name, colour, run?.state, run?.request]),
      compared.value === undefined,
      others.map(({ name }) => name),
    ]);
    if (reads === listed) return;
    listed = reads;
    fill(
      chips,
      parts.map(({ name, colour, run }) =>
        chip(name, colour, run, compared.value !== undefined, () => remove(name)),
      ),
      others.length === 0
        ? null
        : h(
            "li",
            {},
            select(
              "Add a run",
              [
                { value: "", label: "Add a run …" },
                ...others.map(({ name }) => ({ value: name, label: name })),
              ],
              "",
              (name) => go({ runs: [...names, name] }),
            ),
          ),
    );
  });
  let maps_ = "";
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
    fill(
      tableBody,
      reportTable(reported()),
      parts.every(({ report }) => report)
        ? null
        : h(
            "p",
            { class: "chart-help" },
            "The final tests are made, and the rest of a report is written, at the end of a training.",
          ),
    );
    const drawn = JSON.stringify(
      parts.map(({ run }, index) => [run.name, run.maps.at(-1), run.state, colourOf(index)]),
    );
    if (drawn !== maps_) {
      maps_ = drawn;
      fill(
        maps,
        parts.map(({ run }, index) => tile(run, colourOf(index), tools, scope.signal)),
      );
    }
  });

  function go(next: Partial<CompareRunsState>): void {
    tools.go(linkTo.compareRuns({ ...state.value, ...next }));
  }
  function remove(name: string): void {
    go({ runs: state.value.runs.filter((one) => one !== name) });
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

async function partOf(
  run: RunView,
  settled: Map<string, Compared>,
  tools: Tools,
  signal: AbortSignal,
): Promise<Compared> {
  const key = `${run.name}/${run.submitted}/${run.last_event}`;
  const known = settled.get(key);
  if (known) return known;
  const [epochs, report] = await Promise.all([
    tools.api.epochs(run.name, signal),
    run.state === "succeeded" ? reportOf(run.name, tools, signal) : undefined,
  ]);
  const part = { run, epochs, report };
  if (isFinished(run)) settled.set(key, part);
  return part;
}

/** Runs of older versions may have none. */
async function reportOf(name: string, tools: Tools, signal: AbortSignal): Promise<Report | undefined> {
  try {
    return await tools.api.report(name, signal);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function chip(
  name: string,
  colour: string,
  found: RunView | undefined,
  loaded: boolean,
  remove: () => void,
): HTMLElement {
  return h(
    "li",
    { class: "run-chip" },
    h("span", { class: "swatch line", style: { background: colour } }),
    h("a", { href: linkTo.run(name), title: found ? subject(found.spec) : undefined }, name),
    found ? stateBadge(found) : loaded ? h("span", { class: "quiet-note" }, "is not there") : null,
    button({
      icon: "close",
      kind: "quiet",
      iconOnly: true,
      label: `Take ${name} out of the comparison`,
      click: remove,
    }),
  );
}

function tile(run: RunView, colour: string, tools: Tools, signal: AbortSignal): HTMLElement {
  const epoch = run.maps.at(-1);
  return h(
    "article",
    { class: "run-tile" },
    mapThumbnail(
      `Class map of ${run.name}${epoch ? ` at epoch ${epoch}` : ", not drawn yet"}`,
      epoch === undefined ? undefined : () => tools.api.runMap(run.name, epoch, {}, signal),
    ),
    h(
      "div",
      { class: "run-tile-text" },
      h(
        "h3",
        {},
        h("span", { class: "swatch line", style: { background: colour } }),
        " ",
        h("a", { class: "stretched", href: linkTo.run(run.name) }, run.name),
      ),
      h("p", { class: "quiet-note" }, epoch ? `epoch ${epoch}` : "no map yet"),
    ),
  );
}

function nothing(): HTMLElement {
  return message({
    art: mark(72),
    title: "Nothing to compare yet",
    text: "Mark two runs or more in the list, or add them above: their curves are drawn over each other, their maps and reports stand side by side.",
    actions: linkButton(linkTo.runs(), "To the runs", "primary"),
  });
}

function gone(names: readonly string[]): HTMLElement {
  return message({
    kind: "error",
    title: "None of these runs is there",
    text: `${names.join(", ")}: deleted, or the link has a typing error.`,
    actions: linkButton(linkTo.runs(), "To the runs", "primary"),
  });
}
