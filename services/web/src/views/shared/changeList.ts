/** What is different in a training that goes on, setting by setting. */
import { changeWords, type FieldChange } from "../../core/growth/words.ts";
import { h } from "../../ui/dom.ts";

/** @param none what is said where nothing is. */
export function changeList(changes: readonly FieldChange[], none: string): HTMLElement {
  if (changes.length === 0) return h("p", { class: "growth-text" }, none);
  return h(
    "dl",
    { class: "change-list" },
    changes.map((change) => {
      const { label, before, after } = changeWords(change);
      return h(
        "div",
        { title: change.field },
        h("dt", {}, label),
        h(
          "dd",
          {},
          h("span", { class: "change-before" }, before),
          h("span", { class: "change-arrow", role: "img", "aria-label": "now" }, "→"),
          h("span", {}, after),
        ),
      );
    }),
  );
}
