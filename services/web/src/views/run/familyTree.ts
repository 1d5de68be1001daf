/** A run's relatives as a tree over the epochs: a bar for each run, which leaves its parent's where it was forked. */
import type { Relative } from "../../core/growth/family.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { integer } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";

/** @param own name of the run whose page it stands on. */
export function familyTree(family: readonly Relative[], own: string): HTMLElement {
  const last = Math.max(1, ...family.map(({ end }) => end));
  const rows = new Map(family.map(({ name }, row) => [name, row]));
  return h(
    "div",
    { class: "family-tree" },
    h(
      "ul",
      {},
      family.map((relative, row) => {
        const up = row - (rows.get(relative.parent ?? "") ?? row);
        return h(
          "li",
          {
            class: `relative${relative.name === own ? " own" : ""}${relative.run ? "" : " deleted"}`,
            style: {
              "--depth": String(relative.depth),
              "--begun": String(relative.begun / last),
              "--end": String(relative.end / last),
              "--up": String(up),
            },
          },
          nameOf(relative, own),
          h(
            "span",
            { class: "relative-track", "aria-hidden": "true" },
            up > 0 ? h("span", { class: "relative-stem" }) : null,
            h("span", { class: "relative-bar" }),
            (relative.run?.extended_at ?? []).map((epoch) =>
              h("span", {
                class: "relative-extended",
                title: `extended at epoch ${integer(epoch)}`,
                style: { "--at": String(epoch / last) },
              }),
            ),
          ),
        );
      }),
    ),
    h(
      "div",
      { class: "relative-scale", "aria-hidden": "true" },
      h("span", {}),
      h("span", { class: "relative-ends" }, h("span", {}, "epoch 0"), h("span", {}, integer(last))),
    ),
  );
}

function nameOf({ name, run, parent, begun, end }: Relative, own: string): HTMLElement {
  const label = h("span", { class: "relative-label", title: name }, name);
  const extended = (run?.extended_at ?? []).map((epoch) => `, extended at ${integer(epoch)}`).join("");
  const epochs =
    parent === undefined
      ? `to epoch ${integer(end)}${extended}`
      : `epochs ${integer(begun + 1)} to ${integer(end)}${extended}`;
  const words = run ? `${epochs}${name === own ? " · this run" : ""}` : "deleted";
  const detail = h("span", { class: "relative-detail", title: words }, words);
  return run && name !== own
    ? h("a", { class: "relative-name", href: linkTo.run(name) }, label, detail)
    : h("span", { class: "relative-name" }, label, detail);
}
