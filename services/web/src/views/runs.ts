/** All trainings: what they are doing, what they look like, and the way to a new one. */
import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../api/problem.ts";
import type { RunView } from "../api/types.ts";
import { linkTo, type RunsState } from "../core/routes.ts";
import { isFinished } from "../core/run.ts";
import { button, linkButton, message, segmented, skeleton } from "../ui/controls.ts";
import { fill, h, setText } from "../ui/dom.ts";
import { mark } from "../ui/icons.ts";
import { confirmed } from "../ui/overlays.ts";
import { Scope } from "../ui/scope.ts";
import type { Mount } from "../ui/view.ts";
import { FirstRun, RunCard } from "./parts/runCard.ts";

const BUSY_POLL = 1500;
const CALM_POLL = 8000;

const FILTERS: Readonly<Record<RunsState["show"], (run: RunView) => boolean>> = {
  all: () => true,
  active: (run) => !isFinished(run),
  finished: (run) => run.state === "succeeded",
  failed: (run) => run.state === "failed" || run.state === "cancelled",
};

export const mountRuns: Mount<RunsState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const runs = signal<readonly RunView[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  const shown = computed(() => (runs.value ?? []).filter(FILTERS[state.value.show]));
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
      text: "Its curves, snapshots and maps are removed for good.",
      yes: "Delete run",
    });
    if (!yes) return;
    try {
      await tools.api.deleteRun(run.name);
      tools.say(`${run.name} is deleted.`);
    } catch (error) {
      tools.say(messageOf(error), "error");
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
    (show) => tools.go(linkTo.runs({ show })),
  );
  const count = h("p", { class: "lede", role: "status" });
  const head = h(
    "div",
    { class: "page-head" },
    h("div", {}, h("h1", {}, "Runs"), count),
    h(
      "div",
      { class: "actions" },
      filter.element,
      linkButton(linkTo.newTraining(), "New training", "primary", "plus"),
    ),
  );
  const body = h("div", { class: "runs-body" });
  element.append(h("div", { class: "page" }, head, body));

  scope.effect(() => {
    const all = runs.value;
    if (!all) {
      if (failure.value) fill(body, failed(failure.value, load));
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
      filter.element.hidden = true;
      return;
    }
    filter.element.hidden = all.length < 2;
    setText(count, summary(all));
    const [only] = all;
    if (!only) fill(body, empty());
    else if (all.length === 1 && !isFinished(only) && state.value.show === "all") {
      first ??= new FirstRun(only, tools, scope);
      first.update(only);
      if (first.element.parentElement !== body) fill(body, first.element);
    } else if (shown.value.length === 0)
      fill(body, h("p", { class: "quiet-note" }, "No run is in this state."));
    else fill(body, h("div", { class: "run-list" }, cardsOf(shown.value)));
  });

  function cardsOf(list: readonly RunView[]): HTMLElement[] {
    return list.map((run) => {
      let card = cards.get(run.name);
      if (!card) {
        card = new RunCard(run, tools, scope, remove);
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

function failed(error: unknown, again: () => Promise<void>): HTMLElement {
  return message({
    kind: "error",
    title: "The runs cannot be shown",
    text: messageOf(error),
    actions: button({ label: "Try again", icon: "repeat", click: () => void again() }),
  });
}
