/** Loads how sure the classifier is over the window of a map, for the opacity of its colours. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { isRefused } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { latest } from "../../../core/requests/latest.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { Scope } from "../../../ui/scope.ts";

/** Maps that are cached. */
const KEPT = 200;

export interface ConfidenceMap {
  readonly query: MapQuery;
  /** Probability of each cell's class, 0 to 1, first axis fastest. */
  readonly values: Float32Array;
}

export class ConfidenceMaps {
  /** The newest that has arrived, which may be of another place than the map; undefined: there is none. */
  readonly shown = signal<ConfidenceMap | undefined>(undefined);
  /** Versions that were found not to have the theme. */
  readonly lacking = signal<readonly number[]>([]);
  readonly #api: Api;
  readonly #model: string;
  readonly #known = new Lru<string, Float32Array>(KEPT);
  readonly #scope = new Scope();

  /** @param query what is wanted, with the theme; undefined: nothing is. */
  constructor(
    api: Api,
    model: string,
    query: ReadonlySignal<MapQuery | undefined>,
    failed: (error: unknown) => void,
  ) {
    this.#api = api;
    this.#model = model;
    const asking = latest<MapQuery, Float32Array | undefined>(
      (asked, signal) => this.load(asked, signal),
      (values, asked) => {
        if (values) this.shown.value = { query: asked, values };
        else if (asked.version === query.peek()?.version) this.shown.value = undefined;
      },
      failed,
      1,
    );
    this.#scope.effect(() => {
      const asked = query.value;
      const known = asked && this.#known.get(JSON.stringify(asked));
      if (asked && !known && !this.lacking.peek().includes(asked.version)) asking.ask(asked);
      else {
        asking.cancel();
        this.shown.value = asked && known ? { query: asked, values: known } : undefined;
      }
    });
    this.#scope.onDispose(() => asking.cancel());
  }

  /** The confidence over a window; undefined: the version was exported without it. */
  async load(query: MapQuery, signal: AbortSignal): Promise<Float32Array | undefined> {
    if (this.lacking.peek().includes(query.version)) return undefined;
    const key = JSON.stringify(query);
    const known = this.#known.get(key);
    if (known) return known;
    try {
      const values = await this.#api.map(this.#model, query, signal);
      if (!(values instanceof Float32Array)) return undefined;
      this.#known.set(key, values);
      return values;
    } catch (error) {
      if (!isRefused(error, "theme")) throw error;
      this.lacking.value = [...this.lacking.peek(), query.version];
      return undefined;
    }
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
