/** The fields of a fork: those of the training form, with what stays as it is locked. */
import { signal } from "@preact/signals-core";
import { messageOf, ProblemError } from "../../api/problem.ts";
import type { Continuation, ForkDraft, RunView, SpecDraft, SpecValue, StateList } from "../../api/types.ts";
import {
  type ForkForm,
  fieldPath,
  fieldValue,
  newFork,
  requestOf,
  startEpoch,
  withField,
} from "../../core/growth/forkDraft.ts";
import { forkSections, keptBecause } from "../../core/growth/forking.ts";
import { costWords, epochsWords, keptReason } from "../../core/growth/states.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ForkState } from "../../core/navigation/views.ts";
import { IdempotencyKey } from "../../core/requests/idempotencyKey.ts";
import { latest } from "../../core/requests/latest.ts";
import { subject } from "../../core/runs/words.ts";
import { fileSize, integer } from "../../core/text/format.ts";
import { sentence } from "../../core/text/sentence.ts";
import { completed } from "../../core/training/draft.ts";
import { type Beginning, emptiedWords } from "../../core/training/emptied.ts";
import { type Field, fieldsOf, type Section } from "../../core/training/field.ts";
import { FOLDED_PATHS, isComplete, SECTIONS } from "../../core/training/sections.ts";
import { estimateTime } from "../../core/training/timeEstimate.ts";
import { fill, h, setAttribute, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Tools, View } from "../../ui/view.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { FieldRow } from "../training/fieldRow.ts";
import { previewSkeleton, sectionOf, trainingForm } from "../training/formParts.ts";
import { TimeEstimate } from "../training/timeEstimate.ts";
import { ForkPlan } from "./plan.ts";

const DEBOUNCE = 250;
const EPOCHS_HELP =
  "Those before the fork included. The time grows in proportion to the others; you can stop early and explore what is there.";
const { open, kept } = forkSections(SECTIONS);

export interface Forked {
  readonly run: RunView;
  readonly runs: readonly RunView[];
  /** At least one. */
  readonly states: StateList["states"];
  /** Names that another run cannot have. */
  readonly taken: ReadonlySet<string>;
}

export function forkForm(
  page: HTMLElement,
  { run, runs, states, taken }: Forked,
  initial: ForkState,
  tools: Tools,
): View<ForkState> {
  const scope = new Scope();
  const parent = run.spec as unknown as SpecDraft;
  const epochs = states.map(({ epoch }) => epoch);
  const begin = (wanted: number | undefined) => startEpoch(epochs, wanted) ?? 0;
  const form = signal<ForkForm>(newFork(parent, begin(initial.epoch), taken));
  const begun: Beginning = { spec: form.value.spec, words: `as in ${run.name}` };
  const standsFor = (path: string) => (value: SpecValue) =>
    path === "epochs"
      ? `Left empty, it is ${value}, as proposed.`
      : emptiedWords(value, path, form.peek().spec, begun);
  const wanted = signal(initial.epoch);
  const plan = signal<Continuation | undefined>(undefined);
  const errors = signal<ReadonlyMap<string, string>>(new Map());
  const failure = signal("");
  const sending = signal(false);
  /** Whether the plan is of an earlier draft. */
  const pending = signal(false);
  const key = new IdempotencyKey();
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The plan, from the API ----------------------------------------------------------------------

  const nameProblem = ({ name }: ForkDraft): [string, string][] =>
    taken.has(name) ? [["name", "is already taken; choose another one"]] : [];
  const asked = latest<ForkForm, Continuation>(
    (one, stop) => tools.api.previewFork(run.name, requestOf(parent, one), stop),
    (answer, one) => {
      plan.value = answer;
      pending.value = false;
      failure.value = "";
      errors.value = new Map(nameProblem(requestOf(parent, one)));
      if (one !== form.value) return;
      form.value = { ...one, spec: completed(one.spec, answer.spec as unknown as SpecDraft) };
    },
    (error, one) => takeFailure(error, one),
    1,
  );
  const takeFailure = (error: unknown, one: ForkForm) => {
    const problem = error instanceof ProblemError ? error.problem : undefined;
    const found = (problem?.errors ?? []).map(({ path, message }) => [fieldPath(path), message] as const);
    if (found.length > 0) errors.value = new Map([...nameProblem(requestOf(parent, one)), ...found]);
    else if (problem?.status === 409) errors.value = new Map([["name", problem.detail ?? problem.title]]);
    failure.value = found.length > 0 || problem?.status === 409 ? "" : messageOf(error);
  };
  const change = (path: string, value: SpecValue | undefined) => {
    form.value = withField(form.value, path, value, begun);
    pending.value = true;
    clearTimeout(timer);
    if (path === "epoch") {
      asked.ask(form.value);
      tools.go(linkTo.fork(run.name, { epoch: form.value.epoch }), { replace: true });
    } else timer = setTimeout(() => asked.ask(form.value), DEBOUNCE);
  };
  const submit = async () => {
    if (sending.value) return;
    sending.value = true;
    const draft = requestOf(parent, form.value);
    try {
      const made = await tools.api.fork(run.name, draft, key.of(draft));
      tools.go(linkTo.run(made.name));
    } catch (error) {
      takeFailure(error, form.value);
      const [first] = errors.value.keys();
      rows.find(({ field }) => field.path === first)?.focus();
    } finally {
      sending.value = false;
    }
  };

  // The page ------------------------------------------------------------------------------------

  const beginning: Field = {
    path: "epoch",
    label: "Begins after epoch",
    kind: "choice",
    options: [...states].reverse().map(({ epoch, bytes }, index) => ({
      value: String(epoch),
      label: `${integer(epoch)}${index === 0 ? ", the newest" : ""} (${fileSize(bytes)})`,
    })),
    help: `Of ${run.name}, the training states of ${epochsWords(epochs)} are kept. ${keptReason(run.spec)}`,
  };
  const withBeginning = (fields: readonly Field[]): Field[] =>
    fields.flatMap((field) => {
      if (field.path === "name") return [field, beginning];
      return field.path === "epochs" ? [{ ...field, label: "Epochs in all", help: EPOCHS_HELP }] : [field];
    });
  const sections: Section[] = open.map((section, index) =>
    index === 0 ? { ...section, title: "The fork", fields: withBeginning(section.fields) } : section,
  );
  const rows = sections
    .flatMap(fieldsOf)
    .map((field) => new FieldRow(field, change, standsFor(field.path)));
  const locked = kept.map((field) => new FieldRow(field, change));
  for (const row of locked) row.lock(keptBecause(row.field.path) ?? "");
  const rowOf = new Map(rows.map((row) => [row.field.path, row]));
  const lockedRowOf = new Map(locked.map((row) => [row.field.path, row]));
  const dataset = lockedRowOf.get("dataset");
  if (dataset) dataset.options = [{ value: run.spec.dataset, label: run.spec.dataset }];

  const elsewhere = h("p", { class: "note info", role: "status", hidden: true });
  const beside = new ForkPlan();
  const waiting = previewSkeleton();
  const time = new TimeEstimate();
  const trouble = h("div", { class: "note bad", role: "alert", hidden: true }, icon("warning"), h("p", {}));
  const start = h(
    "button",
    { type: "submit", class: "button primary large" },
    icon("fork"),
    h("span", {}, "Start the fork"),
  );
  const keptSection = sectionOf({ title: `Stays as in ${run.name}`, fields: kept }, lockedRowOf, null);
  keptSection.classList.add("kept-section");
  fill(
    page,
    pageHead(`Fork ${run.name}`, {
      crumbs: breadcrumb(linkTo.run(run.name), run.name),
      lede: `${subject(run.spec)} · a run of its own that begins with the weights of this one`,
    }),
    elsewhere,
    trainingForm(
      () => void submit(),
      h(
        "div",
        { class: "form-sections" },
        sections.map((section) => sectionOf(section, rowOf, null)),
        keptSection,
      ),
      h(
        "aside",
        { class: "preview", "aria-label": "How the fork goes on" },
        h(
          "div",
          { class: "card preview-card" },
          h("h2", { class: "section-title" }, "How it goes on"),
          waiting,
          beside.element,
          time.element,
          trouble,
          start,
        ),
      ),
    ),
  );

  // Reactions to changes ------------------------------------------------------------------------

  scope.effect(() => {
    const proposed = (plan.value?.spec ?? {}) as unknown as SpecDraft;
    for (const row of [...rows, ...locked]) {
      row.value = fieldValue(form.value, row.field.path, proposed);
      row.element.hidden = row.field.when ? !row.field.when(form.value.spec) : false;
    }
  });
  scope.effect(() => {
    const asked_ = wanted.value;
    elsewhere.hidden = asked_ === undefined || epochs.includes(asked_);
    setText(
      elsewhere,
      `The training state of epoch ${integer(asked_ ?? 0)} is not kept, so the fork begins after epoch ${integer(form.value.epoch)}.`,
    );
  });
  scope.effect(() => {
    for (const row of rows) {
      row.error = errors.value.get(row.field.path);
      if (errors.value.has(row.field.path)) row.element.closest("details")?.setAttribute("open", "");
    }
    const unseen = [...errors.value].filter(([path]) => !rowOf.has(path) || FOLDED_PATHS.has(path));
    const text =
      failure.value ||
      unseen
        .map(([path, words]) => {
          const label = (rowOf.get(path) ?? lockedRowOf.get(path))?.field.label ?? path;
          return path ? `${label}: ${sentence(words)}` : sentence(words);
        })
        .join(" ");
    trouble.hidden = text === "";
    setText(trouble.lastElementChild ?? trouble, text);
    start.disabled = sending.value || errors.value.size > 0;
  });
  scope.effect(() => {
    const found = plan.value;
    waiting.hidden = found !== undefined;
    if (found) beside.update(found);
  });
  scope.effect(() => setAttribute(beside.element, "aria-busy", pending.value && "true"));
  scope.effect(() => {
    const found = plan.value;
    if (!found) return;
    const spec = estimable(found);
    const states = rowOf.get("export.states");
    if (states) {
      states.note = spec ? `Costs ${costWords(found.state_bytes, spec, form.value.epoch)}` : "";
    }
    if (!spec) return time.invalid();
    const epochs_ = (spec.epochs ?? 0) - form.value.epoch;
    time.update(estimateTime({ ...spec, epochs: epochs_ }, runs, new Map()), epochs_);
  });
  /** The draft while it is valid, with what the last plan adds: what estimates follow at every key. */
  function estimable(found: Continuation): Continuation["spec"] | undefined {
    const { epoch, epochs: typed, spec } = form.value;
    const proposed = found.spec as unknown as SpecDraft;
    const draft = completed({ ...spec, epochs: typed ?? proposed.epochs ?? 0 }, proposed);
    const isRefused = [...errors.value.keys()].some((path) => path !== "name");
    const isMore = Number(draft.epochs) > epoch;
    return !isRefused && isMore && isComplete(draft)
      ? (draft as unknown as Continuation["spec"])
      : undefined;
  }

  asked.ask(form.value);
  scope.onDispose(() => {
    clearTimeout(timer);
    asked.cancel();
    beside.dispose();
  });
  return {
    update(next) {
      wanted.value = next.epoch;
      const epoch = begin(next.epoch);
      if (epoch === form.value.epoch) return;
      form.value = { ...form.value, epoch };
      asked.ask(form.value);
    },
    dispose: () => scope.dispose(),
  };
}
