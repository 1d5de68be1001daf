/** A training spec while it is being written: a tree of values with dotted paths. */
import type { SpecDraft, SpecValue } from "../../api/types.ts";
import { readNumber, readWhole } from "../text/numbers.ts";

export function valueAt(draft: SpecDraft, path: string): SpecValue | undefined {
  let value: SpecValue | undefined = draft;
  for (const key of path.split(".")) {
    if (value === null || typeof value !== "object") return undefined;
    value = value[key];
  }
  return value;
}

/** The draft with a value at a path; undefined removes the field, so that its default applies. */
export function withValue(draft: SpecDraft, path: string, value: SpecValue | undefined): SpecDraft {
  const [key = "", ...rest] = path.split(".");
  const copy = { ...draft };
  if (rest.length > 0) {
    const inner = copy[key];
    const branch = inner !== null && typeof inner === "object" ? inner : {};
    copy[key] = withValue(branch, rest.join("."), value);
  } else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

/** The draft with the defaults of the fields that it leaves out, taken from the full spec of a preview. */
export function completed(draft: SpecDraft, full: SpecDraft): SpecDraft {
  const result: SpecDraft = { ...draft };
  for (const [key, value] of Object.entries(full)) {
    const own = result[key];
    if (own === undefined) result[key] = value;
    else if (isBranch(own) && isBranch(value)) result[key] = completed(own, value);
  }
  return result;
}

function isBranch(value: SpecValue | undefined): value is SpecDraft {
  return value !== null && typeof value === "object";
}

/** A typed number: undefined if empty; the text itself if it is not a number, for the server to reject. */
export function typedNumber(text: string, whole = false): SpecValue | undefined {
  if (text.trim() === "") return undefined;
  return (whole ? readWhole(text) : readNumber(text)) ?? text;
}

/** A name that is not taken: "mnist-2d", otherwise "mnist-2d-2", and so on. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const stem = wanted.replace(/-\d+$/, "");
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const name = `${stem.slice(0, 63 - String(number).length - 1)}-${number}`;
    if (!taken.has(name)) return name;
  }
}
