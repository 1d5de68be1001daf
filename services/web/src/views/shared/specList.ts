/** A training spec as a list of its settings. */
import { settingsOf } from "../../core/training/settings.ts";
import { h } from "../../ui/dom.ts";

export function specList(spec: object): HTMLElement {
  return h(
    "dl",
    { class: "spec-list" },
    settingsOf(spec).map(([path, value]) => h("div", {}, h("dt", {}, path), h("dd", {}, value))),
  );
}
