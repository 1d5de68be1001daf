/** What all runs of an experiment share: the fields of a training, each of which can be varied instead. */
import { messageOf } from "../../api/problem.ts";
import type { DatasetInfo, SpecDraft, SpecValue } from "../../api/types.ts";
import { variable } from "../../core/experiments/variables.ts";
import { integer } from "../../core/text/format.ts";
import { sentence } from "../../core/text/sentence.ts";
import { completed, valueAt, withValue } from "../../core/training/draft.ts";
import { type Beginning, emptiedWords, NOTHING, stoodFor } from "../../core/training/emptied.ts";
import { type Field, fieldsOf, type Section } from "../../core/training/field.ts";
import { SECTIONS } from "../../core/training/sections.ts";
import { h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { FieldRow } from "../training/fieldRow.ts";
import { sectionOf } from "../training/formParts.ts";
import { TextField } from "./textField.ts";

const isShared = ({ path }: Field) => variable(path) !== undefined;

/** All that can be varied: not the name and the seed, which every run has for itself. */
const SHARED: readonly Section[] = SECTIONS.map((section) => ({
  ...section,
  fields: section.fields.filter(isShared),
  groups: (section.groups ?? []).map((group) => ({ ...group, fields: group.fields.filter(isShared) })),
}));

export interface SharedEvents {
  readonly changed: () => void;
  /** The field is to be varied, beginning with the value that it has. */
  readonly vary: (path: string, value: SpecValue | undefined) => void;
}

export class SharedSettings {
  readonly element: HTMLElement;
  readonly #events: SharedEvents;
  readonly #rows: ReadonlyMap<string, SharedField>;
  readonly #json: TextField;
  readonly #folded: HTMLDetailsElement;
  #spec: SpecDraft = {};
  #begun: Beginning = NOTHING;
  /** The spec with all defaults, as far as it is known. */
  #full: SpecDraft = {};
  /** What is wrong with the JSON; while it is, the spec is the last that was right. */
  #problem: string | undefined;

  constructor(events: SharedEvents) {
    this.#events = events;
    const fields = SHARED.flatMap(fieldsOf);
    this.#rows = new Map(
      fields.map((field) => [
        field.path,
        new SharedField(
          field,
          (value) => this.#change(field.path, value),
          (value) => emptiedWords(value, field.path, this.#full, this.#begun),
          (value) => events.vary(field.path, value),
        ),
      ]),
    );
    this.#json = new TextField(
      "Training spec, as JSON",
      "The same settings as text. Those that are left out have their defaults.",
      () => this.#typed(),
      true,
    );
    this.#folded = h(
      "details",
      { class: "card form-section disclosure" },
      h("summary", {}, icon("chevron"), "As JSON"),
      h("div", { class: "json-field" }, this.#json.element),
    );
    this.element = h(
      "div",
      { class: "form-sections" },
      h(
        "div",
        { class: "shared-head" },
        h("h2", { class: "section-title" }, "What all runs share"),
        h("p", { class: "field-help" }, "“Vary this” moves a setting up, to those that are compared."),
      ),
      SHARED.map((section) => sectionOf(section, this.#rows, null)),
      this.#folded,
    );
  }

  get spec(): SpecDraft {
    return this.#spec;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Begin with a spec; `words` say where it comes from: "as in the template". */
  begin(spec: SpecDraft, words: string): void {
    this.#begun = { spec, words };
    for (const row of this.#rows.values()) row.field.reset();
    this.#take(withValue(spec, "name", undefined));
  }

  set datasets(datasets: readonly DatasetInfo[]) {
    const row = this.#rows.get("dataset");
    if (!row) return;
    row.field.options = datasets.map(({ name, title, train }) => ({
      value: name,
      label: `${title} (${integer(train)})`,
    }));
    row.field.value = valueAt(this.#spec, "dataset");
  }

  /**
   * @param full the spec with all defaults, once it is known.
   * @param varied paths of the fields that are varied.
   * @param errors by path, of the fields.
   */
  update(full: SpecDraft, varied: ReadonlySet<string>, errors: ReadonlyMap<string, string>): void {
    const spec = completed(this.#spec, full);
    this.#full = spec;
    const shown = new Set<string>();
    for (const [path, row] of this.#rows) {
      const error = errors.get(path);
      // A varied name replaces its whole part, so the parameters of that are none of what is shared.
      const replaced = [...varied].some((name) => name !== path && isPartOf(path, name));
      row.element.hidden = replaced || (row.field.field.when ? !row.field.field.when(spec) : false);
      row.update(valueAt(spec, path), varied.has(path), error);
      if (error === undefined || varied.has(path)) continue;
      shown.add(path);
      row.element.closest("details")?.setAttribute("open", "");
    }
    const others = [...errors].filter(([path]) => !shown.has(path));
    this.#json.error =
      this.#problem ??
      (others.length ? others.map(([path, text]) => `${path}: ${sentence(text)}`).join(" ") : undefined);
    if (this.#problem ?? others.length) this.#folded.open = true;
  }

  #change(path: string, typed: SpecValue | undefined): void {
    const value = typed === undefined ? stoodFor(path, this.#full, this.#begun) : typed;
    // Another activation or optimiser has other parameters: those of the old one are dropped.
    const next = path.endsWith(".name")
      ? withValue(this.#spec, path.slice(0, -".name".length), { name: value ?? "" })
      : withValue(this.#spec, path, value);
    this.#take(next);
    this.#events.changed();
  }

  #take(spec: SpecDraft): void {
    this.#spec = spec;
    this.#problem = undefined;
    this.#json.value = JSON.stringify(spec, null, 2);
  }

  #typed(): void {
    try {
      const spec: unknown = JSON.parse(this.#json.value || "{}");
      if (spec === null || typeof spec !== "object" || Array.isArray(spec)) {
        this.#problem = "must be a JSON object";
      } else {
        this.#problem = undefined;
        this.#spec = spec as SpecDraft;
      }
    } catch (error) {
      this.#problem = `is not valid JSON: ${messageOf(error)}`;
    }
    this.#events.changed();
  }
}

function isPartOf(path: string, name: string): boolean {
  return name.endsWith(".name") && path.startsWith(name.slice(0, -"name".length));
}

/** A field of the training form with the button that varies it; while it is varied, only a note of that. */
class SharedField {
  readonly element: HTMLElement;
  readonly field: FieldRow;
  readonly #vary: HTMLButtonElement;
  readonly #note = h("p", { class: "varied-note", hidden: true });
  #value: SpecValue | undefined;

  constructor(
    field: Field,
    changed: (value: SpecValue | undefined) => void,
    standsFor: (value: SpecValue) => string,
    vary: (value: SpecValue | undefined) => void,
  ) {
    this.field = new FieldRow(field, (_, value) => changed(value), standsFor);
    const label = variable(field.path)?.label ?? field.label;
    setText(this.#note, `${field.label}: varied, see above`);
    this.#vary = h(
      "button",
      {
        type: "button",
        class: "text-button vary-this",
        "aria-label": `Vary this: ${label}`,
        on: { click: () => vary(this.#value) },
      },
      "Vary this",
    );
    this.element = h("div", { class: "shared-field" }, this.field.element, this.#note, this.#vary);
  }

  update(value: SpecValue | undefined, varied: boolean, error: string | undefined): void {
    this.#value = value;
    this.field.value = value;
    this.field.error = varied ? undefined : error;
    this.field.element.hidden = varied;
    this.#note.hidden = !varied;
    this.#vary.hidden = varied;
  }
}
