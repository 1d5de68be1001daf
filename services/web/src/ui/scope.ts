/** What a view has to release when it is left, and values that change only with their contents. */
import { computed, effect, type ReadonlySignal } from "@preact/signals-core";

/** Everything that a view has to release when it is left. */
export class Scope {
  readonly #abort = new AbortController();
  readonly #releases: (() => void)[] = [];

  /** Aborted when the view is left; pass it to every request. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  onDispose(release: () => void): void {
    this.#releases.push(release);
  }

  effect(run: () => void): void {
    this.#releases.push(effect(run));
  }

  listen<K extends keyof WindowEventMap>(
    target: Window,
    type: K,
    listener: (event: WindowEventMap[K]) => void,
  ): void;
  listen<K extends keyof DocumentEventMap>(
    target: Document,
    type: K,
    listener: (event: DocumentEventMap[K]) => void,
  ): void;
  listen(target: EventTarget, type: string, listener: (event: never) => void): void {
    target.addEventListener(type, listener as EventListener, { signal: this.signal });
  }

  /** Runs at once, and then `milliseconds` after each run has ended, while the page is visible. */
  poll(run: () => Promise<void>, milliseconds: () => number): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async () => {
      if (!document.hidden) await run();
      if (!this.signal.aborted) timer = setTimeout(round, milliseconds());
    };
    void round();
    this.listen(document, "visibilitychange", () => {
      if (document.hidden) return;
      clearTimeout(timer);
      void round();
    });
    this.onDispose(() => clearTimeout(timer));
  }

  dispose(): void {
    this.#abort.abort();
    for (const release of this.#releases.splice(0).reverse()) release();
  }
}

/** A value that stays the same object as long as its contents are equal. */
export function stable<T>(compute: () => T): ReadonlySignal<T> {
  let last: T;
  let text: string | undefined;
  return computed(() => {
    const next = compute();
    const nextText = JSON.stringify(next) ?? "";
    if (nextText !== text) {
      last = next;
      text = nextText;
    }
    return last;
  });
}
