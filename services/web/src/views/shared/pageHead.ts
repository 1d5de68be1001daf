/** The head of a page: breadcrumb, title, a line about it, and actions. */
import { type Child, h } from "../../ui/dom.ts";

export interface Head {
  readonly crumbs?: Child;
  readonly lede?: Child;
  readonly actions?: Child;
}

/** `title` and `lede` are texts, or elements that change. */
export function pageHead(title: string | Node, { crumbs, lede, actions }: Head): HTMLElement {
  return h(
    "div",
    { class: "page-head" },
    h(
      "div",
      {},
      crumbs,
      typeof title === "string" ? h("h1", {}, title) : title,
      typeof lede === "string" ? h("p", { class: "lede" }, lede) : lede,
    ),
    actions,
  );
}

/** A link to the list that a page belongs to. */
export function breadcrumb(href: string, label: string): HTMLElement {
  return h("nav", { class: "crumbs", "aria-label": "Breadcrumb" }, h("a", { href }, label));
}
