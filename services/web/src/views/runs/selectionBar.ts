/** Above the list of runs: how many are selected, and what can be done with them. Its height never changes. */
import { linkTo } from "../../core/navigation/router.ts";
import { button, linkButton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";

/** Whether these runs can be compared. */
export function isEnough(names: readonly string[]): boolean {
  return names.length >= 2;
}

export class SelectionBar {
  readonly element: HTMLElement;
  readonly #words = h("p", { role: "status" });
  readonly #actions = h("div", { class: "actions" });
  readonly #clear: () => void;

  /** @param clear called when nothing is to be selected any more. */
  constructor(clear: () => void) {
    this.#clear = clear;
    this.element = h(
      "div",
      { class: "selection-bar", role: "region", "aria-label": "Selected runs", hidden: true },
      this.#words,
      this.#actions,
    );
    this.update([]);
  }

  update(names: readonly string[]): void {
    this.element.classList.toggle("active", names.length > 0);
    setText(this.#words, wordsFor(names));
    fill(
      this.#actions,
      names.length > 0 ? button({ label: "Clear selection", kind: "quiet", click: this.#clear }) : null,
      isEnough(names)
        ? linkButton(linkTo.compareRuns({ runs: names }), "Compare", "primary", "columns")
        : null,
    );
  }
}

function wordsFor(names: readonly string[]): string {
  if (names.length === 0) return "Tick runs to compare them.";
  return isEnough(names)
    ? `${names.length} runs are selected.`
    : "1 run is selected. Tick one more to compare.";
}
