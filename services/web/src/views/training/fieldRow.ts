/** One field of the form: label, control, help, and the server's error. */
import type { SpecValue } from "../../api/types.ts";
import { sentence } from "../../core/text/sentence.ts";
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
  readonly #stands = h("p", { class: "field-note", role: "status", hidden: true });
  readonly #changed: (value: SpecValue | undefined) => void;
  readonly #standsFor: (value: SpecValue) => string;
  /** It was emptied, and stays empty while it stands for a value. */
  #emptied = false;

  /**
   * @param changed called with undefined once the field is emptied.
   * @param standsFor what an emptied field stands for, in a sentence.
   */
  constructor(
    field: Field,
    changed: (path: string, value: SpecValue | undefined) => void,
    standsFor = (value: SpecValue) => `Left empty, it is ${value}.`,
  ) {
    this.field = field;
    this.#changed = (value) => changed(field.path, value);
    this.#standsFor = standsFor;
    const id = freshId("field");
    this.#helpId = `${id}-help`;
    this.#errorId = `${id}-error`;
    this.#control = this.#makeControl(id);
    this.#control.setAttribute("aria-describedby", this.#helpId);
    this.#control.dataset.path = field.path;
    this.#error = h("p", { class: "field-error", id: this.#errorId, hidden: true });
    const unit = field.kind === "number" && field.unit ? h("span", { class: "unit" }, field.unit) : null;
    const label = h("label", { class: "label", for: id }, field.label);
    this.#help = h("p", { class: "field-help" }, field.help);
    const help = h("div", { class: "field-texts", id: this.#helpId }, this.#help, this.#stands, this.#note);
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
              on: { click: () => this.#choose(preset) },
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

  /** Show a value, unless the user is typing. An emptied field only says what it stands for. */
  set value(value: SpecValue | undefined) {
    const element = this.#control;
    if (this.#emptied) {
      this.#stand(value);
      return;
    }
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
    setText(this.#error, sentence(message ?? ""));
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

  /** Show something of the value itself below the control. */
  illustrate(picture: HTMLElement): void {
    this.#help.parentElement?.before(picture);
  }

  /** Show the next value even if the field was emptied: the form begins anew. */
  reset(): void {
    this.#emptied = false;
    this.#stand(undefined);
  }

  #choose(preset: number): void {
    this.reset();
    this.#changed(preset);
    this.value = preset;
  }

  /** Of a field that stands for a value: that value in its place, and a sentence. */
  #stand(value: SpecValue | undefined): void {
    const { field } = this;
    const known = value !== undefined && value !== null;
    const otherwise = field.kind === "number" ? field.automatic : undefined;
    setAttribute(this.#control, "placeholder", known ? String(value) : otherwise);
    this.#stands.hidden = !known;
    setText(this.#stands, known ? this.#standsFor(value) : "");
  }

  #makeControl(id: string): Control {
    const { field } = this;
    switch (field.kind) {
      case "choice": {
        const element = h(
          "select",
          { id, class: "select", on: { change: () => this.#changed(element.value) } },
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
          on: { change: () => this.#changed(element.checked) },
        });
        return element;
      }
      case "number": {
        const { automatic, whole } = field;
        const element = h("input", {
          id,
          class: "input number",
          inputmode: "decimal",
          autocomplete: "off",
          placeholder: automatic,
          on: {
            input: () => this.#typed(typedNumber(element.value, whole), automatic === undefined),
            // Show the number as it was understood, once the user is done.
            change: () => {
              const value = typedNumber(element.value, whole);
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
          on: { input: () => this.#typed(element.value.trim() || undefined, true) },
        });
        return element;
      }
    }
  }

  /** @param stands whether it stands for a value once it is emptied; otherwise that is a choice of its own. */
  #typed(value: SpecValue | undefined, stands: boolean): void {
    this.reset();
    this.#emptied = value === undefined && stands;
    this.#changed(value === undefined && !stands ? null : value);
  }
}
