/** Tabs with arrow keys, as in the ARIA pattern. */
import { freshId, h } from "./dom.ts";

export interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly title: string;
  readonly content: HTMLElement;
}

export class Tabs<T extends string> {
  readonly element: HTMLElement;
  readonly #tabs: readonly Tab<T>[];
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #panels: readonly HTMLElement[];

  /** @param beside what stands beside the tabs, whichever is open. */
  constructor(label: string, tabs: readonly Tab<T>[], chosen: (value: T) => void, beside?: HTMLElement) {
    this.#tabs = tabs;
    const ids = tabs.map(() => freshId("tab"));
    this.#buttons = tabs.map((tab, index) =>
      h(
        "button",
        {
          type: "button",
          class: "tab",
          role: "tab",
          id: ids[index],
          "aria-controls": `${ids[index]}-panel`,
          title: tab.title,
          on: {
            click: () => chosen(tab.value),
            keydown: (event) => this.#key(event, index, chosen),
          },
        },
        tab.label,
      ),
    );
    this.#panels = tabs.map((tab, index) =>
      h(
        "div",
        {
          class: "tab-panel",
          role: "tabpanel",
          id: `${ids[index]}-panel`,
          "aria-labelledby": ids[index],
          // It may be taller than its place, and the keyboard has to scroll it.
          tabindex: 0,
        },
        tab.content,
      ),
    );
    this.element = h(
      "div",
      { class: "tabs" },
      h(
        "div",
        { class: "tab-head" },
        h("div", { class: "tab-list", role: "tablist", "aria-label": label }, this.#buttons),
        beside,
      ),
      this.#panels,
    );
  }

  set(value: T): void {
    const index = Math.max(
      0,
      this.#tabs.findIndex((tab) => tab.value === value),
    );
    this.#buttons.forEach((button, other) => {
      button.setAttribute("aria-selected", String(other === index));
      button.tabIndex = other === index ? 0 : -1;
    });
    this.#panels.forEach((panel, other) => {
      panel.hidden = other !== index;
    });
  }

  #key(event: KeyboardEvent, index: number, chosen: (value: T) => void): void {
    const last = this.#tabs.length - 1;
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : this.#tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    chosen(tab.value);
    this.#buttons[next]?.focus();
  }
}
