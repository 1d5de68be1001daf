/** The map as fine as the screen: loaded while nothing moves, and kept for a return. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { Scope } from "../../../ui/scope.ts";

/** Maps that are cached, of up to 640,000 bytes each. */
const KEPT = 4;
/** Milliseconds without any change after which the map is refined: later than image, layers and judges. */
const REST = 500;

export interface FineMapInputs {
  /** The fine map of what is shown; undefined: it stays coarse. */
  readonly wanted: ReadonlySignal<MapQuery | undefined>;
  /** Everything that a person can change; a change ends a rest. */
  readonly changes: ReadonlySignal<unknown>;
  /** Whether something is held with the pointer. */
  readonly held: ReadonlySignal<boolean>;
}

export class FineMap {
  /** Class ids, row by row from the lowest; undefined: not there yet, or not wanted. */
  readonly cells: ReadonlySignal<Uint8Array | undefined>;
  /** Whether it is being loaded. */
  readonly loading = signal(false);
  readonly #arrived = signal<{ readonly key: string; readonly cells: Uint8Array } | undefined>(undefined);
  readonly #scope = new Scope();
  readonly #known = new Lru<string, Uint8Array>(KEPT);
  readonly #api: Api;
  readonly #model: string;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, model: string, { wanted, changes, held }: FineMapInputs) {
    this.#api = api;
    this.#model = model;
    this.cells = computed(() => {
      const key = wanted.value && JSON.stringify(wanted.value);
      if (key === undefined) return undefined;
      const arrived = this.#arrived.value;
      return arrived?.key === key ? arrived.cells : this.#known.get(key);
    });
    this.#scope.effect(() => {
      void changes.value;
      const query = wanted.value;
      const moving = held.value;
      this.#stop();
      if (!query || moving || this.cells.peek()) return;
      this.#timer = setTimeout(() => void this.#load(query), REST);
    });
    this.#scope.onDispose(() => this.#stop());
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = undefined;
    this.loading.value = false;
  }

  async #load(query: MapQuery): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.loading.value = true;
    try {
      const cells = await this.#api.map(this.#model, query, abort.signal);
      if (!(cells instanceof Uint8Array)) return;
      const key = JSON.stringify(query);
      this.#known.set(key, cells);
      if (!abort.signal.aborted) this.#arrived.value = { key, cells };
    } catch {
      // The whole map is on the screen already, only coarser: it is asked again after the next change.
    } finally {
      if (this.#abort === abort) this.#stop();
    }
  }
}
