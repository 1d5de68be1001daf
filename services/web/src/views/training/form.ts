/** The form that starts a training, with a live preview of the networks. */
import { computed, signal } from "@preact/signals-core";
import { isPassing, messageOf, ProblemError } from "../../api/problem.ts";
import type { DatasetInfo, Preview, RunView, SpecDraft, SpecValue } from "../../api/types.ts";
import { costWords } from "../../core/growth/states.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { NewTrainingState } from "../../core/navigation/views.ts";
import { latest } from "../../core/requests/latest.ts";
import { integer } from "../../core/text/format.ts";
import { sentence } from "../../core/text/sentence.ts";
import { completed, freeName, valueAt, withValue } from "../../core/training/draft.ts";
import { type Beginning, emptiedWords, NOTHING, stoodFor } from "../../core/training/emptied.ts";
import { fieldsOf } from "../../core/training/field.ts";
import { FIELD_PATHS, FOLDED_PATHS, isComplete, SECTIONS } from "../../core/training/sections.ts";
import { proposed, TEMPLATE_GROUPS, TEMPLATES, type Template } from "../../core/training/templates.ts";
import { estimateTime } from "../../core/training/timeEstimate.ts";
import { button } from "../../ui/controls.ts";
import { fill, h, setAttribute, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { classStrip } from "../datasets/samples.ts";
import { uploadControl } from "../datasets/uploadControl.ts";
import { pageHead } from "../shared/pageHead.ts";
import { FieldRow } from "./fieldRow.ts";
import { networksOf, notDrawn, previewSkeleton, sectionOf, trainingForm } from "./formParts.ts";
import { TimeEstimate } from "./timeEstimate.ts";

const DEBOUNCE = 250;
const RETRY = 3000;

export const mountNewTraining: Mount<NewTrainingState> = (element, initial, tools) => {
  const scope = new Scope();
  const draft = signal<SpecDraft>({});
  const errors = signal<ReadonlyMap<string, string>>(new Map());
  const preview = signal<Preview | undefined>(undefined);
  const failure = signal<string>("");
  const datasets = signal<readonly DatasetInfo[]>([]);
  const runs = signal<readonly RunView[]>([]);
  const sending = signal(false);
  /** Whether the preview is of an earlier draft. */
  const pending = signal(false);
  /** The draft while it is valid, with the defaults of the last preview: what estimates follow at every key. */
  const estimable = computed(() => {
    const full = preview.value?.spec as unknown as SpecDraft | undefined;
    if (!full || isRefused(errors.value)) return undefined;
    const spec = completed(draft.value, full);
    return isComplete(spec) ? (spec as unknown as Preview["spec"]) : undefined;
  });
  const chosenDataset = computed(() => valueAt(draft.value, "dataset"));
  let begun: Beginning = NOTHING;
  let taken: ReadonlySet<string> = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The preview of the draft, from the API ----------------------------------------------------

  const asked = latest<SpecDraft, Preview>(
    (spec, signal_) => tools.api.preview(spec, signal_),
    (answer, spec) => {
      preview.value = answer;
      pending.value = false;
      failure.value = "";
      errors.value = nameProblem(spec);
      if (spec === draft.value) draft.value = completed(spec, answer.spec as unknown as SpecDraft);
    },
    (error, spec) => takeFailure(error, spec),
    1,
  );
  const nameProblem = (spec: SpecDraft): ReadonlyMap<string, string> =>
    taken.has(String(spec.name)) ? new Map([["name", "is already taken; choose another one"]]) : new Map();
  const takeFailure = (error: unknown, spec: SpecDraft) => {
    if (error instanceof ProblemError && error.problem.errors) {
      errors.value = new Map([
        ...nameProblem(spec),
        ...error.problem.errors.map(({ path, message }) => [path, message] as const),
      ]);
      failure.value = "";
    } else if (error instanceof ProblemError && error.status === 409) {
      errors.value = new Map([["name", error.message]]);
    } else failure.value = messageOf(error);
  };
  const change = (path: string, typed: SpecValue | undefined) => {
    const value = typed === undefined ? stoodFor(path, draft.value, begun) : typed;
    // Another activation or optimiser has other parameters: those of the old one are dropped.
    const [branch, isName] = path.endsWith(".name") ? [path.slice(0, -".name".length), true] : ["", false];
    draft.value = isName
      ? withValue(draft.value, branch, { name: value ?? "" })
      : withValue(draft.value, path, value);
    pending.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => asked.ask(draft.value), DEBOUNCE);
  };
  const use = (spec: SpecDraft, words: string) => {
    begun = { spec, words };
    for (const row of rows) row.reset();
    draft.value = spec;
    asked.ask(spec);
  };
  const useTemplate = (template: Template) =>
    use({ name: freeName(template.id, taken), ...template.spec }, "as in the template");
  const submit = async () => {
    if (sending.value) return;
    sending.value = true;
    try {
      await tools.api.submit(draft.value);
      tools.go(linkTo.run(String(draft.value.name)));
    } catch (error) {
      takeFailure(error, draft.value);
      const [first] = errors.value.keys();
      const row = rows.find(({ field }) => field.path === first);
      row?.focus();
    } finally {
      sending.value = false;
    }
  };

  // The page -----------------------------------------------------------------------------------

  const rows = SECTIONS.flatMap(fieldsOf).map(
    (field) => new FieldRow(field, change, (value) => emptiedWords(value, field.path, draft.peek(), begun)),
  );
  const rowOf = new Map(rows.map((row) => [row.field.path, row]));
  const upload = uploadControl({
    api: tools.api,
    taken: () => new Set(datasets.value.map(({ name }) => name)),
    done: (info) => {
      datasets.value = [...datasets.value, info];
      change("dataset", info.name);
    },
    signal: scope.signal,
  });
  const own = h(
    "div",
    { class: "upload-row" },
    upload,
    h("a", { class: "text-button", href: linkTo.datasets() }, "All data sets"),
  );
  const cards = new Map(
    TEMPLATES.map((template) => {
      const card = h(
        "button",
        {
          type: "button",
          class: "template",
          on: { click: () => tools.go(linkTo.newTraining({ template: template.id })) },
        },
        h("strong", {}, template.title),
        h("span", {}, template.text),
      );
      return [template.id, card] as const;
    }),
  );
  const time = new TimeEstimate();
  const summary = h("div", { class: "preview-networks" });
  const trouble = h("div", { class: "note bad", role: "alert", hidden: true }, icon("warning"), h("p", {}));
  const start = h(
    "button",
    { type: "submit", class: "button primary large" },
    icon("play"),
    h("span", {}, "Start training"),
  );
  const vary = button({
    label: "Vary this in an experiment",
    kind: "plain",
    click: () => {
      const base = JSON.stringify(withValue(draft.value, "name", undefined));
      tools.go(linkTo.newExperiment({ base }));
    },
  });
  const form = trainingForm(
    () => void submit(),
    h(
      "div",
      { class: "form-sections" },
      SECTIONS.map((section, index) => sectionOf(section, rowOf, index === 0 ? own : null)),
    ),
    h(
      "aside",
      { class: "preview", "aria-label": "What will be trained" },
      h(
        "div",
        { class: "card preview-card" },
        h("h2", { class: "section-title" }, "What will be trained"),
        summary,
        time.element,
        trouble,
        start,
        vary,
      ),
    ),
  );
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("New training", {
        lede: "Start from a template and change what you like.",
      }),
      TEMPLATE_GROUPS.map(({ title, templates }) =>
        h(
          "section",
          { class: "template-group", "aria-label": `Templates: ${title}` },
          h("h2", { class: "section-title" }, title),
          h(
            "div",
            { class: "templates" },
            templates.map(({ id }) => cards.get(id)),
          ),
        ),
      ),
      form,
    ),
  );

  // Reactions to changes -----------------------------------------------------------------------

  scope.effect(() => {
    const spec = draft.value;
    for (const row of rows) {
      row.value = valueAt(spec, row.field.path);
      row.element.hidden = row.field.when ? !row.field.when(spec) : false;
    }
  });
  scope.effect(() => {
    for (const row of rows) {
      row.error = errors.value.get(row.field.path);
      if (errors.value.has(row.field.path)) unfold(row);
    }
    const unseen = [...errors.value].filter(([path]) => !FIELD_PATHS.has(path) || FOLDED_PATHS.has(path));
    const text =
      failure.value ||
      unseen
        .map(([path, message]) =>
          path ? `${rowOf.get(path)?.field.label ?? path}: ${sentence(message)}` : sentence(message),
        )
        .join(" ");
    trouble.hidden = text === "";
    setText(trouble.lastElementChild ?? trouble, text);
    start.disabled = sending.value || errors.value.size > 0;
  });
  scope.effect(() => {
    const row = rowOf.get("dataset");
    if (row)
      row.options = datasets.value.map((one) => ({
        value: one.name,
        label: `${one.title} (${integer(one.train)})`,
      }));
    if (row) row.value = valueAt(draft.peek(), "dataset");
  });
  const sheets = new Map<string, HTMLElement>();
  const illustration = h("div", {});
  rowOf.get("dataset")?.illustrate(illustration);
  scope.effect(() => {
    const info = datasets.value.find(({ name }) => name === chosenDataset.value);
    if (!info) return fill(illustration);
    const strip =
      sheets.get(info.name) ?? classStrip(info, (name) => tools.api.samples(name, scope.signal));
    sheets.set(info.name, strip);
    fill(illustration, strip);
  });
  scope.effect(() => {
    const row = rowOf.get("export.states");
    if (!row || !preview.value) return;
    const spec = estimable.value;
    row.note = spec ? `Costs ${costWords(preview.value.state_bytes ?? 0, spec)}` : "";
  });
  scope.effect(() => {
    if (preview.value && isRefused(errors.value)) fill(summary, notDrawn());
    else fill(summary, preview.value ? networksOf(preview.value) : previewSkeleton());
  });
  scope.effect(() => setAttribute(summary, "aria-busy", pending.value && "true"));

  scope.effect(() => {
    const images = new Map(datasets.value.map(({ name, train }) => [name, train]));
    const spec = estimable.value;
    if (!preview.value) time.hide();
    else if (!spec) time.invalid();
    else time.update(estimateTime(spec, runs.value, images), spec.epochs ?? 0);
  });

  /** Show the section of a field, so that its error can be seen. */
  function unfold(row: FieldRow): void {
    row.element.closest("details")?.setAttribute("open", "");
  }

  async function begin(state: NewTrainingState): Promise<void> {
    for (const [id, card] of cards) {
      const chosen = id === (state.template ?? (state.from || state.dataset ? "" : TEMPLATES[0]?.id));
      card.setAttribute("aria-pressed", String(chosen));
    }
    try {
      const [found, known, models] = await Promise.all([
        tools.api.datasets(scope.signal),
        tools.api.runs(scope.signal),
        tools.api.models(scope.signal),
      ]);
      datasets.value = found;
      runs.value = known;
      taken = new Set([...known, ...models].map(({ name }) => name));
      const origin = state.from === undefined ? undefined : known.find((run) => run.name === state.from);
      const template = TEMPLATES.find(({ id }) => id === state.template) ?? TEMPLATES[0];
      if (origin) {
        const spec = { ...(origin.spec as unknown as SpecDraft), name: freeName(origin.name, taken) };
        use(spec, `as in ${origin.name}`);
      } else if (template && state.dataset) {
        const side = found.find(({ name }) => name === state.dataset)?.image_shape[0] ?? 0;
        const name = freeName(state.dataset.replaceAll("_", "-"), taken);
        use({ name, ...proposed(state.dataset, side) }, "as proposed");
      } else if (template) useTemplate(template);
    } catch (error) {
      if (scope.signal.aborted) return;
      failure.value = messageOf(error);
      if (isPassing(error)) timer = setTimeout(() => void begin(state), RETRY);
    }
  }
  void begin(initial);

  scope.onDispose(() => {
    clearTimeout(timer);
    asked.cancel();
  });
  return {
    update: (next) => void begin(next),
    dispose: () => scope.dispose(),
  };
};

/** Whether something of the training itself is wrong, not only its name. */
function isRefused(errors: ReadonlyMap<string, string>): boolean {
  return [...errors.keys()].some((path) => path !== "name");
}
