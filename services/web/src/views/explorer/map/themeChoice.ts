/** Chooses what a map shows, among the themes that the model offers. */
import { classTheme, scalarTheme, type Theme } from "../../../core/themes/theme.ts";
import { select } from "../../../ui/controls.ts";
import { fill, h } from "../../../ui/dom.ts";

export class ThemeChoice {
  readonly element = h("div", { class: "theme-choice" });
  readonly #label: string;
  readonly #text: string;
  readonly #none: string | undefined;
  readonly #chosen: (theme: string | undefined) => void;
  #drawn = "";

  /**
   * @param label for screen readers.
   * @param text in front of the choice.
   * @param chosen called with the name of a theme; undefined: what a link without one shows.
   * @param none the choice of no theme at all; absent: there is none, and a link without one shows the classes.
   */
  constructor(label: string, text: string, chosen: (theme: string | undefined) => void, none?: string) {
    this.#none = none;
    this.#label = label;
    this.#text = text;
    this.#chosen = chosen;
  }

  update(themes: readonly Theme[], name: string | undefined): void {
    // Nothing to choose from a model that offers the classes alone.
    this.element.hidden = themes.length < 2;
    const drawn = JSON.stringify([themes.map((theme) => theme.name), name]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.element.contains(document.activeElement);
    const choice = select(
      this.#label,
      [
        ...(this.#none === undefined ? [] : [{ value: "", label: this.#none }]),
        ...themes.map((theme) => ({ value: theme.name, label: theme.title })),
      ],
      name ?? (this.#none === undefined ? (classTheme(themes)?.name ?? "") : ""),
      (value) =>
        this.#chosen(this.#none === undefined ? scalarTheme(themes, value)?.name : value || undefined),
    );
    choice.classList.add("theme-select");
    fill(this.element, h("label", { class: "choice" }, this.#text, choice));
    if (focused) choice.focus();
  }
}
