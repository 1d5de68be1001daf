/** What an experiment can vary. */
import type { SpecValue } from "../../api/types.ts";
import { listed } from "../text/numbers.ts";
import { typedNumber } from "../training/draft.ts";
import type { Field } from "../training/field.ts";
import { SECTIONS } from "../training/sections.ts";

interface Titled {
  readonly title: string;
  readonly fields: readonly Field[];
}

/** All fields by section, each with a label that says which group it stands in. */
const FIELDS: readonly Titled[] = SECTIONS.map((section) => ({
  title: section.title,
  fields: [
    ...section.fields,
    ...(section.groups ?? []).flatMap(({ title, fields }) =>
      fields.map((field) => ({ ...field, label: `${title}: ${field.label.toLowerCase()}` })),
    ),
  ],
}));

/** The fields that can be varied, by section: all but the name and the seed. */
export const VARIABLES: readonly Titled[] = FIELDS.map(({ title, fields }) => ({
  title,
  fields: fields.filter(({ path, kind }) => kind !== "text" && path !== "seed"),
}));

export function variable(path: string): Field | undefined {
  return VARIABLES.flatMap(({ fields }) => fields).find((field) => field.path === path);
}

/**
 * Typed values, separated by commas, or by semicolons if they have decimal commas. What is not a number stays
 * text, for the server to reject.
 */
export function typedValues(text: string, whole = false): SpecValue[] {
  return listed(text)
    .map((part) => typedNumber(part, whole))
    .filter((value) => value !== undefined);
}

/**
 * Why typed values cannot be taken as they are: "0,5" is one number to some people and two to others. Whole
 * numbers have no decimals, so for them it is two.
 */
export function unclearValues(text: string, whole = false): string | undefined {
  const unclear = whole ? undefined : text.trim().match(/^(-?\d*),(\d+)$/);
  if (!unclear) return undefined;
  const [, before = "", after = ""] = unclear;
  return `“${text.trim()}” can be one number or two: write ${before || "0"}.${after}, or ${before || "0"}, ${after}`;
}

/** How typed values were understood: "3 values: 0.1, 0.3, 0.5". */
export function valuesWords(values: readonly SpecValue[]): string {
  if (values.length === 0) return "No value yet.";
  return `${values.length} ${values.length === 1 ? "value" : "values"}: ${values.join(" · ")}`;
}

/** The label of a field; a path that the form does not know is returned as it is. */
export function pathWords(path: string): string {
  const fields = FIELDS.flatMap((section) => section.fields);
  const field =
    fields.find((one) => one.path === path) ?? fields.find((one) => one.path === `${path}.name`);
  return field?.label ?? path;
}
