/** Code in several languages, one at a time, with a copy button. */
import type { Snippet } from "../../core/text/snippets.ts";
import { button, segmented } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import type { Tools } from "../../ui/view.ts";

export class CopyBox {
  readonly element: HTMLElement;
  readonly #needs = h("p", { class: "field-help" });
  readonly #code = h("code", {});
  #snippets: readonly Snippet[];
  #chosen: Snippet["id"];

  constructor(snippets: readonly Snippet[], notify: Tools["notify"]) {
    this.#snippets = snippets;
    this.#chosen = snippets[0]?.id ?? "python";
    const choice = segmented(
      "Language",
      snippets.map(({ id, title }) => ({ value: id, label: title })),
      this.#chosen,
      (id) => {
        this.#chosen = id;
        this.#show();
      },
    );
    const copy = button({
      icon: "copy",
      label: "Copy",
      click: () => void this.#copy(notify),
    });
    this.element = h(
      "div",
      { class: "copy-box" },
      h("div", { class: "copy-head" }, choice.element, copy),
      this.#needs,
      h("pre", { tabindex: 0, role: "region", "aria-label": "Code to copy" }, this.#code),
    );
    this.#show();
  }

  update(snippets: readonly Snippet[]): void {
    this.#snippets = snippets;
    this.#show();
  }

  #show(): void {
    const found = this.#snippets.find(({ id }) => id === this.#chosen);
    setText(this.#needs, found?.needs ?? "");
    setText(this.#code, found?.code ?? "");
  }

  async #copy(notify: Tools["notify"]): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#code.textContent ?? "");
      notify("Copied.");
    } catch {
      // Browsers allow the clipboard only to pages from this machine or with TLS.
      getSelection()?.selectAllChildren(this.#code);
      notify("The browser does not let this page copy. The code is selected: press Ctrl+C.");
    }
  }
}
