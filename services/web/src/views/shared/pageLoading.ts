/** A page about one run, model or experiment while it loads: its name and a skeleton. */
import { h } from "../../ui/dom.ts";

export function pageLoading(section: string, name: string, content: HTMLElement): HTMLElement {
  return h(
    "div",
    { "aria-busy": "true" },
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        {},
        h("nav", { class: "crumbs" }, section),
        h("h1", {}, name),
        h("p", { class: "lede" }, "\u00a0"),
      ),
    ),
    content,
  );
}
