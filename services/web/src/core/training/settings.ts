/** A training spec as its single settings, and where specs differ. */

/** Path and value as text, in the spec's own order. */
export type Setting = readonly [path: string, value: string];

export function settingsOf(spec: object, prefix = ""): Setting[] {
  return Object.entries(spec).flatMap(([key, value]): Setting[] => {
    const path = prefix ? `${prefix}.${key}` : key;
    if (value !== null && typeof value === "object") return settingsOf(value, path);
    return [[path, value === null ? "automatic" : String(value)]];
  });
}

export interface Difference {
  readonly path: string;
  /** One for each spec, as text; a dash where the spec has no such setting. */
  readonly values: readonly string[];
}

/** The settings in which specs differ, apart from their names. */
export function differencesOf(specs: readonly object[]): Difference[] {
  const settings = specs.map((spec) => new Map(settingsOf(spec)));
  const paths = new Set(settings.flatMap((own) => [...own.keys()]));
  paths.delete("name");
  return [...paths]
    .map((path) => ({ path, values: settings.map((own) => own.get(path) ?? "–") }))
    .filter(({ values }) => new Set(values).size > 1);
}
