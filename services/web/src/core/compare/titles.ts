/** What the columns of a comparison are called: by what differs between the models. */
import { pathWords, variable } from "../experiments/variables.ts";
import { type Difference, differencesOf } from "../training/settings.ts";

export interface Titled {
  readonly name: string;
  readonly version: number;
  /** The spec that the model was trained with. */
  readonly spec: object;
}

interface Part {
  readonly text: string;
  /** Whether it is somebody's name for something. */
  readonly name?: true;
}

/** More differences than this are no title any more. */
const MOST = 2;
/** Settings that do not change what is learnt; they tell nothing while others do. */
const ASIDE = /^(monitor|export|seed$|epochs$|stop)/;

/**
 * A title for each, as short as it can be told from the others: "ReLU", "ELU, seed 1", "epoch 20"; the name
 * of the model where the models differ in too much.
 */
export function columnTitles(columns: readonly Titled[]): string[] {
  const names = columns.map(({ name }) => name);
  if (columns.length < 2) return names;
  const all = differencesOf(columns.map(({ spec }) => spec));
  const telling = all.filter(({ path }) => !ASIDE.test(path));
  const few = withoutParameters(telling);
  const words = (differences: readonly Difference[]) => wordsOf(differences, columns.length);
  const seeds = words(all.filter(({ path }) => path === "seed"));
  const epochs = columns.map(({ version }): Part[] => [{ text: `epoch ${version}` }]);
  const offers = few.length > MOST ? [] : [few, telling].map(words);
  const titles = offers
    .flatMap((kinds) => [kinds, extended(kinds, seeds), extended(kinds, epochs)])
    .map((kinds) => kinds.map(titleOf))
    .find(distinct);
  if (titles) return titles;
  const named = names.map((text): Part[] => [{ text, name: true }]);
  return distinct(names) ? names : extended(named, epochs).map(titleOf);
}

function distinct(titles: readonly string[]): boolean {
  return new Set(titles).size === titles.length && !titles.includes("");
}

function extended(
  parts: readonly (readonly Part[])[],
  more: readonly (readonly Part[])[],
): (readonly Part[])[] {
  return parts.map((part, index) => [...part, ...(more[index] ?? [])]);
}

function wordsOf(differences: readonly Difference[], count: number): Part[][] {
  return Array.from({ length: count }, (_, index) =>
    differences.flatMap(({ path, values }) => {
      const value = values[index];
      if (value === undefined || value === "–") return [];
      // Where there is more to say, what a model is not needs no mention.
      const off = variable(path)?.kind === "switch" && value === "false";
      return off && differences.length > 1 ? [] : [partOf(path, value)];
    }),
  );
}

/** One setting in words: its value where that speaks for itself, else with its name. */
function partOf(path: string, value: string): Part {
  if (path === "dataset") return { text: value, name: true };
  if (path === "seed") return { text: `seed ${value}` };
  const field = variable(path);
  if (field?.kind === "choice") {
    return { text: field.options.find((option) => option.value === value)?.label ?? value };
  }
  const label = pathWords(path).toLowerCase();
  if (field?.kind === "switch") return { text: value === "true" ? label : `not ${label}` };
  return { text: `${label} ${value}` };
}

/** Without the parameters of parts that go by different names: the slope of one activation says no more. */
function withoutParameters(differences: readonly Difference[]): Difference[] {
  const named = new Set(
    differences.flatMap(({ path }) => (path.endsWith(".name") ? [path.slice(0, -".name".length)] : [])),
  );
  return differences.filter(
    ({ path }) => path.endsWith(".name") || !named.has(path.slice(0, path.lastIndexOf("."))),
  );
}

/** With a capital, unless it begins with the name of a data set, which is written as it is. */
function titleOf(parts: readonly Part[]): string {
  const text = parts.map((part) => part.text).join(", ");
  return parts[0]?.name ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
