/** One setting that an experiment varies, with its values. */
import type { SpecValue } from "../../api/types.ts";
import {
  typedValues,
  unclearValues,
  VARIABLES,
  valuesWords,
  variable,
} from "../../core/experiments/variables.ts";
import { sentence } from "../../core/text/sentence.ts";
import type { Option } from "../../core/vocabulary/knobs.ts";
import { button } from "../../ui/controls.ts";
import { fill, freshId, h, setAttribute, setText } from "../../ui/dom.ts";

export interface Varied {
  readonly path: string;
  readonly values: readonly SpecValue[];
}

interface VaryRowOptions {
  readonly changed: () => void;
  readonly removed: (row: VaryRow) => void;
  /** Data sets, which come from the server. */
  readonly datasets: () => readonly Option[];
}

export class VaryRow {
  readonly element: HTMLElement;
  readonly #options: VaryRowOptions;
  readonly #field: HTMLSelectElement;
  readonly #values = h("div", { class: "vary-values" });
  readonly #help: HTMLElement;
  readonly #understood = h("p", { class: "understood", role: "status", hidden: true });
  readonly #error: HTMLElement;
  #varied: Varied;
  #problem: string | undefined;

  constructor(varied: Varied, options: VaryRowOptions) {
    this.#varied = varied;
    this.#options = options;
    const id = freshId("vary");
    this.#help = h("p", { class: "field-help", id: `${id}-help` });
    this.#error = h("p", { class: "field-error", role: "alert", id: `${id}-error`, hidden: true });
    this.#field = h(
      "select",
      {
        class: "select",
        id,
        "aria-describedby": `${id}-help ${id}-error`,
        on: { change: () => this.#choose(this.#field.value) },
      },
      VARIABLES.map(({ title, fields }) =>
        h(
          "optgroup",
          { label: title },
          fields.map(({ path, label }) =>
            h("option", { value: path, selected: path === varied.path }, label),
          ),
        ),
      ),
    );
    this.element = h(
      "div",
      { class: "vary-row" },
      h("div", { class: "field" }, h("label", { class: "label", for: id }, "Vary"), this.#field),
      h("div", { class: "field" }, this.#values, this.#understood, this.#error, this.#help),
      button({
        icon: "close",
        kind: "quiet",
        iconOnly: true,
        label: "Do not vary this",
        click: () => options.removed(this),
      }),
    );
    this.#render();
  }

  get varied(): Varied {
    return this.#varied;
  }

  /** Why what is typed cannot be taken as values. */
  get problem(): string | undefined {
    return this.#problem;
  }

  set error(message: string | undefined) {
    this.#error.hidden = message === undefined;
    setText(this.#error, sentence(message ?? ""));
    for (const input of this.#values.querySelectorAll("input")) {
      setAttribute(input, "aria-invalid", message === undefined ? undefined : "true");
    }
  }

  focus(): void {
    this.#field.focus();
  }

  /** The first of its values: what comes next once the field has been chosen. */
  focusValues(): void {
    this.#values.querySelector("input")?.focus();
  }

  /** Show the data sets, which may have arrived in the meantime. */
  refresh(): void {
    if (this.#varied.path === "dataset") this.#render();
  }

  #choose(path: string): void {
    this.#problem = undefined;
    const field = variable(path);
    const values =
      field?.kind === "switch"
        ? [true, false]
        : field?.kind === "choice"
          ? this.#choices(path).map(({ value }) => value)
          : field?.kind === "number"
            ? (field.presets ?? [])
            : [];
    this.#set(values, path);
    this.#render();
  }

  #set(values: readonly SpecValue[], path = this.#varied.path): void {
    this.#varied = { path, values };
    this.#echo();
    this.#options.changed();
  }

  /** How typed numbers were understood, so that nobody has to guess. */
  #echo(): void {
    const { path, values } = this.#varied;
    const typed = variable(path)?.kind === "number" && this.#problem === undefined;
    this.#understood.hidden = !typed || values.length === 0;
    this.#understoodAs("");
  }

  #understoodAs(before: string): void {
    setText(this.#understood, before + valuesWords(this.#varied.values));
  }

  #choices(path: string): readonly { readonly value: SpecValue; readonly label: string }[] {
    const field = variable(path);
    if (path === "dataset") return this.#options.datasets();
    if (field?.kind === "switch") return SWITCH;
    return field?.kind === "choice" ? field.options : [];
  }

  #render(): void {
    this.#echo();
    const { path, values } = this.#varied;
    const field = variable(path);
    const label = field?.label ?? path;
    setText(
      this.#help,
      field?.kind === "number"
        ? `${field.help} Separate values by commas, or by semicolons if the numbers have decimal commas.`
        : (field?.help ?? ""),
    );
    if (field?.kind === "number") {
      const id = freshId("values");
      // What an emptied field stands for: the values that it began with.
      const first = values;
      const input = h("input", {
        class: "input",
        id,
        autocomplete: "off",
        "aria-describedby": this.#error.id,
        placeholder: first.join(", ") || "such as 2, 3, 4",
        value: values.join(", "),
        on: {
          input: () => {
            this.#problem = unclearValues(input.value, field.whole);
            const typed = input.value.trim() === "" ? first : typedValues(input.value, field.whole);
            this.#set(this.#problem ? [] : typed);
            if (input.value.trim() === "" && first.length > 0) this.#understoodAs("Left empty, it has ");
          },
        },
      });
      fill(this.#values, h("label", { class: "label", for: id }, `Values of ${label}`), input);
      return;
    }
    const boxes = this.#choices(path).map(({ value, label: text }) => ({
      value,
      text,
      box: h("input", {
        type: "checkbox",
        checked: values.includes(value),
        on: { change: () => this.#set(boxes.filter(({ box }) => box.checked).map((one) => one.value)) },
      }),
    }));
    fill(
      this.#values,
      h(
        "fieldset",
        { class: "vary-choices" },
        h("legend", { class: "label" }, `Values of ${label}`),
        boxes.map(({ box, text }) => h("label", { class: "vary-choice" }, box, h("span", {}, text))),
      ),
    );
  }
}

const SWITCH = [
  { value: true, label: "on" },
  { value: false, label: "off" },
] as const;
