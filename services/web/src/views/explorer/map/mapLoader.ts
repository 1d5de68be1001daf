/** Loads maps of a model, which arrive from coarse to fine, and caches them. */
import type { Api } from "../../../api/client.ts";
import { isAbort } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { editsCodec } from "../../../core/explorer/edits.ts";
import type { Drawn, EffectMaps } from "../../../core/explorer/effect.ts";
import type { Unedited } from "../../../core/explorer/mapWords.ts";
import { levelsOf, numbersOf } from "../../../core/latent/scalarMap.ts";
import type { MapArray } from "../../../core/latent/tiledMap.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { type ArrivedMap, mapArriving, wholeMap } from "./arrivingMap.ts";

/** Maps that are cached. */
const KEPT = 400;
/** Shortest time in milliseconds between two updates of a map that is arriving. */
const UPDATE_INTERVAL = 60;

/** Under edits, the map after them. */
export interface ShownMap extends Drawn {
  readonly query: MapQuery;
  /** Whether it is complete and still the requested map. */
  readonly final: boolean;
  /** Before and after the edits; undefined: there are none, or they do not apply. */
  readonly pair: EffectMaps | undefined;
  /** Why a map is without the edits that were asked for. */
  readonly unedited: Unedited | undefined;
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
  readonly #maps = new Lru<string, ArrivedMap>(KEPT);
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
    if (known) return known.cells;
    const map = await wholeMap(this.#api, this.#model, query, signal);
    this.#maps.set(key, map);
    return map.cells;
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
      const whole = await mapArriving(
        this.#api,
        this.#model,
        query,
        (progress, map) => {
          if (this.#running !== running) return;
          const now = performance.now();
          if (now - last < UPDATE_INTERVAL) return;
          last = now;
          running.wasShown = true;
          if (!this.#isWanted(running.key)) {
            // Another map was requested: show this much, then load the other one.
            this.#show(map(), query, false);
            this.#next();
            return;
          }
          this.#show(map(), query, false);
          this.#events.progress(progress);
        },
        running.abort.signal,
      );
      this.#maps.set(running.key, whole);
      if (this.#running !== running) return;
      this.#running = undefined;
      if (this.#isWanted(running.key)) this.#events.progress(undefined);
      this.#show(whole, query, this.#isWanted(running.key));
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

  #show({ cells, before, unedited }: ArrivedMap, query: MapQuery, final: boolean): void {
    const after = drawable(cells, query, before);
    const pair = before && { before: drawable(before, query, cells), after };
    this.#events.shown({ ...after, query, final, pair, unedited });
  }

  #next(): void {
    this.#abort();
    if (this.#wanted) void this.#load(this.#wanted);
  }

  #isWanted(key: string): boolean {
    return this.#wanted !== undefined && keyOf(this.#wanted) === key;
  }
}

/**
 * Class ids as they are; numbers with their levels.
 *
 * @param other a map whose numbers are to have the same colours.
 */
export function drawable(cells: MapArray, { theme }: Pick<MapQuery, "theme">, other?: MapArray): Drawn {
  if (cells instanceof Uint8Array) return { cells, numbers: undefined };
  if (!theme) throw new Error("Numbers without a theme.");
  const numbers = numbersOf(theme, cells, ...(other instanceof Float32Array ? [other] : []));
  return { cells: levelsOf(cells, numbers.low, numbers.high), numbers };
}

function keyOf({ version, axes, at, label, range, resolution, theme, edits = [] }: MapQuery): string {
  return [
    version,
    axes,
    at,
    label ?? "",
    range,
    resolution,
    theme?.name ?? "",
    editsCodec.write(edits),
  ].join("|");
}
