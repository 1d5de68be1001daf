/** Class maps of a model, coarse to fine as they are computed, kept by question. */
import type { Api, MapQuery } from "../../../api/client.ts";
import { isAbort } from "../../../api/problem.ts";
import { Lru } from "../../../core/requests/lru.ts";

/** Bytes of maps that are kept: hundreds of flat ones, thousands of small cubes. */
const KEPT = 400;
/** The shortest time between two pictures of a map that grows. */
const BREATH = 60;

export interface ShownMap {
  /** In the order of the API's arrays. */
  readonly cells: Uint8Array;
  readonly query: MapQuery;
  /** Whether nothing finer comes after it. */
  readonly final: boolean;
}

export interface MapLoaderEvents {
  readonly shown: (map: ShownMap) => void;
  /** Share of the map that is exact, 0 to 1; undefined: nothing is under way. */
  readonly progress: (share: number | undefined) => void;
  readonly failed: (error: unknown) => void;
}

export class MapLoader {
  readonly #api: Api;
  readonly #model: string;
  readonly #events: MapLoaderEvents;
  readonly #maps = new Lru<string, Uint8Array>(KEPT);
  #wanted: MapQuery | undefined;
  #running: { readonly key: string; readonly abort: AbortController; pictured: boolean } | undefined;

  constructor(api: Api, model: string, events: MapLoaderEvents) {
    this.#api = api;
    this.#model = model;
    this.#events = events;
  }

  /**
   * Show a map: at once if it is at hand. What is under way is given up for it, but not before it has
   * shown something, so that a slider that never rests still shows maps.
   */
  ask(query: MapQuery): void {
    const key = keyOf(query);
    if (this.#wanted && keyOf(this.#wanted) === key) return;
    this.#wanted = query;
    const known = this.#maps.get(key);
    if (known) {
      this.#abort();
      this.#events.progress(undefined);
      this.#events.shown({ cells: known, query, final: true });
    } else if (!this.#running || this.#running.pictured) {
      this.#abort();
      void this.#load(query);
    }
  }

  /** Ask for the same again, after a failure or a stop. */
  retry(query: MapQuery): void {
    this.#wanted = undefined;
    this.ask(query);
  }

  /** Give up what is under way; what has come of it stays on the screen. */
  stop(): void {
    this.#abort();
    this.#events.progress(undefined);
  }

  /** Fetch a map without showing it, so that it is at hand later. */
  async prefetch(query: MapQuery, signal: AbortSignal): Promise<Uint8Array> {
    const key = keyOf(query);
    const known = this.#maps.get(key);
    if (known) return known;
    const { data } = await this.#api.map(this.#model, query, signal);
    this.#maps.set(key, data);
    return data;
  }

  dispose(): void {
    this.#wanted = undefined;
    this.#abort();
  }

  #abort(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
  }

  async #load(query: MapQuery): Promise<void> {
    const running = { key: keyOf(query), abort: new AbortController(), pictured: false };
    this.#running = running;
    this.#events.progress(0);
    let last = Number.NEGATIVE_INFINITY;
    try {
      const cells = await this.#api.mapStream(
        this.#model,
        query,
        (map) => {
          if (this.#running !== running) return;
          const now = performance.now();
          if (now - last < BREATH) return;
          last = now;
          running.pictured = true;
          if (!this.#isWanted(running.key)) {
            // Overtaken: this much of it may be seen, then the newer question has its turn.
            this.#events.shown({ cells: map.cells, query, final: false });
            this.#next();
            return;
          }
          this.#events.shown({ cells: map.cells, query, final: false });
          this.#events.progress(map.progress);
        },
        running.abort.signal,
      );
      this.#maps.set(running.key, cells);
      if (this.#running !== running) return;
      this.#running = undefined;
      if (this.#isWanted(running.key)) this.#events.progress(undefined);
      this.#events.shown({ cells, query, final: this.#isWanted(running.key) });
      if (!this.#isWanted(running.key)) this.#next();
    } catch (error) {
      if (this.#running !== running || isAbort(error)) return;
      this.#running = undefined;
      if (!this.#isWanted(running.key)) this.#next();
      else {
        this.#events.progress(undefined);
        this.#events.failed(error);
      }
    }
  }

  #next(): void {
    this.#abort();
    if (this.#wanted) void this.#load(this.#wanted);
  }

  #isWanted(key: string): boolean {
    return this.#wanted !== undefined && keyOf(this.#wanted) === key;
  }
}

function keyOf(query: MapQuery): string {
  return [query.version, query.axes, query.at, query.label ?? "", query.range, query.resolution].join("|");
}
