/**
 * State in a link. A view declares a table of its properties, each with its codec and default, from which links
 * are read and written. A value that equals its default is left out, and a value that cannot be read falls back
 * to its default, so that old and handwritten links never break a page.
 */

export interface Codec<T> {
  /** undefined if the text is not valid. */
  read(text: string): T | undefined;
  write(value: T): string;
}

export interface Entry<T> {
  readonly codec: Codec<T>;
  readonly fallback: T;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds entries of any type; StateOf gives each its own.
export type Table = Readonly<Record<string, Entry<any>>>;

export type StateOf<T extends Table> = {
  readonly [K in keyof T]: T[K] extends Entry<infer V> ? V : never;
};

const finite = (text: string): number | undefined => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};

const whole = (low: number, high: number) => (text: string) => {
  const value = finite(text);
  return value !== undefined && Number.isInteger(value) && value >= low && value <= high
    ? value
    : undefined;
};

const list = <T>(item: (text: string) => T | undefined) => ({
  read(text: string): readonly T[] | undefined {
    const items = text.split(",").map(item);
    return items.every((value) => value !== undefined) ? items : undefined;
  },
  write: (values: readonly T[]) => values.join(","),
});

/** A value that may be absent, and is by default. */
export function optional<T>(codec: Codec<T>): Entry<T | undefined> {
  return {
    codec: { read: codec.read, write: (value) => (value === undefined ? "" : codec.write(value)) },
    fallback: undefined,
  };
}

export function required<T>(codec: Codec<T>, fallback: T): Entry<T> {
  return { codec, fallback };
}

export const codecs = {
  text: { read: (text: string) => text, write: (value: string) => value } satisfies Codec<string>,
  numbers: list(finite) satisfies Codec<readonly number[]>,
  texts: list((text) => text || undefined) satisfies Codec<readonly string[]>,
  integers: list(whole(0, 127)) satisfies Codec<readonly number[]>,
  integer: (low: number, high: number): Codec<number> => ({ read: whole(low, high), write: String }),
  oneOf: <T extends string>(...options: readonly T[]): Codec<T> => ({
    read: (text) => options.find((option) => option === text),
    write: (value) => value,
  }),
  /** Reads names of older links as well: each stands for one of today's. */
  renamed: <T extends string>(codec: Codec<T>, names: Readonly<Record<string, T>>): Codec<T> => ({
    read: (text) => (Object.hasOwn(names, text) ? names[text] : codec.read(text)),
    write: codec.write,
  }),
};

export function readState<T extends Table>(table: T, params: URLSearchParams): StateOf<T> {
  const entries = Object.entries(table).map(([key, { codec, fallback }]) => {
    const text = params.get(key);
    return [key, (text === null ? undefined : codec.read(text)) ?? fallback];
  });
  return Object.fromEntries(entries) as StateOf<T>;
}

export function writeState<T extends Table>(table: T, state: Partial<StateOf<T>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, { codec, fallback }] of Object.entries(table)) {
    const value = (state as Record<string, unknown>)[key];
    if (value === undefined) continue;
    const text = codec.write(value);
    if (fallback === undefined || text !== codec.write(fallback)) params.set(key, text);
  }
  return params;
}
