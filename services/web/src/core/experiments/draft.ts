/** An experiment while it is being written, and what the form can check before the server does. */
import type { SpecDraft, SpecValue } from "../../api/types.ts";
import { withValue } from "../training/draft.ts";
import { variable } from "./variables.ts";

/** The server refuses more. */
export const MOST_RUNS = 256;

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** In the API's words. */
const NAME_RULE = "must be: lower-case letters, digits and hyphens, 63 at most, a letter or digit first";

export interface ExperimentDraft {
  readonly name: string;
  readonly base: SpecDraft;
  readonly vary: readonly { readonly path: string; readonly values: readonly SpecValue[] }[];
  readonly seeds: readonly SpecValue[];
}

export function runCount({ vary, seeds }: ExperimentDraft): number {
  return vary.reduce((count, { values }) => count * values.length, seeds.length);
}

/** The body of `POST /experiments`. */
export function requestOf({ name, base, vary, seeds }: ExperimentDraft): object {
  return {
    name,
    base: withValue(base, "name", undefined),
    vary: Object.fromEntries(vary.map(({ path, values }) => [path, values])),
    seeds,
  };
}

/** What is wrong, by the paths that the server uses. */
export function draftProblems(
  { name, vary, seeds }: ExperimentDraft,
  taken: ReadonlySet<string>,
): [path: string, message: string][] {
  const problems: [string, string][] = [];
  if (!NAME.test(name)) {
    problems.push(["name", NAME_RULE]);
  } else if (taken.has(name)) problems.push(["name", "is already taken; choose another one"]);
  if (seeds.length === 0) problems.push(["seeds", "needs at least one"]);
  seeds.forEach((seed, index) => {
    if (typeof seed !== "number") problems.push([`seeds.${index}`, `“${seed}” is not a whole number`]);
  });
  for (const { path, values } of vary) {
    if (values.length === 0) problems.push([`vary.${path}`, "needs at least one value"]);
    if (variable(path)?.kind !== "number") continue;
    values.forEach((value, index) => {
      if (typeof value === "string") problems.push([`vary.${path}.${index}`, `“${value}” is not a number`]);
    });
  }
  const paths = vary.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) < index);
  if (twice) problems.push([`vary.${twice}`, "is varied twice"]);
  return problems;
}

/** The spec in a link from the training form. */
export function readSpec(text: string | undefined): SpecDraft | undefined {
  try {
    const spec: unknown = JSON.parse(text ?? "");
    return spec !== null && typeof spec === "object" && !Array.isArray(spec)
      ? (spec as SpecDraft)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Prefix of a problem beside its field: "epochs: " for `base.epochs`, "value 2: " for the second value. */
export function placed(path: string): string {
  if (path.startsWith("base.")) return `${path.slice("base.".length)}: `;
  const number = path.match(/\.(\d+)$/)?.[1];
  return number === undefined ? "" : `value ${Number(number) + 1}: `;
}
