/** Finds the terms of the glossary in a text. */
import { entryOf, TERM_NAMES, type TermName } from "./glossary.ts";

export interface TermInText {
  readonly name: TermName;
  /** As it is written there. */
  readonly text: string;
}

const key = (spelling: string) => spelling.toLowerCase().replaceAll("\u00a0", " ");

const BY_SPELLING: ReadonlyMap<string, TermName> = new Map(
  TERM_NAMES.flatMap((name) => {
    const { term, names = [] } = entryOf(name);
    return [term, ...names].map((spelling) => [key(spelling), name] as const);
  }),
);

/** The longest first, so that "coverage in pixels" is not taken for "coverage". */
const SPELLINGS = [...BY_SPELLING.keys()].sort((a, b) => b.length - a.length);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \u00a0]");
const ANY = new RegExp(
  `(?<![\\p{L}\\p{N}])(${SPELLINGS.map(escaped).join("|")})(?:e?s)?(?![\\p{L}\\p{N}])`,
  "giu",
);

/** The text in parts, of which those that are terms say so; each term counts where it is met first. */
export function withTerms(text: string): readonly (string | TermInText)[] {
  const parts: (string | TermInText)[] = [];
  const met = new Set<TermName>();
  let end = 0;
  for (const match of text.matchAll(ANY)) {
    const name = BY_SPELLING.get(key(match[1] ?? ""));
    if (!name || met.has(name)) continue;
    met.add(name);
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ name, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
