/** What the browser remembers of a person, as long as it may. */

export interface Memory {
  /** null: nothing is remembered. */
  get(key: string): string | null;
  /** null: forget it. */
  set(key: string, value: string | null): void;
}

/**
 * Kept by the browser; where it forbids that, until the page is left.
 *
 * @param storage throws where it is forbidden.
 */
export function browserMemory(storage: () => Storage): Memory {
  const page = new Map<string, string>();
  return {
    get(key) {
      try {
        return storage().getItem(key);
      } catch {
        return page.get(key) ?? null;
      }
    },
    set(key, value) {
      if (value === null) page.delete(key);
      else page.set(key, value);
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // The page's own memory has it.
      }
    },
  };
}

/** Kept until the page is left. */
export function shortMemory(entries: Readonly<Record<string, string>> = {}): Memory {
  const page = new Map(Object.entries(entries));
  return {
    get: (key) => page.get(key) ?? null,
    set: (key, value) => void (value === null ? page.delete(key) : page.set(key, value)),
  };
}
