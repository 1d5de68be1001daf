/** Words with an explanation: a dotted underline, and a box that says what they mean. */
import { linkTo } from "../../core/navigation/router.ts";
import { entryOf, type TermName } from "../../core/vocabulary/glossary.ts";
import { withTerms } from "../../core/vocabulary/termsInText.ts";
import { fill, freshId, h } from "../dom.ts";
import { explaining } from "./popover.ts";

/** The explanations as screen readers read them with the words, each once. */
const described = new Map<string, string>();
let descriptions: HTMLElement | undefined;

function descriptionOf(text: string): string {
  const known = described.get(text);
  if (known) return known;
  if (!descriptions) {
    descriptions = h("div", { hidden: true });
    document.body.append(descriptions);
  }
  const id = freshId("explanation");
  descriptions.append(h("span", { id }, text));
  described.set(text, id);
  return id;
}

/**
 * A word or a line with an explanation of its own.
 *
 * @param name its entry in the glossary, if it has one.
 */
export function explained(label: string, text: string, name?: TermName): HTMLElement {
  // A button would be a block in its line: it could not break, and what follows it could fall to the next line.
  const word = h(
    "span",
    {
      class: "term",
      role: "button",
      tabindex: 0,
      "aria-expanded": "false",
      "aria-describedby": descriptionOf(text),
    },
    label,
  );
  explaining(word, () => [
    // No element that the text around it may have a look for.
    h("b", { class: "gloss-term" }, name ? entryOf(name).term : label),
    h("span", { class: "gloss-text" }, text),
    h("a", { href: linkTo.glossary(name ? { term: name } : {}) }, "All terms"),
  ]);
  return word;
}

/** A term of the glossary, as it is written here. */
export function term(name: TermName, label = entryOf(name).term): HTMLElement {
  return explained(label, entryOf(name).text, name);
}

/** A text whose terms are explained. It must not stand in a link, a button or a label. */
export function marked(text: string): (string | HTMLElement)[] {
  return withTerms(text).map((part) => (typeof part === "string" ? part : term(part.name, part.text)));
}

/** Sets such a text only if it changed, so that an open explanation stays. */
export function setMarked(element: HTMLElement, text: string): void {
  if (element.dataset.text === text) return;
  element.dataset.text = text;
  fill(element, marked(text));
}
