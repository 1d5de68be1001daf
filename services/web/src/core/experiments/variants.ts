/** The trainings of an experiment, as specs: those that are checked while it is written, and all of them. */
import type { SpecDraft, SpecValue } from "../../api/types.ts";
import { withValue } from "../training/draft.ts";
import type { ExperimentDraft } from "./draft.ts";

/** One training to check, with the place of each varied value among the values of its field. */
export interface Variant {
  readonly spec: SpecDraft;
  readonly places: ReadonlyMap<string, number>;
  /** The value that only this variant has; undefined: it has the first value of every field. */
  readonly own: { readonly path: string; readonly index: number } | undefined;
}

/** More are not checked before the server checks all of them. */
const MOST_CHECKED = 40;

/** The spec with one varied value. A path that ends in `.name` replaces the whole part, as the server does. */
export function applied(spec: SpecDraft, path: string, value: SpecValue): SpecDraft {
  return path.endsWith(".name")
    ? withValue(spec, path.slice(0, -".name".length), { name: value })
    : withValue(spec, path, value);
}

/** The first values of all fields together, then every other value once. */
export function variantsOf({ base, vary }: Pick<ExperimentDraft, "base" | "vary">): Variant[] {
  const fields = vary.filter(({ values }) => values.length > 0);
  const variant = (own: Variant["own"]): Variant => {
    const places = new Map(fields.map(({ path }) => [path, own?.path === path ? own.index : 0]));
    const spec = fields.reduce((made, { path, values }) => {
      const value = values[places.get(path) ?? 0];
      return value === undefined ? made : applied(made, path, value);
    }, base);
    return { spec: { ...spec, name: "preview" }, places, own };
  };
  const others = fields.flatMap(({ path, values }) =>
    values.slice(1).map((_, place) => variant({ path, index: place + 1 })),
  );
  return [variant(undefined), ...others].slice(0, MOST_CHECKED);
}

/** What is wrong with a variant, by the paths of the experiment. */
export function problemsOf(
  { places, own }: Variant,
  errors: readonly { readonly path: string; readonly message: string }[],
): [path: string, message: string][] {
  return errors.map(({ path, message }) => {
    for (const [varied, place] of places) {
      const part = varied.endsWith(".name") ? varied.slice(0, -".name".length) : varied;
      if (path === part || path.startsWith(`${part}.`)) return [`vary.${varied}.${place}`, message];
    }
    // What is only wrong with this value belongs to it, although another field is named.
    return own ? [`vary.${own.path}.${own.index}`, `${path} ${message}`] : [`base.${path}`, message];
  });
}

/**
 * The spec of every combination.
 *
 * @param full a spec with all defaults, on which the values are set.
 */
export function combinationsOf(full: SpecDraft, vary: ExperimentDraft["vary"]): SpecDraft[] {
  return vary.reduce<SpecDraft[]>(
    (specs, { path, values }) => specs.flatMap((spec) => values.map((value) => applied(spec, path, value))),
    [full],
  );
}
