/** A training spec as a list of its settings. */
import { h } from "../../ui/dom.ts";

export function specList(spec: object): HTMLElement {
  return h(
    "dl",
    { class: "spec-list" },
    flat(spec).map(([path, value]) => h("div", {}, h("dt", {}, path), h("dd", {}, value))),
  );
}

function flat(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const path = prefix ? `${prefix}.${key}` : key;
    if (inner !== null && typeof inner === "object") return flat(inner, path);
    return [[path, inner === null ? "automatic" : String(inner)]];
  });
}
