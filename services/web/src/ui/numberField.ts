/** A field for one number between two limits. It never rewrites text while it is being typed. */

import { clamp } from "../core/latent/vector.ts";
import { readNumber, readNumbers } from "../core/text/numbers.ts";
import { h, setAttribute } from "./dom.ts";
import { KeySeries } from "./keySeries.ts";

export interface NumberFieldOptions {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** Step of the arrow keys; ten times as much with Shift. */
  readonly step: number;
  readonly decimals: number;
  /** Called with each number that is typed; `done` is false until Enter, until the field loses the focus, or after a series of arrow keys. */
  readonly typed: (value: number, done: boolean) => void;
  /** Called with several numbers that were pasted or typed at once. */
  readonly several: (values: readonly number[]) => void;
  /** Called with what is wrong or was changed; undefined if nothing is. */
  readonly hint: (text: string | undefined) => void;
}

export class NumberField {
  readonly element: HTMLInputElement;
  readonly #options: NumberFieldOptions;
  /** Arrow keys. */
  readonly #series = new KeySeries(() => this.#options.typed(this.#value, true));
  #value = 0;
  #typing = false;

  constructor(options: NumberFieldOptions) {
    this.#options = options;
    this.element = h("input", {
      class: "input number",
      type: "text",
      role: "spinbutton",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": options.label,
      "aria-valuemin": options.low,
      "aria-valuemax": options.high,
      on: {
        input: () => this.#input(),
        blur: () => {
          this.#series.end();
          this.#commit(true);
        },
        keydown: (event) => this.#key(event),
        paste: (event) => this.#paste(event),
      },
    });
  }

  /** Show a value, unless the user is typing. */
  show(value: number): void {
    this.#value = value;
    setAttribute(this.element, "aria-valuenow", value);
    if (!this.#typing) this.element.value = value.toFixed(this.#options.decimals);
  }

  /** Show the value and discard what was typed. */
  reset(): void {
    this.#typing = false;
    setAttribute(this.element, "aria-invalid", undefined);
    this.show(this.#value);
  }

  #input(): void {
    // First of all, so that the end of a series of arrow keys does not rewrite the text.
    this.#typing = true;
    this.#series.end();
    const { low, high, typed, hint } = this.#options;
    const value = readNumber(this.element.value);
    if (value === undefined || value < low || value > high) return;
    setAttribute(this.element, "aria-invalid", undefined);
    hint(undefined);
    typed(value, false);
  }

  /** @param leaving whether the field loses the focus, so that text that is not a number is discarded. */
  #commit(leaving: boolean): void {
    if (!this.#typing) return;
    const { low, high, decimals, typed, several, hint } = this.#options;
    const text = this.element.value.trim();
    const value = readNumber(text);
    const values = value === undefined ? readNumbers(text) : undefined;
    if (values && values.length > 1) {
      this.reset();
      several(values);
    } else if (value !== undefined) {
      const kept = clamp(value, low, high);
      this.#value = kept;
      this.reset();
      hint(kept === value ? undefined : clamped(text, low, high, kept.toFixed(decimals)));
      typed(kept, true);
    } else {
      if (text !== "") hint(`“${text}” is not a number.`);
      if (leaving || text === "") this.reset();
      else setAttribute(this.element, "aria-invalid", "true");
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      this.#series.end();
      this.#commit(false);
    } else if (event.key === "Escape" && this.#typing) {
      this.reset();
      this.#options.hint(undefined);
      this.#options.typed(this.#value, true);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const { low, high, step, typed } = this.#options;
      const way = (event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1);
      this.#value = clamp((readNumber(this.element.value) ?? this.#value) + way, low, high);
      this.reset();
      typed(this.#value, false);
      this.#series.pressed();
    }
  }

  #paste(event: ClipboardEvent): void {
    const values = readNumbers(event.clipboardData?.getData("text") ?? "");
    if (!values || values.length < 2) return;
    event.preventDefault();
    this.reset();
    this.#options.several(values);
  }
}

/** Hint after a number was clamped to its limits. */
export function clamped(given: string, low: number, high: number, kept: string): string {
  return `${given} is not between ${low} and ${high}; it was set to ${kept}.`;
}
