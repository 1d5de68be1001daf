/** The map as fine as the screen: loaded while nothing moves, and kept for a return. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { fineSide } from "../../../core/explorer/fineMap.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import type { Point } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import type { MapFade } from "./mapFade.ts";
import type { ShownMap } from "./mapLoader.ts";

/** Maps that are cached, of up to 640,000 bytes each. */
const KEPT = 4;
/** Milliseconds without any change after which the map is refined: later than image, layers and judges. */
const REST = 500;

export interface FineMapInputs {
  readonly state: ReadonlySignal<ExplorerState>;
  readonly point: ReadonlySignal<Point>;
  /** The request for the current map. */
  readonly query: ReadonlySignal<MapQuery>;
  /** The coarse map that is shown, which may be of an older request, and as a grid. */
  readonly map: ReadonlySignal<ShownMap | undefined>;
  readonly coarse: ReadonlySignal<Grid | undefined>;
  /** Whether something is held with the pointer. */
  readonly held: ReadonlySignal<boolean>;
  /** Whether a film plays. */
  readonly filming: ReadonlySignal<boolean>;
  /** The map's side in CSS pixels. */
  readonly width: ReadonlySignal<number>;
}

export class FineMap {
  /** What is drawn: the fine map where it is there, else the coarse one. */
  readonly grid: ReadonlySignal<Grid | undefined>;
  /** Whether it is being loaded. */
  readonly loading = signal(false);
  readonly #arrived = signal<{ readonly key: string; readonly cells: Uint8Array } | undefined>(undefined);
  readonly #scope = new Scope();
  readonly #known = new Lru<string, Uint8Array>(KEPT);
  readonly #api: Api;
  readonly #model: string;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, model: string, fade: MapFade, inputs: FineMapInputs) {
    this.#api = api;
    this.#model = model;
    const { state, point, coarse, held } = inputs;
    const wanted = stable(() => fineQuery(inputs));
    const cells = computed(() => {
      const key = wanted.value && JSON.stringify(wanted.value);
      if (key === undefined) return undefined;
      const arrived = this.#arrived.value;
      return arrived?.key === key ? arrived.cells : this.#known.get(key);
    });
    this.grid = computed(() => {
      const side = wanted.value?.resolution;
      if (!cells.value || side === undefined) return coarse.value;
      return { columns: side, rows: side, cells: cells.value, opacity: fade.opacityOf(side) };
    });
    // By its contents: the point becomes another object whenever the page looks for versions.
    const changes = stable(() => [state.value, point.value]);
    this.#scope.effect(() => {
      void changes.value;
      const query = wanted.value;
      const moving = held.value;
      this.#stop();
      if (!query || moving || cells.peek()) return;
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

/** The fine map of what is shown; undefined: it stays coarse. */
function fineQuery({ state, query, map, filming, width }: FineMapInputs): MapQuery | undefined {
  const shown = map.value;
  // The API draws maps under edits with all their cells.
  if (!shown || shown.query.edits) return undefined;
  const resolution = fineSide({
    axes: shown.query.axes.length,
    classes: !shown.numbers,
    side: shown.query.resolution,
    complete: shown.final && JSON.stringify(shown.query) === JSON.stringify(query.value),
    filming: filming.value,
    coarse: state.value.coarse === "yes",
    width: width.value,
    pixelRatio: devicePixelRatio,
  });
  return resolution === undefined ? undefined : { ...shown.query, resolution, refine: "adaptive" };
}
