/** The form that starts an experiment: what all runs share, what varies, and the seeds. */
import { isPassing, messageOf, ProblemError } from "../../api/problem.ts";
import type { DatasetInfo, SpecDraft } from "../../api/types.ts";
import {
  draftProblems,
  type ExperimentDraft,
  MOST_RUNS,
  placed,
  previewSpec,
  readSpec,
  requestOf,
  runCount,
} from "../../core/experiments/draft.ts";
import { EXPERIMENT_TEMPLATES, type ExperimentTemplate } from "../../core/experiments/templates.ts";
import { typedValues } from "../../core/experiments/variables.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { NewExperimentState } from "../../core/navigation/views.ts";
import { latest } from "../../core/requests/latest.ts";
import { integer } from "../../core/text/format.ts";
import { freeName, withValue } from "../../core/training/draft.ts";
import { ACTIVATION_NAMES } from "../../core/vocabulary/training.ts";
import { button } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { pageHead } from "../shared/pageHead.ts";
import { TextField } from "./textField.ts";
import { type Varied, VaryRow } from "./varyRow.ts";

const DEBOUNCE = 300;
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
  const base = new TextField(
    "Training spec, as JSON",
    "All settings that do not vary. Those that are left out have their defaults.",
    () => changed(),
    true,
  );
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
  const count = h("p", { class: "run-count", role: "status" });
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
      h(
        "form",
        {
          class: "training-form",
          novalidate: true,
          on: {
            submit: (event) => {
              event.preventDefault();
              void submit();
            },
          },
        },
        h(
          "div",
          { class: "form-sections" },
          section("What varies", list, add),
          section("How it is compared", h("div", { class: "field-grid" }, name.element, seeds.element)),
          section("What all runs share", base.element),
        ),
        h(
          "aside",
          { class: "preview", "aria-label": "What will be trained" },
          h(
            "div",
            { class: "card preview-card" },
            h("h2", { class: "section-title" }, "What will be trained"),
            count,
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

  const asked = latest<SpecDraft, unknown>(
    (spec, signal) => tools.api.preview(spec, signal),
    () => {
      failure = "";
      render();
    },
    (error) => {
      takeFailure(error, "base.");
      render();
    },
    1,
  );

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

  /** The draft, or what is wrong with the JSON of its base spec. */
  function draft(): ExperimentDraft | string {
    let spec: unknown;
    try {
      spec = JSON.parse(base.value || "{}");
    } catch (error) {
      return `is not valid JSON: ${messageOf(error)}`;
    }
    if (spec === null || typeof spec !== "object" || Array.isArray(spec)) return "must be a JSON object";
    return {
      name: name.value.trim(),
      base: spec as SpecDraft,
      vary: rows.map((row) => row.varied),
      seeds: typedValues(seeds.value, true),
    };
  }

  function changed(): void {
    const own = draft();
    errors = new Map(typeof own === "string" ? [["base", own]] : draftProblems(own, taken));
    failure = "";
    clearTimeout(timer);
    if (typeof own !== "string") timer = setTimeout(() => asked.ask(previewSpec(own)), DEBOUNCE);
    render();
  }

  function takeFailure(error: unknown, prefix: string): void {
    if (error instanceof ProblemError && error.problem.errors) {
      const found = error.problem.errors.map(({ path, message }) => [`${prefix}${path}`, message] as const);
      errors = new Map([...errors, ...found]);
      failure = "";
    } else failure = messageOf(error);
  }

  function render(): void {
    const own = draft();
    const number = typeof own === "string" ? undefined : runCount(own);
    const tooMany = number !== undefined && number > MOST_RUNS;
    if (number === undefined || typeof own === "string") setText(count, "–");
    else {
      const sizes = [...own.vary.map(({ values }) => values.length), own.seeds.length].join(" × ");
      const trainings = `${integer(number)} ${number === 1 ? "training" : "trainings"}`;
      fill(count, h("strong", {}, trainings), ` = ${sizes}`);
    }
    const shown = new Set<string>();
    const at = (matches: (path: string) => boolean) => {
      const own = [...errors].filter(([path]) => matches(path));
      for (const [path] of own) shown.add(path);
      return own.length ? own.map(([path, text]) => `${placed(path)}${text}`).join("; ") : undefined;
    };
    name.error = at((path) => path === "name");
    seeds.error = at((path) => path === "seeds" || path.startsWith("seeds."));
    base.error = at((path) => path === "base" || path.startsWith("base."));
    for (const row of rows) {
      const own = `vary.${row.varied.path}`;
      row.error = at((path) => path === own || path.startsWith(`${own}.`));
    }
    const rest = [...errors].filter(([path]) => !shown.has(path)).map(([path, text]) => `${path}: ${text}`);
    if (tooMany) rest.unshift(`An experiment has at most ${MOST_RUNS} trainings.`);
    const text = failure || rest.join("; ");
    trouble.hidden = text === "";
    setText(trouble.lastElementChild ?? trouble, text);
    start.disabled = sending || tooMany || !number || errors.size > 0;
  }

  async function submit(): Promise<void> {
    const own = draft();
    if (sending || typeof own === "string") return;
    sending = true;
    render();
    try {
      const { name: made } = await tools.api.submitExperiment(requestOf(own));
      tools.go(linkTo.experiment(made));
    } catch (error) {
      takeFailure(error, "");
    } finally {
      sending = false;
      render();
    }
  }

  function use(given: ExperimentTemplate["draft"], id: string): void {
    for (const row of rows) row.element.remove();
    rows = [];
    for (const varied of given.vary) addRow(varied);
    name.value = freeName(id, taken);
    seeds.value = given.seeds.join(", ");
    base.value = JSON.stringify(withValue(given.base, "name", undefined), null, 2);
    changed();
  }

  async function begin(state: NewExperimentState): Promise<void> {
    const chosen = state.from || state.base ? undefined : (state.template ?? EXPERIMENT_TEMPLATES[0]?.id);
    for (const { template, card } of cards) {
      card.setAttribute("aria-pressed", String(template.id === chosen));
    }
    try {
      const [sets, experiments, run] = await Promise.all([
        tools.api.datasets(scope.signal),
        tools.api.experiments(scope.signal),
        state.from ? tools.api.run(state.from, scope.signal) : undefined,
      ]);
      datasets = sets;
      taken = new Set(experiments.map((one) => one.name));
      const spec = run ? (run.spec as unknown as SpecDraft) : readSpec(state.base);
      const template = EXPERIMENT_TEMPLATES.find(({ id }) => id === chosen) ?? EXPERIMENT_TEMPLATES[0];
      const { seed, ...rest } = spec ?? {};
      if (spec) {
        const first = typeof seed === "number" ? seed : 0;
        use(
          { base: rest, vary: [FIRST_VARIED], seeds: [first, first + 1, first + 2] },
          state.from ?? "experiment",
        );
      } else if (template) use(template.draft, template.id);
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
    asked.cancel();
  });
  return { update: (next) => void begin(next), dispose: () => scope.dispose() };
};

function section(title: string, ...children: HTMLElement[]): HTMLElement {
  return h(
    "section",
    { class: "card form-section", "aria-label": title },
    h("h2", { class: "section-title" }, title),
    children,
  );
}
