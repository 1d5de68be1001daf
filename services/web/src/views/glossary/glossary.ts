/** All terms of the page, each with a link of its own. */
import { linkTo } from "../../core/navigation/router.ts";
import type { GlossaryState } from "../../core/navigation/views.ts";
import { GLOSSARY_GROUPS, type GlossaryEntry, type TermName } from "../../core/vocabulary/glossary.ts";
import { h } from "../../ui/dom.ts";
import type { Mount } from "../../ui/view.ts";
import { pageHead } from "../shared/pageHead.ts";

export const mountGlossary: Mount<GlossaryState> = (element, initial) => {
  const rows = new Map<string, HTMLElement>();
  element.append(
    h(
      "div",
      { class: "page glossary-page" },
      pageHead("Glossary", {
        lede: "The terms of this page, each in a sentence or two. Wherever one stands underlined with dots, its explanation opens under the pointer, with the keyboard’s focus, or by a tap.",
      }),
      h(
        "div",
        { class: "glossary" },
        GLOSSARY_GROUPS.map(({ title, entries }) =>
          h(
            "section",
            { class: "card glossary-group", "aria-label": title },
            h("h2", { class: "section-title" }, title),
            h(
              "dl",
              {},
              Object.entries<GlossaryEntry>(entries).map(([name, entry]) => {
                const row = rowOf(name as TermName, entry);
                rows.set(name, row);
                return row;
              }),
            ),
          ),
        ),
      ),
    ),
  );
  const mark = ({ term }: GlossaryState) => {
    for (const [name, row] of rows) row.classList.toggle("chosen", name === term);
    const row = rows.get(term ?? "");
    if (!row) return;
    // After the page was scrolled to its top, as every page is when it opens.
    requestAnimationFrame(() => {
      row.scrollIntoView({ block: "center" });
      row.querySelector("a")?.focus({ preventScroll: true });
    });
  };
  mark(initial);
  return { update: mark, dispose: () => undefined };
};

function rowOf(name: TermName, { term, text }: GlossaryEntry): HTMLElement {
  return h(
    "div",
    { class: "glossary-row" },
    h("dt", {}, h("a", { href: linkTo.glossary({ term: name }), title: "Link to this term" }, term)),
    h("dd", {}, text),
  );
}
