/** What the columns of a comparison are called: by what differs between the models. */
import { pathWords, variable } from "../experiments/variables.ts";
import { type Difference, differencesOf } from "../training/settings.ts";

export interface Titled {
  readonly name: string;
  readonly version: number;
  /** The spec that the model was trained with. */
  readonly spec: object;
}

/** More differences than this are no title any more. */
const MOST = 3;
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
  const epochs = columns.map(({ version }) => [`epoch ${version}`]);
  const offers = few.length > MOST ? [] : [few, telling].map(words);
  const titles = offers
    .flatMap((kinds) => [kinds, extended(kinds, seeds), extended(kinds, epochs)])
    .map((kinds) => kinds.map((parts) => capital(parts.join(", "))))
    .find(distinct);
  if (titles) return titles;
  return distinct(names)
    ? names
    : extended(
        names.map((name) => [name]),
        epochs,
      ).map((parts) => parts.join(", "));
}

function distinct(titles: readonly string[]): boolean {
  return new Set(titles).size === titles.length && !titles.includes("");
}

function extended(
  parts: readonly (readonly string[])[],
  more: readonly (readonly string[])[],
): (readonly string[])[] {
  return parts.map((part, index) => [...part, ...(more[index] ?? [])]);
}

function wordsOf(differences: readonly Difference[], count: number): string[][] {
  return Array.from({ length: count }, (_, index) =>
    differences.flatMap(({ path, values }) => {
      const value = values[index];
      return value === undefined || value === "–" ? [] : [valueWords(path, value)];
    }),
  );
}

/** One setting in words: its value where that speaks for itself, else with its name. */
function valueWords(path: string, value: string): string {
  if (path === "dataset") return `data set ${value}`;
  if (path === "seed") return `seed ${value}`;
  const field = variable(path);
  if (field?.kind === "choice") {
    return field.options.find((option) => option.value === value)?.label ?? value;
  }
  const label = pathWords(path).toLowerCase();
  return field?.kind === "switch" ? `${value === "true" ? "" : "not "}${label}` : `${label} ${value}`;
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
