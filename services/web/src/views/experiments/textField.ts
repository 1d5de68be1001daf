import { sentence } from "../../core/text/sentence.ts";
import { freshId, h, setAttribute, setText } from "../../ui/dom.ts";

/** A labelled text field or text area with help and an error. A field that is left empty has its first value. */
export class TextField {
  readonly element: HTMLElement;
  readonly #control: HTMLInputElement | HTMLTextAreaElement;
  readonly #stands = h("p", { class: "field-note", role: "status", hidden: true });
  readonly #error: HTMLElement;
  readonly #area: boolean;
  #first = "";

  constructor(label: string, help: string, changed: () => void, area = false) {
    this.#area = area;
    const id = freshId("text");
    const typed = () => {
      this.#stand();
      changed();
    };
    const props = {
      id,
      class: area ? "input json-input" : "input",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${id}-error ${id}-help`,
      on: { input: typed },
    };
    this.#control = area ? h("textarea", { ...props, rows: 12 }) : h("input", props);
    this.#error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
    this.element = h(
      "div",
      { class: "field" },
      h("label", { class: "label", for: id }, label),
      this.#control,
      h(
        "div",
        { class: "field-texts", id: `${id}-help` },
        h("p", { class: "field-help" }, help),
        this.#stands,
      ),
      this.#error,
    );
  }

  get value(): string {
    return this.#control.value.trim() === "" ? this.#first : this.#control.value;
  }

  set value(value: string) {
    this.#control.value = value;
    if (this.#area) return;
    this.#first = value;
    setAttribute(this.#control, "placeholder", value);
    this.#stand();
  }

  set error(message: string | undefined) {
    this.#error.hidden = message === undefined;
    setText(this.#error, sentence(message ?? ""));
    setAttribute(this.#control, "aria-invalid", message === undefined ? undefined : "true");
  }

  /** Say what it stands for while it is empty. */
  #stand(): void {
    const empty = this.#first !== "" && this.#control.value.trim() === "";
    this.#stands.hidden = !empty;
    setText(this.#stands, empty ? `Left empty, it is ${this.#first}, as proposed.` : "");
  }
}
