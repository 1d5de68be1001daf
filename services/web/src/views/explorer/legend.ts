/** Classes of the map with their colours and shares; a click singles one out. */
import { percent } from "../../core/format.ts";
import { classColour } from "../../core/palette.ts";
import { h, setText } from "../../ui/dom.ts";

export class Legend {
  readonly element: HTMLElement;
  readonly #rows: { button: HTMLButtonElement; bar: HTMLElement; share: HTMLElement }[];

  /** @param chosen told the class that is to be singled out; undefined: all. */
  constructor(classes: readonly string[], chosen: (only: number | undefined) => void) {
    this.#rows = classes.map((name, id) => {
      const bar = h("span", { class: "legend-bar" });
      const share = h("span", { class: "legend-share" });
      const button = h(
        "button",
        {
          type: "button",
          class: "legend-row",
          "aria-pressed": "false",
          title: `Single out ${name}`,
          on: { click: () => chosen(button.getAttribute("aria-pressed") === "true" ? undefined : id) },
        },
        h("span", { class: "swatch", style: { background: classColour(id) } }),
        h("span", { class: "legend-name" }, name),
        h("span", { class: "legend-track" }, bar),
        share,
      );
      bar.style.background = classColour(id);
      return { button, bar, share };
    });
    this.element = h(
      "section",
      { class: "legend", "aria-label": "Classes on the map" },
      h("h2", { class: "section-title" }, "Share of the map"),
      h(
        "div",
        { class: "legend-rows" },
        this.#rows.map((row) => row.button),
      ),
    );
  }

  update(shares: readonly number[], only: number | undefined): void {
    const largest = Math.max(...shares, 1e-9);
    this.#rows.forEach(({ button, bar, share }, id) => {
      const value = shares[id] ?? 0;
      bar.style.transform = `scaleX(${value / largest})`;
      setText(share, percent(value));
      button.setAttribute("aria-pressed", String(only === id));
      button.classList.toggle("faded", only !== undefined && only !== id);
      button.classList.toggle("absent", value === 0);
    });
  }
}
