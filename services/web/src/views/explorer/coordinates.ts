/** One slider and one number field for each latent dimension. */
import { axisName } from "../../core/format.ts";
import { clamp, type Point, rounded, withAxis } from "../../core/vector.ts";
import { range, setRange } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";

export class Coordinates {
  readonly element: HTMLElement;
  readonly #rows: { slider: HTMLInputElement; field: HTMLInputElement; role: HTMLElement }[];
  #point: Point = [];

  /** @param moved told the new point; `done` is false while a slider is dragged. */
  constructor(dim: number, low: number, high: number, moved: (point: Point, done: boolean) => void) {
    this.#rows = Array.from({ length: dim }, (_, axis) => {
      const name = axisName(axis);
      const slider = range({ label: name, min: low, max: high, step: 0.005, value: 0 });
      const field = h("input", {
        class: "input number",
        type: "number",
        min: low,
        max: high,
        step: 0.01,
        "aria-label": `${name}, typed`,
      });
      const take = (text: string, done: boolean) => {
        const value = Number(text);
        if (text.trim() === "" || !Number.isFinite(value)) return;
        moved(rounded(withAxis(this.#point, axis, clamp(value, low, high))), done);
      };
      slider.addEventListener("input", () => take(slider.value, false));
      slider.addEventListener("change", () => take(slider.value, true));
      field.addEventListener("input", () => take(field.value, false));
      field.addEventListener("change", () => {
        take(field.value, true);
        field.value = (this.#point[axis] ?? 0).toFixed(3);
      });
      const role = h("span", { class: "axis-role" });
      return { slider, field, role };
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
          field,
        ),
      ),
    );
  }

  /** @param axes that the map spans: to the right, upwards; of a cube to the right, into it, upwards. */
  update(point: Point, axes: readonly number[]): void {
    this.#point = point;
    this.#rows.forEach(({ slider, field, role }, axis) => {
      const value = point[axis] ?? 0;
      setRange(slider, value);
      // What is being typed is left alone as long as it says the same.
      const typed = document.activeElement === field && Math.abs(Number(field.value) - value) < 0.0006;
      if (!typed) field.value = value.toFixed(3);
      const directions = axes.length === 3 ? "→↗↑" : "→↑";
      setText(role, directions[axes.indexOf(axis)] ?? "held");
    });
  }
}
