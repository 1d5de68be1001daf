import { freshId, h, setAttribute, setText } from "../../ui/dom.ts";

/** A labelled text field or text area with help and an error. */
export class TextField {
  readonly element: HTMLElement;
  readonly #control: HTMLInputElement | HTMLTextAreaElement;
  readonly #error: HTMLElement;

  constructor(label: string, help: string, changed: () => void, area = false) {
    const id = freshId("text");
    const props = {
      id,
      class: area ? "input json-input" : "input",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${id}-error ${id}-help`,
      on: { input: changed },
    };
    this.#control = area ? h("textarea", { ...props, rows: 12 }) : h("input", props);
    this.#error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
    this.element = h(
      "div",
      { class: "field" },
      h("label", { class: "label", for: id }, label),
      this.#control,
      h("p", { class: "field-help", id: `${id}-help` }, help),
      this.#error,
    );
  }

  get value(): string {
    return this.#control.value;
  }

  set value(value: string) {
    this.#control.value = value;
  }

  set error(message: string | undefined) {
    this.#error.hidden = message === undefined;
    setText(this.#error, message ?? "");
    setAttribute(this.#control, "aria-invalid", message === undefined ? undefined : "true");
  }
}
