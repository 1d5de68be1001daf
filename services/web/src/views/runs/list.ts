/** All runs: their states and pictures, with search, filters and a link to a new training. */
import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../../api/problem.ts";
import type { RunView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { RunsState } from "../../core/navigation/views.ts";
import { datasetsOf, filtered } from "../../core/runs/filter.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { button, linkButton, message, segmented, select, setMain, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { confirmed } from "../../ui/overlays.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { pageHead } from "../shared/pageHead.ts";
import { FirstRun, RunCard } from "./runCard.ts";
import { isEnough, SelectionBar } from "./selectionBar.ts";

const BUSY_POLL = 1500;
const CALM_POLL = 8000;

/** Number of runs from which on there are a search and filters. */
const MANY = 2;

export const mountRuns: Mount<RunsState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const runs = signal<readonly RunView[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  const shown = computed(() => filtered(runs.value ?? [], state.value));
  /** Names of the runs that are selected for comparison. */
  const marked = signal<readonly string[]>([]);
  /** Those of them that are still there. */
  const selected = computed(() => {
    const there = new Set((runs.value ?? []).map(({ name }) => name));
    return marked.value.filter((name) => there.has(name));
  });
  const cards = new Map<string, RunCard>();
  let first: FirstRun | undefined;

  const load = async () => {
    try {
      runs.value = newestFirst(await tools.api.runs(scope.signal));
      failure.value = undefined;
    } catch (error) {
      if (!scope.signal.aborted) failure.value = error;
    }
  };
  const remove = async (run: RunView) => {
    const yes = await confirmed({
      title: `Delete ${run.name}?`,
      text: "Its curves, snapshots and maps are deleted permanently.",
      yes: "Delete the run",
      no: "Keep it",
    });
    if (!yes) return;
    try {
      await tools.api.deleteRun(run.name);
      tools.notify(`${run.name} was deleted.`);
    } catch (error) {
      tools.notify(messageOf(error), "error");
    }
    await load();
  };

  const filter = segmented(
    "Show",
    [
      { value: "all", label: "All" },
      { value: "active", label: "Active" },
      { value: "finished", label: "Finished" },
      { value: "failed", label: "Stopped" },
    ],
    initial.show,
    (show) => narrow({ show }, true),
  );
  const narrow = (next: Partial<RunsState>, step: boolean) => {
    const link = linkTo.runs({ ...state.value, ...next });
    // Typing does not add an entry to the history for every letter.
    tools.go(link, { replace: !step });
  };
  const find = h("input", {
    type: "search",
    class: "input",
    placeholder: "Find a run",
    "aria-label": "Find runs by name, data set or experiment",
    value: initial.find ?? "",
    on: { input: () => narrow({ find: find.value || undefined }, false) },
  });
  const dataset = h("span", { class: "dataset-choice" });
  const bar = h("div", { class: "list-bar" }, filter.element, dataset, find);
  const selection = new SelectionBar(() => (marked.value = []));
  const count = h("p", { class: "lede", role: "status" });
  const newTraining = linkButton(linkTo.newTraining(), "New training", "primary", "plus");
  const head = pageHead("Runs", {
    lede: count,
    actions: h("div", { class: "actions" }, newTraining),
  });
  const body = h("div", { class: "runs-body" });
  element.append(h("div", { class: "page" }, head, bar, selection.element, body));

  scope.effect(() => {
    const all = runs.value;
    if (!all) {
      if (failure.value) fill(body, cannotBeShown("The runs", failure.value, load));
      else
        fill(
          body,
          h(
            "div",
            { class: "run-list" },
            [1, 2, 3].map(() => skeleton("run-card")),
          ),
        );
      setText(count, "\u00a0");
      bar.hidden = true;
      selection.element.hidden = true;
      return;
    }
    bar.hidden = all.length < MANY;
    selection.element.hidden = all.length < MANY;
    setText(count, summary(all));
    const [only] = all;
    const isFirst = all.length === 1 && only && !isFinished(only) && state.value.show === "all";
    // What is in place of a list, or may be done with what is selected, comes first.
    setMain(newTraining, only !== undefined && !isFirst && !isEnough(selected.value));
    if (!only) fill(body, empty());
    else if (isFirst) {
      first ??= new FirstRun(only, tools, scope);
      first.update(only);
      if (first.element.parentElement !== body) fill(body, first.element);
    } else if (shown.value.length === 0)
      fill(
        body,
        noneFound(() => narrow({ show: "all", dataset: undefined, find: undefined }, true)),
      );
    else fill(body, h("div", { class: "run-list" }, cardsOf(shown.value)));
  });

  scope.effect(() => {
    const names = datasetsOf(runs.value ?? []);
    const chosen = state.value.dataset;
    const key = JSON.stringify([names, chosen]);
    if (dataset.dataset.for === key) return;
    dataset.dataset.for = key;
    const choices = chosen === undefined || names.includes(chosen) ? names : [...names, chosen];
    fill(
      dataset,
      select(
        "Data set",
        [{ value: "", label: "All data sets" }, ...choices.map((name) => ({ value: name, label: name }))],
        chosen ?? "",
        (name) => narrow({ dataset: name || undefined }, true),
      ),
    );
  });
  scope.effect(() => {
    for (const [name, card] of cards) card.marked = selected.value.includes(name);
    selection.update(selected.value);
  });

  const mark_ = (name: string, on: boolean) => {
    marked.value = on ? [...marked.value, name] : marked.value.filter((one) => one !== name);
  };

  function cardsOf(list: readonly RunView[]): HTMLElement[] {
    return list.map((run) => {
      let card = cards.get(run.name);
      if (!card) {
        card = new RunCard(run, tools, scope, remove, mark_);
        cards.set(run.name, card);
      }
      card.update(run);
      return card.element;
    });
  }

  scope.poll(load, () => (!failure.value && runs.value?.every(isFinished) ? CALM_POLL : BUSY_POLL));
  return {
    update(next) {
      state.value = next;
      filter.set(next.show);
      if (document.activeElement !== find) find.value = next.find ?? "";
    },
    dispose: () => scope.dispose(),
  };
};

function newestFirst(runs: readonly RunView[]): RunView[] {
  return [...runs].sort((a, b) => b.submitted.localeCompare(a.submitted));
}

function summary(runs: readonly RunView[]): string {
  const active = runs.filter((run) => run.state === "running").length;
  const waiting = runs.filter((run) => run.state === "queued").length;
  const parts = [`${runs.length} ${runs.length === 1 ? "training" : "trainings"}`];
  if (active) parts.push(`${active} under way`);
  if (waiting) parts.push(`${waiting} waiting`);
  return runs.length === 0 ? "Nothing trained yet" : parts.join(", ");
}

function noneFound(all: () => void): HTMLElement {
  return message({
    title: "No runs found",
    text: "No run matches the search and the filters above.",
    actions: button({ label: "Show all runs", click: all }),
  });
}

function empty(): HTMLElement {
  return message({
    art: mark(72),
    title: "Draw your first latent space",
    text: "Train a small generative network and watch its whole latent space take shape as a map: which point becomes which kind of image, and where the borders run.",
    actions: [
      linkButton(
        linkTo.newTraining({ template: "digits-2d" }),
        "Train on handwritten digits",
        "primary",
        "play",
      ),
      linkButton(linkTo.newTraining(), "Start from scratch"),
    ],
  });
}
