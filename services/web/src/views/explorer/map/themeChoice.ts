/** Chooses what a map shows, among the themes that the model offers. */
import { scalarTheme, type Theme } from "../../../core/themes/theme.ts";
import { select } from "../../../ui/controls.ts";
import { fill, h } from "../../../ui/dom.ts";

export class ThemeChoice {
  readonly element = h("div", { class: "theme-choice" });
  readonly #label: string;
  readonly #text: string;
  readonly #chosen: (theme: string | undefined) => void;
  #drawn = "";

  /**
   * @param label for screen readers.
   * @param text in front of the choice.
   * @param chosen called with the name of a theme of numbers; undefined: the classes.
   */
  constructor(label: string, text: string, chosen: (theme: string | undefined) => void) {
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
      themes.map((theme) => ({ value: theme.name, label: theme.title })),
      name ?? themes.find((theme) => theme.kind === "classes")?.name ?? "",
      (value) => this.#chosen(scalarTheme(themes, value)?.name),
    );
    choice.classList.add("theme-select");
    fill(this.element, h("label", { class: "choice" }, this.#text, choice));
    if (focused) choice.focus();
  }
}
