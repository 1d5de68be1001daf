/** What a field stands for once it was emptied: the value that the form began with, or else the default. */
import type { SpecDraft, SpecValue } from "../../api/types.ts";
import { valueAt } from "./draft.ts";

/** What a form began with. */
export interface Beginning {
  /** What its template, or the run it was made from, says; what that leaves out has its default. */
  readonly spec: SpecDraft;
  /** Where it comes from: "as in the template". */
  readonly words: string;
}

export const NOTHING: Beginning = { spec: {}, words: "" };

/** The value that an emptied field has; undefined: its default, which the gateway adds. */
export function stoodFor(path: string, draft: SpecDraft, { spec }: Beginning): SpecValue | undefined {
  // The parameters of another activation or optimiser are others, under the same names.
  const part = path.slice(0, path.lastIndexOf(".") + 1);
  if (part !== "" && valueAt(draft, `${part}name`) !== valueAt(spec, `${part}name`)) return undefined;
  return valueAt(spec, path) ?? undefined;
}

/** "Left empty, it is 50, as in the template." */
export function emptiedWords(value: SpecValue, path: string, draft: SpecDraft, begun: Beginning): string {
  const why =
    path === "name"
      ? "as proposed"
      : stoodFor(path, draft, begun) === undefined
        ? "the default"
        : begun.words;
  return `Left empty, it is ${value}, ${why}.`;
}
