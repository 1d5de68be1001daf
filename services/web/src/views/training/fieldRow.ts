/** One field of the form: label, control, help, and the server's error. */
import type { SpecValue } from "../../api/types.ts";
import { typedNumber } from "../../core/training/draft.ts";
import type { Field } from "../../core/training/field.ts";
import type { Option } from "../../core/vocabulary/knobs.ts";
import { fill, freshId, h, setAttribute, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";

type Control = HTMLInputElement | HTMLSelectElement;

export class FieldRow {
  readonly element: HTMLElement;
  readonly field: Field;
  readonly #control: Control;
  readonly #error: HTMLElement;
  readonly #errorId: string;
  readonly #helpId: string;
  readonly #presets: HTMLElement | undefined;
  readonly #help: HTMLElement;
  readonly #note = h("p", { class: "field-note", hidden: true });

  constructor(field: Field, changed: (path: string, value: SpecValue | undefined) => void) {
    this.field = field;
    const id = freshId("field");
    this.#helpId = `${id}-help`;
    this.#errorId = `${id}-error`;
    this.#control = control(field, id, (value) => changed(field.path, value));
    this.#control.setAttribute("aria-describedby", this.#helpId);
    this.#control.dataset.path = field.path;
    this.#error = h("p", { class: "field-error", id: this.#errorId, hidden: true });
    const unit = field.kind === "number" && field.unit ? h("span", { class: "unit" }, field.unit) : null;
    const label = h("label", { class: "label", for: id }, field.label);
    this.#help = h("p", { class: "field-help" }, field.help);
    const help = h("div", { class: "field-texts", id: this.#helpId }, this.#help, this.#note);
    if (field.kind === "number" && field.presets) {
      this.#presets = h("div", { class: "presets" });
      fill(
        this.#presets,
        field.presets.map((preset) =>
          h(
            "button",
            {
              type: "button",
              class: "preset",
              "data-value": preset,
              "aria-label": `${field.label}: ${preset}`,
              on: { click: () => changed(field.path, preset) },
            },
            preset,
          ),
        ),
      );
    }
    this.element =
      field.kind === "switch"
        ? h(
            "div",
            { class: "field switch-field" },
            h("div", { class: "switch-line" }, this.#control, label),
            help,
            this.#error,
          )
        : h(
            "div",
            { class: "field" },
            label,
            h("div", { class: "control" }, this.#control, unit, this.#presets),
            help,
            this.#error,
          );
  }

  set options(options: readonly Option[]) {
    const { value } = this.#control;
    fill(
      this.#control,
      options.map((option) => h("option", { value: option.value }, option.label)),
    );
    this.#control.value = value;
  }

  /** Show a value, unless the user is typing. */
  set value(value: SpecValue | undefined) {
    const element = this.#control;
    for (const preset of this.#presets?.querySelectorAll("button") ?? []) {
      preset.setAttribute("aria-pressed", String(preset.dataset.value === String(value)));
    }
    if (element instanceof HTMLInputElement && element.type === "checkbox") {
      element.checked = value === true;
      return;
    }
    if (document.activeElement === element && element instanceof HTMLInputElement) return;
    element.value = value === null || value === undefined ? "" : String(value);
  }

  set error(message: string | undefined) {
    this.#error.hidden = message === undefined;
    setText(this.#error, message ?? "");
    setAttribute(this.#control, "aria-invalid", message === undefined ? undefined : "true");
    this.#control.setAttribute(
      "aria-describedby",
      message === undefined ? this.#helpId : `${this.#errorId} ${this.#helpId}`,
    );
  }

  /** What follows from its value now, such as what it costs. */
  set note(text: string) {
    this.#note.hidden = text === "";
    setText(this.#note, text);
  }

  /** Show the value, and in place of its help why it cannot be another one. */
  lock(reason: string): void {
    this.#control.disabled = true;
    for (const preset of this.#presets?.querySelectorAll("button") ?? []) preset.disabled = true;
    fill(this.#help, icon("lock", 13), reason);
    this.element.classList.add("locked");
  }

  focus(): void {
    this.#control.focus();
  }
}

function control(field: Field, id: string, changed: (value: SpecValue | undefined) => void): Control {
  switch (field.kind) {
    case "choice": {
      const element = h(
        "select",
        { id, class: "select", on: { change: () => changed(element.value) } },
        field.options.map((option) => h("option", { value: option.value }, option.label)),
      );
      return element;
    }
    case "switch": {
      const element = h("input", {
        id,
        type: "checkbox",
        class: "switch",
        role: "switch",
        on: { change: () => changed(element.checked) },
      });
      return element;
    }
    case "number": {
      const { automatic } = field;
      const element = h("input", {
        id,
        class: "input number",
        inputmode: "decimal",
        autocomplete: "off",
        placeholder: automatic,
        on: {
          input: () => {
            const value = typedNumber(element.value, field.whole);
            changed(value === undefined && automatic ? null : value);
          },
          // Show the number as it was understood, once the user is done.
          change: () => {
            const value = typedNumber(element.value, field.whole);
            if (typeof value === "number") element.value = String(value);
          },
        },
      });
      return element;
    }
    case "text": {
      const element = h("input", {
        id,
        class: "input",
        autocomplete: "off",
        spellcheck: "false",
        on: { input: () => changed(element.value) },
      });
      return element;
    }
  }
}
