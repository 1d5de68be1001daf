/** All experiments: what each compares, its progress, and a link to a new one. */
import { signal } from "@preact/signals-core";
import { activeRuns, type ExperimentSummary, isSettled } from "../../core/experiments/progress.ts";
import { pathWords } from "../../core/experiments/variables.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { ago } from "../../core/text/format.ts";
import { linkButton, message, setMain, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { pageHead } from "../shared/pageHead.ts";
import { partBadge } from "../shared/stateBadge.ts";

const BUSY_POLL = 2500;
const CALM_POLL = 8000;

export const mountExperiments: Mount<object> = (element, _state, tools) => {
  const scope = new Scope();
  const experiments = signal<readonly ExperimentSummary[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  let shown = "";
  const load = async () => {
    try {
      const found = await tools.api.experiments(scope.signal);
      failure.value = undefined;
      const text = JSON.stringify(found);
      if (text === shown) return; // Unchanged: keep the focus.
      shown = text;
      experiments.value = found;
    } catch (error) {
      if (!scope.signal.aborted) failure.value = error;
    }
  };
  const count = h("p", { class: "lede", role: "status" });
  const newExperiment = linkButton(linkTo.newExperiment(), "New experiment", "primary", "plus");
  const body = h("div", {});
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("Experiments", {
        lede: count,
        actions: h("div", { class: "actions" }, newExperiment),
      }),
      body,
    ),
  );

  scope.effect(() => {
    const all = experiments.value;
    if (!all) {
      setText(count, "\u00a0");
      const loading = h(
        "div",
        { class: "run-list" },
        [1, 2].map(() => skeleton("experiment-card")),
      );
      fill(body, failure.value ? cannotBeShown("The experiments", failure.value, load) : loading);
      return;
    }
    setText(
      count,
      all.length === 0 ? "None yet" : `${all.length} ${all.length === 1 ? "experiment" : "experiments"}`,
    );
    // Before there are any, the invitation below is the main button.
    setMain(newExperiment, all.length > 0);
    if (all.length === 0) fill(body, empty());
    else
      fill(
        body,
        h(
          "div",
          { class: "run-list" },
          all.map((one) => card(one, tools.now())),
        ),
      );
  });

  scope.poll(load, () => (experiments.value?.every(isSettled) ? CALM_POLL : BUSY_POLL));
  return { update: () => undefined, dispose: () => scope.dispose() };
};

function card(experiment: ExperimentSummary, now: Date): HTMLElement {
  const { name, state, states, seeds, varied, submitted } = experiment;
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  const ended = total - activeRuns(states);
  const subject = varied.length ? varied.map(pathWords).join(" × ") : "the same training";
  return h(
    "article",
    { class: "experiment-card card" },
    h(
      "div",
      { class: "title-line" },
      h("h2", {}, h("a", { class: "stretched", href: linkTo.experiment(name) }, name)),
      partBadge(state),
    ),
    h(
      "p",
      { class: "experiment-card-meta" },
      `${subject}, ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"} · ${ago(new Date(submitted), now)}`,
    ),
    h("p", { class: "experiment-card-meta" }, `${ended} of ${total} runs have ended`),
  );
}

function empty(): HTMLElement {
  return message({
    art: mark(72),
    title: "Compare trainings fairly",
    text: "An experiment varies one setting, trains the network several times for each value, and shows which differences are more than chance.",
    actions: [
      linkButton(
        linkTo.newExperiment({ template: "activations-digits" }),
        "Compare activations",
        "primary",
        "play",
      ),
    ],
  });
}
