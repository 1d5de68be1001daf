/** The form that starts an experiment: what all runs share, what varies, and the seeds. */
import { isPassing, messageOf, ProblemError } from "../../api/problem.ts";
import type { DatasetInfo, RunView, SpecDraft, SpecValue } from "../../api/types.ts";
import {
  draftProblems,
  type ExperimentDraft,
  MOST_RUNS,
  placed,
  readSpec,
  requestOf,
  runCount,
} from "../../core/experiments/draft.ts";
import { EXPERIMENT_TEMPLATES, type ExperimentTemplate } from "../../core/experiments/templates.ts";
import { experimentTime } from "../../core/experiments/timeEstimate.ts";
import { typedValues, variable } from "../../core/experiments/variables.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { NewExperimentState } from "../../core/navigation/views.ts";
import { sentence } from "../../core/text/sentence.ts";
import { completed, freeName } from "../../core/training/draft.ts";
import { isComplete } from "../../core/training/sections.ts";
import { ACTIVATION_NAMES } from "../../core/vocabulary/training.ts";
import { button } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { pageHead } from "../shared/pageHead.ts";
import { trainingForm } from "../training/formParts.ts";
import { ExperimentCheck } from "./check.ts";
import { SharedSettings } from "./sharedSettings.ts";
import { TextField } from "./textField.ts";
import { totalOf } from "./total.ts";
import { type Varied, VaryRow } from "./varyRow.ts";

const RETRY = 3000;
const FIRST_VARIED: Varied = {
  path: "network.activation.name",
  values: ACTIVATION_NAMES,
};

export const mountNewExperiment: Mount<NewExperimentState> = (element, initial, tools) => {
  const scope = new Scope();
  let errors: ReadonlyMap<string, string> = new Map();
  let failure = "";
  let sending = false;
  let rows: VaryRow[] = [];
  let datasets: readonly DatasetInfo[] = [];
  let runs: readonly RunView[] = [];
  let taken: ReadonlySet<string> = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;

  // Controls -----------------------------------------------------------------------------------

  const name = new TextField("Name", "The name of the experiment; its runs are named after it.", () =>
    changed(),
  );
  const seeds = new TextField(
    "Seeds",
    "Each combination is trained once with each seed. With a single seed there is no interval, so a difference cannot be told from chance; three to five are usual.",
    () => changed(),
  );
  const shared = new SharedSettings({
    changed: () => changed(),
    vary(path, value) {
      const row = addRow({ path, values: firstValues(path, value, datasets) });
      row.element.scrollIntoView({ block: "center" });
      row.focusValues();
      changed();
    },
  });
  const list = h("div", { class: "vary-rows" });
  const add = button({
    label: "Vary another setting",
    icon: "plus",
    kind: "plain",
    click: () => {
      const row = addRow({ path: "latent.dim", values: [2, 3, 4] });
      row.focus();
      changed();
    },
  });
  const total = h("div", { class: "experiment-total" });
  const trouble = h("div", { class: "note bad", role: "alert", hidden: true }, icon("warning"), h("p", {}));
  const start = h(
    "button",
    { type: "submit", class: "button primary large" },
    icon("play"),
    h("span", {}, "Start experiment"),
  );
  const cards = EXPERIMENT_TEMPLATES.map((template) => ({
    template,
    card: h(
      "button",
      {
        type: "button",
        class: "template",
        on: { click: () => tools.go(linkTo.newExperiment({ template: template.id })) },
      },
      h("strong", {}, template.title),
      h("span", {}, template.text),
    ),
  }));
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("New experiment", {
        lede: "Vary the settings of a training, and compare the results.",
      }),
      h(
        "div",
        { class: "templates", role: "group", "aria-label": "Templates" },
        cards.map(({ card }) => card),
      ),
      trainingForm(
        () => void submit(),
        h(
          "div",
          { class: "form-sections" },
          section("What varies", list, add),
          section("How it is compared", h("div", { class: "field-grid" }, name.element, seeds.element)),
          shared.element,
        ),
        h(
          "aside",
          { class: "preview", "aria-label": "What will be trained" },
          h(
            "div",
            { class: "card preview-card" },
            h("h2", { class: "section-title" }, "What will be trained"),
            total,
            h(
              "p",
              { class: "field-help" },
              "Runs start in the order of submission: a training that is submitted later waits until these are done, or until the experiment is cancelled.",
            ),
            trouble,
            start,
          ),
        ),
      ),
    ),
  );

  // Reactions to changes -----------------------------------------------------------------------

  const check = new ExperimentCheck(tools.api, {
    found(problems) {
      const own = draft();
      errors = new Map([...problems, ...ownProblems(own)]);
      failure = "";
      render();
    },
    failed(error) {
      failure = messageOf(error);
      render();
    },
  });

  function addRow(varied: Varied): VaryRow {
    const row = new VaryRow(varied, {
      changed,
      removed(gone) {
        rows = rows.filter((one) => one !== gone);
        gone.element.remove();
        add.focus();
        changed();
      },
      datasets: () => datasets.map((one) => ({ value: one.name, label: one.title })),
    });
    rows.push(row);
    list.append(row.element);
    return row;
  }

  function draft(): ExperimentDraft {
    return {
      name: name.value.trim(),
      base: shared.spec,
      vary: rows.map((row) => row.varied),
      seeds: typedValues(seeds.value, true),
    };
  }

  /** What the page can check by itself, at every key. */
  function ownProblems(own: ExperimentDraft): ReadonlyMap<string, string> {
    const unclear = rows.flatMap(({ problem, varied }) =>
      problem === undefined ? [] : [[`vary.${varied.path}`, problem] as const],
    );
    const json = shared.problem === undefined ? [] : [["base", shared.problem] as const];
    return new Map([...draftProblems(own, taken), ...unclear, ...json]);
  }

  function changed(): void {
    const own = draft();
    errors = ownProblems(own);
    failure = "";
    check.ask(own);
    render();
  }

  function takeFailure(error: unknown): void {
    if (error instanceof ProblemError && error.problem.errors) {
      const found = error.problem.errors.map(({ path, message }) => [path, message] as const);
      errors = new Map([...errors, ...found]);
      failure = "";
    } else failure = messageOf(error);
  }

  function render(): void {
    const own = draft();
    const number = runCount(own);
    const tooMany = number > MOST_RUNS;
    const images = new Map(datasets.map((one) => [one.name, one.train]));
    const full = estimable(own);
    const time = full && !tooMany ? experimentTime(full, own, runs, images) : undefined;
    fill(total, totalOf(own, time, full !== undefined));
    const shown = new Set<string>();
    const at = (matches: (path: string) => boolean) => {
      const found = [...errors].filter(([path]) => matches(path));
      for (const [path] of found) shown.add(path);
      return found.length
        ? found.map(([path, text]) => sentence(`${placed(path)}${text}`)).join(" ")
        : undefined;
    };
    name.error = at((path) => path === "name");
    seeds.error = at((path) => path === "seeds" || path.startsWith("seeds."));
    const ofBase = [...errors].filter(([path]) => path.startsWith("base."));
    for (const [path] of ofBase) shown.add(path);
    shown.add("base");
    shared.update(
      check.full ? (check.full as unknown as SpecDraft) : {},
      new Set(own.vary.map(({ path }) => path)),
      new Map(ofBase.map(([path, text]) => [path.slice("base.".length), text])),
    );
    for (const row of rows) {
      const path = `vary.${row.varied.path}`;
      row.error = at((other) => other === path || other.startsWith(`${path}.`));
    }
    const rest = [...errors]
      .filter(([path]) => !shown.has(path))
      .map(([path, text]) => `${path}: ${sentence(text)}`);
    if (tooMany) rest.unshift(`An experiment has at most ${MOST_RUNS} trainings.`);
    const text = failure || rest.join(" ");
    trouble.hidden = text === "";
    setText(trouble.lastElementChild ?? trouble, text);
    start.disabled = sending || tooMany || !number || errors.size > 0;
  }

  /** What all runs share while it is valid, with the defaults of the last check: estimates follow every key. */
  function estimable(own: ExperimentDraft): RunView["spec"] | undefined {
    const isRefused = [...errors.keys()].some((path) => path !== "name");
    if (!check.full || isRefused) return undefined;
    const spec = completed(own.base, check.full as unknown as SpecDraft);
    return isComplete(spec) ? (spec as unknown as RunView["spec"]) : undefined;
  }

  async function submit(): Promise<void> {
    const own = draft();
    if (sending) return;
    sending = true;
    render();
    try {
      const { name: made } = await tools.api.submitExperiment(requestOf(own));
      tools.go(linkTo.experiment(made));
    } catch (error) {
      takeFailure(error);
    } finally {
      sending = false;
      render();
    }
  }

  /** @param words where it comes from: "as in the template". */
  function use(given: ExperimentTemplate["draft"], id: string, words: string): void {
    for (const row of rows) row.element.remove();
    rows = [];
    for (const varied of given.vary) addRow(varied);
    name.value = freeName(id, taken);
    seeds.value = given.seeds.join(", ");
    shared.begin(given.base, words);
    changed();
  }

  async function begin(state: NewExperimentState): Promise<void> {
    const chosen = state.from || state.base ? undefined : (state.template ?? EXPERIMENT_TEMPLATES[0]?.id);
    for (const { template, card } of cards) {
      card.setAttribute("aria-pressed", String(template.id === chosen));
    }
    try {
      const [sets, experiments, known, run] = await Promise.all([
        tools.api.datasets(scope.signal),
        tools.api.experiments(scope.signal),
        tools.api.runs(scope.signal),
        state.from ? tools.api.run(state.from, scope.signal) : undefined,
      ]);
      datasets = sets;
      runs = known;
      shared.datasets = sets;
      taken = new Set(experiments.map((one) => one.name));
      const spec = run ? (run.spec as unknown as SpecDraft) : readSpec(state.base);
      const template = EXPERIMENT_TEMPLATES.find(({ id }) => id === chosen) ?? EXPERIMENT_TEMPLATES[0];
      const { seed, ...rest } = spec ?? {};
      if (spec) {
        const first = typeof seed === "number" ? seed : 0;
        use(
          { base: rest, vary: [FIRST_VARIED], seeds: [first, first + 1, first + 2] },
          state.from ?? "experiment",
          state.from ? `as in ${state.from}` : "as proposed",
        );
      } else if (template) use(template.draft, template.id, "as in the template");
      for (const row of rows) row.refresh();
    } catch (error) {
      if (scope.signal.aborted) return;
      failure = messageOf(error);
      render();
      if (isPassing(error)) timer = setTimeout(() => void begin(state), RETRY);
    }
  }
  render();
  void begin(initial);

  scope.onDispose(() => {
    clearTimeout(timer);
    check.dispose();
  });
  return { update: (next) => void begin(next), dispose: () => scope.dispose() };
};

/** The values that a field begins with when it is varied: all of a choice, those that are offered of a number. */
function firstValues(
  path: string,
  value: SpecValue | undefined,
  datasets: readonly DatasetInfo[],
): readonly SpecValue[] {
  const field = variable(path);
  if (path === "dataset") return datasets.map(({ name }) => name);
  if (field?.kind === "switch") return [true, false];
  if (field?.kind === "choice") return field.options.map((option) => option.value);
  if (field?.kind === "number" && field.presets) return field.presets;
  return value === undefined || value === null ? [] : [value];
}

function section(title: string, ...children: HTMLElement[]): HTMLElement {
  return h(
    "section",
    { class: "card form-section", "aria-label": title },
    h("h2", { class: "section-title" }, title),
    children,
  );
}
