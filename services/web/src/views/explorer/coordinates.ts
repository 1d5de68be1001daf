/** One slider and one number field for each latent dimension. */

import { clamp, type Point, rounded, withAxis } from "../../core/latent/vector.ts";
import { axisName } from "../../core/text/format.ts";
import { range, setRange } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import { NumberField } from "../../ui/numberField.ts";

export class Coordinates {
  readonly element: HTMLElement;
  readonly #rows: { slider: HTMLInputElement; field: NumberField; role: HTMLElement }[];
  readonly #hintLine = h("p", { class: "coordinates-word", role: "status" });
  readonly #report: (point: Point, done: boolean) => void;
  #point: Point = [];

  /** @param moved called with the new point; `done` is false while a slider is dragged or a number is typed. */
  constructor(dim: number, low: number, high: number, moved: (point: Point, done: boolean) => void) {
    this.#report = (point, done) => moved(rounded(point.map((value) => clamp(value, low, high))), done);
    this.#rows = Array.from({ length: dim }, (_, axis) => {
      const name = axisName(axis);
      const slider = range({ label: name, min: low, max: high, step: 0.005, value: 0 });
      const take = (value: number, done: boolean) => this.#report(withAxis(this.#point, axis, value), done);
      slider.addEventListener("input", () => {
        this.#hint(undefined);
        take(slider.valueAsNumber, false);
      });
      slider.addEventListener("change", () => take(slider.valueAsNumber, true));
      const field = new NumberField({
        label: `${name}, typed`,
        low,
        high,
        step: 0.01,
        decimals: 3,
        typed: take,
        several: (values) => this.#several(values, low, high),
        hint: (text) => this.#hint(text),
      });
      return { slider, field, role: h("span", { class: "axis-role" }) };
    });
    this.element = h(
      "div",
      { class: "coordinates", role: "group", "aria-label": "Coordinates of the point" },
      this.#rows.map(({ slider, field, role }, axis) =>
        h(
          "div",
          { class: "coordinate" },
          h("span", { class: "coordinate-name" }, axisName(axis), role),
          slider,
          field.element,
        ),
      ),
      this.#hintLine,
    );
  }

  /** @param axes axes that the map spans: right, up; for a cube right, into it, up. */
  update(point: Point, axes: readonly number[]): void {
    this.#point = point;
    this.#rows.forEach(({ slider, field, role }, axis) => {
      const value = point[axis] ?? 0;
      setRange(slider, value);
      field.show(value);
      const directions = axes.length === 3 ? "→↗↑" : "→↑";
      setText(role, directions[axes.indexOf(axis)] ?? "held");
    });
  }

  /** Several numbers were entered at once: a whole point. */
  #several(values: readonly number[], low: number, high: number): void {
    const dim = this.#rows.length;
    if (values.length !== dim) {
      this.#hint(`You entered ${values.length} numbers, but a point here has ${dim}.`);
      return;
    }
    const outside = values.filter((value) => value < low || value > high);
    this.#hint(
      outside.length > 0
        ? `${outside.join(" and ")}: not between ${low} and ${high}, so set to the nearest limit.`
        : undefined,
    );
    this.#report(values, true);
  }

  #hint(text: string | undefined): void {
    setText(this.#hintLine, text ?? "");
  }
}
