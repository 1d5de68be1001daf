/** Loads maps of a model, which arrive from coarse to fine, and caches them. */
import type { Api } from "../../../api/client.ts";
import { isAbort } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { levelsOf, type Numbers, numbersOf } from "../../../core/latent/scalarMap.ts";
import type { MapArray } from "../../../core/latent/tiledMap.ts";
import { Lru } from "../../../core/requests/lru.ts";

/** Maps that are cached. */
const KEPT = 400;
/** Shortest time in milliseconds between two updates of a map that is arriving. */
const UPDATE_INTERVAL = 60;

export interface ShownMap {
  /** In the order of the API's arrays: class ids, or the levels of numbers. */
  readonly cells: Uint8Array;
  readonly numbers: Numbers | undefined;
  readonly query: MapQuery;
  /** Whether it is complete and still the requested map. */
  readonly final: boolean;
}

export interface MapLoaderEvents {
  readonly shown: (map: ShownMap) => void;
  /** Share of the map that is exact, 0 to 1; undefined: no map is loading. */
  readonly progress: (share: number | undefined) => void;
  readonly failed: (error: unknown) => void;
}

export class MapLoader {
  readonly #api: Api;
  readonly #model: string;
  readonly #events: MapLoaderEvents;
  readonly #maps = new Lru<string, MapArray>(KEPT);
  #wanted: MapQuery | undefined;
  #running: { readonly key: string; readonly abort: AbortController; wasShown: boolean } | undefined;

  constructor(api: Api, model: string, events: MapLoaderEvents) {
    this.#api = api;
    this.#model = model;
    this.#events = events;
  }

  /**
   * Show a map, at once if it is cached. A map that is loading is given up for it, but only after some of it was
   * shown, so that a slider in constant motion still shows maps.
   */
  ask(query: MapQuery): void {
    const key = keyOf(query);
    if (this.#wanted && keyOf(this.#wanted) === key) return;
    this.#wanted = query;
    const known = this.#maps.get(key);
    if (known) {
      this.#abort();
      this.#events.progress(undefined);
      this.#show(known, query, true);
    } else if (!this.#running || this.#running.wasShown) {
      this.#abort();
      void this.#load(query);
    }
  }

  /** Request the same map again, after a failure or a stop. */
  retry(query: MapQuery): void {
    this.#wanted = undefined;
    this.ask(query);
  }

  /** Stop loading; what has arrived stays on the screen. */
  stop(): void {
    this.#abort();
    this.#events.progress(undefined);
  }

  /** Load a map into the cache without showing it. */
  async prefetch(query: MapQuery, signal: AbortSignal): Promise<MapArray> {
    const key = keyOf(query);
    const known = this.#maps.get(key);
    if (known) return known;
    const cells = await this.#api.map(this.#model, query, signal);
    this.#maps.set(key, cells);
    return cells;
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
    const running = { key: keyOf(query), abort: new AbortController(), wasShown: false };
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
          if (now - last < UPDATE_INTERVAL) return;
          last = now;
          running.wasShown = true;
          if (!this.#isWanted(running.key)) {
            // Another map was requested: show this much, then load the other one.
            this.#show(map.cells, query, false);
            this.#next();
            return;
          }
          this.#show(map.cells, query, false);
          this.#events.progress(map.progress);
        },
        running.abort.signal,
      );
      this.#maps.set(running.key, cells);
      if (this.#running !== running) return;
      this.#running = undefined;
      if (this.#isWanted(running.key)) this.#events.progress(undefined);
      this.#show(cells, query, this.#isWanted(running.key));
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

  #show(cells: MapArray, query: MapQuery, final: boolean): void {
    this.#events.shown({ ...drawable(cells, query), query, final });
  }

  #next(): void {
    this.#abort();
    if (this.#wanted) void this.#load(this.#wanted);
  }

  #isWanted(key: string): boolean {
    return this.#wanted !== undefined && keyOf(this.#wanted) === key;
  }
}

/** Class ids as they are; numbers with their levels. */
export function drawable(
  cells: MapArray,
  { theme }: Pick<MapQuery, "theme">,
): Pick<ShownMap, "cells" | "numbers"> {
  if (cells instanceof Uint8Array) return { cells, numbers: undefined };
  if (!theme) throw new Error("Numbers without a theme.");
  const numbers = numbersOf(theme, cells);
  return { cells: levelsOf(cells, numbers.low, numbers.high), numbers };
}

function keyOf({ version, axes, at, label, range, resolution, theme }: MapQuery): string {
  return [version, axes, at, label ?? "", range, resolution, theme?.name ?? ""].join("|");
}
