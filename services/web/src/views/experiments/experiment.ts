/** One experiment: its comparison as a table and charts, and the maps of its runs side by side. */
import { signal } from "@preact/signals-core";
import { isMissing, messageOf } from "../../api/problem.ts";
import {
  type ExperimentView,
  isSettled,
  partsText,
  shareOfEpochs,
} from "../../core/experiments/progress.ts";
import { sideBySide } from "../../core/experiments/sideBySide.ts";
import { pathWords } from "../../core/experiments/variables.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ExperimentState } from "../../core/navigation/views.ts";
import { ago } from "../../core/text/format.ts";
import { METRIC_NAMES, METRICS } from "../../core/vocabulary/metrics.ts";
import { button, linkButton, saveBlob, select, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { confirmed, confirmedMore } from "../../ui/overlays.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools } from "../../ui/view.ts";
import { notFoundOrFailed } from "../shared/failures.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { pageLoading } from "../shared/pageLoading.ts";
import { specList } from "../shared/specList.ts";
import { partBadge } from "../shared/stateBadge.ts";
import { VerdictNote } from "../shared/verdictNote.ts";
import { ComparisonCharts } from "./comparisonCharts.ts";
import { comparisonTable } from "./comparisonTable.ts";
import { ExperimentRuns } from "./runTiles.ts";

const BUSY_POLL = 2500;
const CALM_POLL = 15_000;

export function mountExperiment(name: string): Mount<ExperimentState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const state = signal(initial);
    const experiment = signal<ExperimentView | undefined>(undefined);
    const page = h(
      "div",
      { class: "page" },
      pageLoading("Experiments", name, skeleton("skeleton-pictures")),
    );
    element.append(page);
    let body: Body | undefined;

    const load = async () => {
      const { metric } = state.peek();
      try {
        const found = await tools.api.experiment(name, metric, scope.signal);
        // Ignore the answer if another metric was chosen in the meantime.
        if (metric === state.peek().metric) experiment.value = found;
      } catch (error) {
        if (scope.signal.aborted) return;
        if (body === undefined || isMissing(error)) {
          body = undefined;
          fill(
            page,
            notFoundOrFailed({ kind: "experiment", name, all: linkTo.experiments() }, error, load),
          );
        }
      }
    };
    scope.effect(() => {
      const found = experiment.value;
      if (!found) return;
      if (!body) {
        body = new Body(found, tools, scope, state.peek(), load);
        fill(page, body.element);
      }
      body.update(found);
    });
    scope.poll(load, () => (experiment.value && isSettled(experiment.value) ? CALM_POLL : BUSY_POLL));
    return {
      update(next) {
        state.value = next;
        body?.chosen(next);
        void load();
      },
      dispose: () => scope.dispose(),
    };
  };
}

class Body {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #name: string;
  readonly #reload: () => Promise<void>;
  readonly #badge = h("span", {});
  readonly #lede = h("p", { class: "lede" });
  readonly #actions = h("div", { class: "actions" });
  readonly #fill = h("div", { class: "progress-fill" });
  readonly #bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Experiment",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    this.#fill,
  );
  readonly #metric: HTMLSelectElement;
  readonly #verdict: VerdictNote;
  readonly #table = h("div", {});
  readonly #charts = new ComparisonCharts();
  readonly #runs: ExperimentRuns;
  #state: ExperimentState;
  #runNames: readonly string[] = [];
  #offered = "";
  #compared = "";

  constructor(
    first: ExperimentView,
    tools: Tools,
    scope: Scope,
    state: ExperimentState,
    reload: () => Promise<void>,
  ) {
    this.#tools = tools;
    this.#name = first.name;
    this.#state = state;
    this.#reload = reload;
    this.#runs = new ExperimentRuns(tools, scope);
    this.#verdict = new VerdictNote(`${tools.api.origin}/docs#Verdict`, "combination");
    scope.onDispose(() => this.#charts.dispose());
    this.#metric = select(
      "What is compared",
      METRIC_NAMES.map((value) => ({ value, label: METRICS[value].label })),
      state.metric,
      (value) => {
        const metric = METRIC_NAMES.find((one) => one === value);
        if (metric) tools.go(linkTo.experiment(first.name, { metric }));
      },
    );
    this.element = h(
      "div",
      {},
      pageHead(h("div", { class: "title-line" }, h("h1", {}, first.name), this.#badge), {
        crumbs: breadcrumb(linkTo.experiments(), "Experiments"),
        lede: this.#lede,
        actions: this.#actions,
      }),
      h("div", { class: "progress-block experiment-progress" }, this.#bar),
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
            this.#metric,
            button({ label: "CSV", icon: "download", kind: "plain", click: () => void this.#download() }),
          ),
        ),
        this.#verdict.element,
        this.#table,
      ),
      this.#charts.element,
      h(
        "section",
        { class: "experiment-runs", "aria-label": "Runs" },
        h("h2", { class: "section-title" }, "Maps side by side"),
        this.#runs.element,
      ),
      h(
        "details",
        { class: "card disclosure" },
        h("summary", {}, icon("chevron"), "What all runs share"),
        specList(first.spec.base),
      ),
    );
  }

  /** The link names another metric. */
  chosen(state: ExperimentState): void {
    this.#state = state;
    this.#metric.value = state.metric;
  }

  update(experiment: ExperimentView): void {
    const { state, seeds, spec, runs, comparison } = experiment;
    fill(this.#badge, partBadge(state));
    const varied = Object.keys(spec.vary ?? {}).map(pathWords);
    const what = varied.length ? varied.join(" × ") : "The same training";
    const when = ago(new Date(experiment.submitted), this.#tools.now()).replaceAll(" ", "\u00a0");
    setText(
      this.#lede,
      `${what}, ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"} each: ${runs.length} runs · submitted ${when}`,
    );
    const share = shareOfEpochs(runs);
    this.#fill.style.setProperty("transform", `scaleX(${share.toFixed(4)})`);
    this.#bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    this.#runs.update(runs);
    this.#runNames = runs.filter(({ state }) => state !== "missing").map(({ name }) => name);
    const compared = JSON.stringify(comparison);
    if (compared !== this.#compared) {
      this.#compared = compared;
      this.#verdict.update(comparison);
      fill(this.#table, comparisonTable(comparison));
      this.#charts.update(comparison);
    }
    this.#offer(isSettled(experiment), sideBySide(experiment));
  }

  #offer(settled: boolean, models: readonly string[]): void {
    const offered = `${settled}|${models}`;
    if (this.#offered === offered) return;
    this.#offered = offered;
    fill(
      this.#actions,
      models.length > 1
        ? linkButton(
            linkTo.compare({ models, layers: "yes" }),
            "Explore side by side",
            "primary",
            "columns",
          )
        : null,
      settled
        ? button({ label: "Delete", icon: "trash", kind: "plain", click: () => void this.#delete() })
        : button({ label: "Cancel", icon: "stop", click: () => void this.#cancel() }),
    );
  }

  async #cancel(): Promise<void> {
    const yes = await confirmed({
      title: `Cancel the trainings of ${this.#name}?`,
      text: "All of its runs that have not ended are stopped. What they have exported so far is kept.",
      yes: "Cancel the trainings",
      no: "Keep training",
    });
    if (!yes) return;
    await this.#try(() => this.#tools.api.cancelExperiment(this.#name));
    await this.#reload();
  }

  async #delete(): Promise<void> {
    let what = "";
    const counted = await this.#try(async () => {
      what = partsText(this.#runNames, await this.#tools.api.models());
    });
    if (!counted) return;
    const withRuns = await confirmedMore({
      title: `Delete ${this.#name}?`,
      text: "The comparison is deleted. Its runs and their models are kept, unless you choose otherwise.",
      yes: "Delete the experiment",
      no: "Keep it",
      more: {
        label: `Delete its ${what} too`,
        text: "Their curves, snapshots, maps and all exported versions are deleted permanently.",
        yes: `Delete the experiment, ${what}`,
      },
    });
    if (withRuns === undefined) return;
    const done = await this.#try(() => this.#tools.api.deleteExperiment(this.#name, withRuns));
    if (!done) return;
    this.#tools.notify(
      withRuns ? `${this.#name} was deleted with its ${what}.` : `${this.#name} was deleted.`,
    );
    this.#tools.go(linkTo.experiments());
  }

  async #download(): Promise<void> {
    const { metric } = this.#state;
    await this.#try(async () =>
      saveBlob(await this.#tools.api.comparisonFile(this.#name, metric), `${this.#name}-${metric}.csv`),
    );
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#tools.notify(messageOf(error), "error");
      return false;
    }
  }
}
