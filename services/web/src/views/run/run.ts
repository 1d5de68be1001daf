/** One training, live: its progress, maps and images, figures, and actions. */
import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../../api/problem.ts";
import type { Report, RunView } from "../../api/types.ts";
import type { EpochSpan } from "../../charts/frame.ts";
import { begunAfter } from "../../core/growth/words.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { RunState } from "../../core/navigation/views.ts";
import { isFinished, type RunRecord, recordOf, withEvents } from "../../core/runs/liveRun.ts";
import { ago, duration } from "../../core/text/format.ts";
import { button, saveBlob, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools, View } from "../../ui/view.ts";
import { notFoundOrFailed } from "../shared/failures.ts";
import { pageLoading } from "../shared/pageLoading.ts";
import { ProgressBar } from "../shared/runProgress.ts";
import { specList } from "../shared/specList.ts";
import { RunCharts } from "./charts.ts";
import { EpochPictures } from "./epochPictures.ts";
import { followExtension } from "./extension.ts";
import { RunGrowth } from "./growth.ts";
import { RunHead } from "./head.ts";
import { RunReport } from "./report.ts";
import { LossSurfaceSection } from "./surface/section.ts";

const LINE_POLL = 3000;

export function mountRun(name: string): Mount<RunState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const page = h("div", { class: "page" });
    element.append(page);
    let live: View<RunState> | undefined;
    let state = initial;

    const start = async () => {
      fill(page, pageLoading("Runs", name, skeleton("skeleton-pictures")));
      try {
        const run = await tools.api.run(name, scope.signal);
        const epochs = await tools.api.epochs(name, scope.signal);
        fill(page);
        live = liveRun(page, recordOf(run, epochs), run.classes ?? [], state, tools);
      } catch (error) {
        if (!scope.signal.aborted)
          fill(page, notFoundOrFailed({ kind: "run", name, all: linkTo.runs() }, error, start));
      }
    };
    void start();
    return {
      update(next) {
        state = next;
        live?.update(next);
      },
      dispose() {
        live?.dispose();
        scope.dispose();
      },
    };
  };
}

function liveRun(
  page: HTMLElement,
  first: RunRecord,
  classes: readonly string[],
  initial: RunState,
  tools: Tools,
): View<RunState> {
  const scope = new Scope();
  const { name } = first.run;
  const record = signal(first);
  const run = computed(() => record.value.run);
  const state = signal(initial);
  // If the data set was deleted, the class names come with the shares of the first map.
  const names = classes.length ? classes : Object.keys(first.run.metrics?.shares ?? {});

  const took = (next: RunView) => {
    // The events of a run that has ended are over; if it is resumed or extended, there are new ones.
    const resumed = isFinished(run.value) && !isFinished(next);
    record.value = { ...record.value, run: next };
    if (resumed) follow();
  };
  const head = new RunHead(name, tools, took, () => {
    change({ extend: 2 * run.value.epoch - begunAfter(run.value) }, true);
  });
  const progress = new ProgressBar();
  const warnings = h("div", { class: "warnings", "aria-live": "polite" });
  const facts = h("dl", { class: "facts" });
  const change = (next: Partial<RunState>, done: boolean) => {
    state.value = { ...state.value, ...next };
    if (done) tools.go(linkTo.run(name, state.value));
  };
  const pictures = new EpochPictures(first.run, names, initial, tools, scope, change);
  const charts = new RunCharts(names, (epoch) => change({ epoch }, true));
  const report = new RunReport(tools);
  const growth = new RunGrowth(tools, () => void reload());
  const surface = new LossSurfaceSection(name, tools, scope, change);
  /** All runs, for the family of this one. */
  const all = signal<readonly RunView[] | undefined>(undefined);
  const written = signal<Report | undefined>(undefined);
  const spec = h("div", {});
  page.append(
    head.element,
    progress.element,
    warnings,
    h(
      "section",
      { class: "card first-screen", "aria-label": "Map, images and losses by epoch" },
      pictures.element,
      charts.losses,
    ),
    report.element,
    charts.element,
    surface.element,
    growth.element,
    h("section", { class: "card facts-card", "aria-label": "Figures" }, facts, actionsBelow(name, tools)),
    spec,
  );
  fill(
    spec,
    h(
      "details",
      { class: "card disclosure" },
      h("summary", {}, icon("chevron"), "All settings of this training"),
      specList(first.run.spec),
    ),
  );

  scope.effect(() => head.update(run.value, record.value.epochs, written.value));
  scope.effect(() => progress.update(run.value));
  scope.effect(() =>
    fill(
      warnings,
      run.value.error ? errorNote(run.value.error) : null,
      run.value.warnings.map(warningNote),
    ),
  );
  scope.effect(() => fill(facts, factsOf(run.value, tools.now())));
  scope.effect(() => pictures.update(run.value, state.value));
  scope.effect(() => charts.update(record.value.epochs, spanOf(run.value), run.value.guessing));
  scope.effect(() => charts.mark(state.value.epoch ?? shownEpoch(run.value)));
  scope.effect(() => surface.update(run.value, state.value));
  scope.effect(() => head.at(state.value.epoch));
  scope.effect(() => growth.update(run.value, all.value));
  scope.onDispose(() => charts.dispose());
  scope.onDispose(() => report.dispose());
  const succeeded = computed(() => run.value.state === "succeeded");
  scope.effect(() => {
    if (succeeded.value) void loadReport();
  });

  // Events that arrive together are applied together, so that a long replay is drawn once.
  let stop = () => {};
  function follow(): void {
    stop();
    stop = tools.api.follow(name, {
      lastId: String(record.value.lastEvent || ""),
      received(events) {
        const wasFinished = isFinished(run.value);
        record.value = withEvents(record.value, events);
        if (!wasFinished && isFinished(run.value)) void reload();
      },
      connection: (open) => head.following(open || isFinished(run.value)),
      shouldContinue: () => !isFinished(run.value),
    });
  }
  follow();
  scope.onDispose(() => stop());

  // No event reports the place in the queue.
  scope.poll(
    async () => {
      if (run.value.state === "queued") await reload();
    },
    () => LINE_POLL,
  );

  // No event reports the training states, which change with the versions.
  const exported = computed(() => run.value.versions.length);
  let known = exported.peek();
  scope.effect(() => {
    if (exported.value === known) return;
    known = exported.value;
    void reload();
  });
  void loadAll();

  const proposed = computed(() => (succeeded.value ? state.value.extend : undefined));
  const closed = () => {
    if (state.peek().extend === undefined) return;
    state.value = { ...state.peek(), extend: undefined };
    tools.go(linkTo.run(name, state.peek()), { replace: true });
  };
  followExtension({ run, proposed, extended: took, closed }, tools, scope);

  async function loadAll(): Promise<void> {
    try {
      all.value = await tools.api.runs(scope.signal);
    } catch {
      // The page is complete without the family.
    }
  }

  async function loadReport(): Promise<void> {
    try {
      written.value = await tools.api.report(name, scope.signal);
      report.update(written.value);
    } catch {
      // The page is complete without the report.
    }
  }

  /** Load the run's record, which is final after the end. */
  async function reload(): Promise<void> {
    try {
      const final = await tools.api.run(name, scope.signal);
      record.value = { ...record.value, run: final };
    } catch {
      // The events contain the same.
    }
  }

  return {
    update(next) {
      state.value = next;
    },
    dispose: () => scope.dispose(),
  };
}

/** The epoch of the pictures while the newest ones are followed. */
function shownEpoch(run: RunView): number | undefined {
  const newest = Math.max(run.maps.at(-1) ?? 0, run.snapshots.at(-1) ?? 0);
  return newest > 0 ? newest : undefined;
}

/** The epochs of the charts: those that the run trains itself. */
function spanOf(run: RunView): EpochSpan {
  return {
    firstEpoch: begunAfter(run) + 1,
    // One that has stopped leaves no room for epochs that do not come.
    lastEpoch: isFinished(run) ? Math.max(1, run.epoch) : run.epochs,
    over: isFinished(run),
    events: (run.extended_at ?? []).map((epoch) => ({ epoch, label: "extended" })),
  };
}

function actionsBelow(name: string, tools: Tools): HTMLElement {
  const download = async () => {
    try {
      saveBlob(await tools.api.epochsFile(name), `${name}.csv`);
    } catch (error) {
      tools.notify(messageOf(error), "error");
    }
  };
  return h(
    "div",
    { class: "actions" },
    button({ label: "Figures as CSV", icon: "download", kind: "plain", click: () => void download() }),
  );
}

/** What nothing else on the page says. */
function factsOf(run: RunView, now: Date): HTMLElement[] {
  const none = isFinished(run) ? "none" : "none yet";
  const facts: [string, string][] = [
    ["Time per epoch", run.seconds_per_epoch === null ? "–" : duration(run.seconds_per_epoch)],
    ["Started", run.started ? ago(new Date(run.started), now) : "–"],
    [
      "Versions",
      run.versions.length ? `${run.versions.length}, newest epoch ${run.versions.at(-1)}` : none,
    ],
  ];
  const rows = facts.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)));
  if (run.versions.length === 0) return rows;
  return [
    ...rows,
    h(
      "div",
      {},
      h("dt", {}, "Model"),
      h("dd", {}, h("a", { class: "text-button", href: linkTo.model(run.name) }, "card, versions, code")),
    ),
  ];
}

function warningNote({ message: text, epoch }: { message: string; epoch?: number | null }): HTMLElement {
  return h(
    "div",
    { class: "note warn" },
    icon("warning"),
    h("p", {}, text, epoch ? h("span", { class: "note-epoch" }, ` Epoch ${epoch}`) : null),
  );
}

function errorNote(text: string): HTMLElement {
  return h("div", { class: "note bad", role: "alert" }, icon("warning"), h("p", {}, text));
}
