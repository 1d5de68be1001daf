/** Class maps of a model, coarse first: a picture at once, the fine one when it is ready. */
import type { Api, MapQuery } from "../../api/client.ts";
import { type Grid, sheetsOf } from "../../core/classmap.ts";
import { latest } from "../../core/latest.ts";
import { Lru } from "../../core/lru.ts";

const COARSE = 25;
const FINE = 100;
/** About 10 kB each. */
const KEPT = 300;

export type PlaneQuery = Omit<MapQuery, "resolution">;

export interface MapSourceEvents {
  /** @param final whether nothing finer comes after it. */
  readonly shown: (grid: Grid, query: PlaneQuery, final: boolean) => void;
  readonly waiting: (waits: boolean) => void;
  readonly failed: (error: unknown) => void;
}

export class MapSource {
  readonly #maps = new Lru<string, Grid>(KEPT);
  readonly #ask: { ask(query: PlaneQuery): void; cancel(): void };
  readonly #events: MapSourceEvents;
  #wanted = "";

  constructor(api: Api, model: string, events: MapSourceEvents) {
    this.#events = events;
    const load = async (query: PlaneQuery, resolution: number, signal: AbortSignal) => {
      const [grid] = sheetsOf(await api.map(model, { ...query, resolution }, signal));
      if (!grid) throw new Error("The map is empty.");
      this.#maps.set(keyOf(query, resolution), grid);
      return grid;
    };
    this.#ask = latest<PlaneQuery, Grid>(
      async (query, signal) => {
        if (!this.#maps.get(keyOf(query, COARSE))) {
          const coarse = await load(query, COARSE, signal);
          if (this.#isWanted(query)) events.shown(coarse, query, false);
        }
        // While a slider is dragged on, the fine map would only be in the way of the next coarse one.
        if (!this.#isWanted(query)) throw new Overtaken();
        return load(query, FINE, signal);
      },
      (grid, query) => {
        if (!this.#isWanted(query)) return;
        events.waiting(false);
        events.shown(grid, query, true);
      },
      (error) => {
        if (error instanceof Overtaken) return;
        events.waiting(false);
        events.failed(error);
      },
      1,
    );
  }

  ask(query: PlaneQuery): void {
    const key = keyOf(query, FINE);
    if (key === this.#wanted) return;
    this.#wanted = key;
    const known = this.#maps.get(key);
    this.#events.waiting(!known);
    if (known) this.#events.shown(known, query, true);
    else this.#ask.ask(query);
  }

  /** Ask for the same again, after a failure. */
  retry(query: PlaneQuery): void {
    this.#wanted = "";
    this.ask(query);
  }

  dispose(): void {
    this.#ask.cancel();
  }

  #isWanted(query: PlaneQuery): boolean {
    return keyOf(query, FINE) === this.#wanted;
  }
}

class Overtaken extends Error {}

function keyOf(query: PlaneQuery, resolution: number): string {
  return [query.version, query.axes, query.at, query.label ?? "", query.range, resolution].join("|");
}
