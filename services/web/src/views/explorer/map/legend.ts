/** Classes of the map with their colours and shares; a click highlights one, the eye hides one in the cube. */

import { shareChange } from "../../../core/explorer/effect.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { percent } from "../../../core/text/format.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { icon } from "../../../ui/icons.ts";

/** Names of at most so many letters leave room for two columns. */
const SHORT = 3;

export class Legend {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #rows: {
    line: HTMLElement;
    button: HTMLButtonElement;
    eye: HTMLButtonElement;
    bar: HTMLElement;
    share: HTMLElement;
  }[];
  #hidden: readonly number[] = [];

  /**
   * @param chosen called with the class to highlight; undefined: none.
   * @param hide called with the classes that the cube does not show.
   */
  constructor(
    classes: readonly string[],
    chosen: (only: number | undefined) => void,
    hide: (hidden: readonly number[]) => void = () => undefined,
  ) {
    this.#classes = classes;
    this.#rows = classes.map((name, id) => {
      const bar = h("span", { class: "legend-bar" });
      const share = h("span", { class: "legend-share" });
      const button = h(
        "button",
        {
          type: "button",
          class: "legend-row",
          "aria-pressed": "false",
          title: `Highlight ${name}`,
          on: { click: () => chosen(button.getAttribute("aria-pressed") === "true" ? undefined : id) },
        },
        h("span", { class: "swatch", style: { background: classColour(id) } }),
        h("span", { class: "legend-name" }, name),
        h("span", { class: "legend-track" }, bar),
        share,
      );
      bar.style.background = classColour(id);
      const eye = h("button", {
        type: "button",
        class: "legend-eye",
        hidden: true,
        on: {
          click: () =>
            hide(
              this.#hidden.includes(id)
                ? this.#hidden.filter((other) => other !== id)
                : [...this.#hidden, id].sort((a, b) => a - b),
            ),
        },
      });
      const line = h("div", { class: "legend-line" }, button, eye);
      return { line, button, eye, bar, share };
    });
    this.element = h(
      "section",
      { class: "legend", "aria-label": "Classes on the map" },
      h("h2", { class: "section-title" }, marked("Share of the map")),
      h(
        "div",
        {
          class: classes.every((name) => name.length <= SHORT) ? "legend-rows short" : "legend-rows",
          style: { "--half": String(Math.ceil(classes.length / 2)) },
        },
        this.#rows.map((row) => row.line),
      ),
    );
  }

  /**
   * @param hidden classes that the cube does not show; undefined if there is no cube.
   * @param before shares before the surgery; undefined: there is none.
   */
  update(
    shares: readonly number[],
    only: number | undefined,
    hidden?: readonly number[],
    before?: readonly number[],
  ): void {
    this.#hidden = hidden ?? [];
    this.element.classList.toggle("two-shares", before !== undefined);
    const largest = Math.max(...shares, 1e-9);
    this.#rows.forEach(({ line, button, eye, bar, share }, id) => {
      const value = shares[id] ?? 0;
      bar.style.transform = `scaleX(${value / largest})`;
      const was = before?.[id];
      setText(share, was === undefined ? percent(value) : shareChange(was, value));
      button.setAttribute("aria-pressed", String(only === id));
      button.classList.toggle("faded", only !== undefined && only !== id);
      button.classList.toggle("absent", value === 0 && !was);
      const out = this.#hidden.includes(id);
      line.classList.toggle("hidden-class", out);
      eye.hidden = hidden === undefined;
      const verb = `${out ? "Show" : "Hide"} ${this.#classes[id] ?? id}`;
      if (eye.getAttribute("aria-label") === verb) return;
      eye.setAttribute("aria-label", verb);
      eye.title = verb;
      fill(eye, icon(out ? "eyeOff" : "eye", 16));
    });
  }
}
