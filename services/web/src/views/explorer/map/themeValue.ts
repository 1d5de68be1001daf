/** The value of a map of numbers at one place: its colour, the number, and what it means. */
import { levelOf, rampColour } from "../../../core/latent/ramps.ts";
import type { Scale } from "../../../core/latent/scalarMap.ts";
import { leaning, valueText } from "../../../core/themes/theme.ts";
import { h, setText } from "../../../ui/dom.ts";

export class ThemeValue {
  readonly #swatch = h("span", { class: "swatch" });
  readonly #where = h("span", {});
  readonly #value = h("strong", {});
  readonly #here = h("p", { class: "scale-here" }, this.#swatch, this.#where, this.#value);
  readonly #meaning = h("p", { class: "scale-meaning" });
  readonly element = h("div", { class: "scale-value", hidden: true }, this.#here, this.#meaning);

  /**
   * @param value undefined or NaN: none is known, and nothing is shown.
   * @param where the place in words.
   */
  update({ theme, low, high }: Scale, value: number | undefined, where = "At the point"): void {
    const known = value !== undefined && !Number.isNaN(value);
    this.element.hidden = !known;
    if (!known) return;
    setText(this.#where, where);
    this.#swatch.style.background = rampColour(theme.ramp ?? "sequential", levelOf(value, low, high));
    // The legend says the unit.
    setText(this.#value, valueText({ ...theme, unit: "" }, value));
    setText(this.#meaning, leaning(theme, value, low, high));
  }
}
