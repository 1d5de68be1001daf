/** What is said of the image whose place was found. */
import type { Located } from "../../api/types.ts";
import { percent } from "../text/format.ts";

/** What the classifier sees in the image, and whether the model makes such images; empty: it cannot tell. */
export function seenWords({ seen, class: found }: Pick<Located, "seen" | "class">): string {
  if (!seen) return "";
  const words = `It looks like ${withArticle(seen.label)}, ${percent(seen.probability)}.`;
  return seen.index === found.index
    ? words
    : `${words} The model's image that is most like it is ${withArticle(found.label)}.`;
}

/** "a 2", "an 8", "an ankle boot". */
export function withArticle(name: string): string {
  return `${/^([aeiou8]|1[18]$)/i.test(name) ? "an" : "a"} ${name}`;
}
