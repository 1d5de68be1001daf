/** The map drawn finer than it arrived, loaded while nothing moves, and kept for a return. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { MapQuery } from "../../../api/queries.ts";
import { fineSides } from "../../../core/explorer/fineMap.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import type { Point } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import type { MapFade } from "./mapFade.ts";
import type { ShownMap } from "./mapLoader.ts";

/** Maps that are cached, of up to 640,000 bytes each. */
const KEPT = 8;
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

/** Choices of how a cube is looked at: they wait for no map, and so give up none that is being loaded. */
const LOOKS = ["camera", "cut", "open", "crossed", "hide", "only"] as const;

export class FineMap {
  /** Cells along each side of the finest map that is there, and the map; undefined: only the coarse one is. */
  readonly finest: ReadonlySignal<{ readonly side: number; readonly cells: Uint8Array } | undefined>;
  /** The flat map that is drawn: the finest, else the coarse one. */
  readonly grid: ReadonlySignal<Grid | undefined>;
  /** Whether a finer one is being loaded. */
  readonly loading = signal(false);
  /** Counts the maps that arrived. */
  readonly #arrivals = signal(0);
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
    const wanted = stable(() => fineQueries(inputs));
    this.finest = computed(() => {
      void this.#arrivals.value;
      for (const query of wanted.value.toReversed()) {
        const cells = this.#known.get(keyOf(query));
        if (cells) return { side: query.resolution, cells };
      }
      return undefined;
    });
    this.grid = computed(() => {
      const fine = this.finest.value;
      if (!fine) return coarse.value;
      const { side, cells } = fine;
      return { columns: side, rows: side, cells, opacity: fade.opacityOf(side) };
    });
    const visible = signal(!document.hidden);
    this.#scope.listen(document, "visibilitychange", () => {
      visible.value = !document.hidden;
    });
    // By its contents: the point becomes another object whenever the page looks for versions.
    const changes = stable(() => [
      Object.entries(state.value).filter(([key]) => key !== "z" && !LOOKS.some((look) => look === key)),
      point.value,
    ]);
    const looks = stable(() => LOOKS.map((look) => state.value[look]));
    this.#scope.effect(() => {
      void changes.value;
      void wanted.value;
      void held.value;
      void visible.value;
      this.#stop();
    });
    this.#scope.effect(() => {
      void changes.value;
      void looks.value;
      const queries = wanted.value;
      const moving = held.value || !visible.value;
      if (moving || this.#abort) return;
      clearTimeout(this.#timer);
      const missing = queries.filter((query) => !this.#known.get(keyOf(query)));
      if (missing.length > 0) this.#timer = setTimeout(() => void this.#load(missing), REST);
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

  async #load(queries: readonly MapQuery[]): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.loading.value = true;
    try {
      for (const query of queries) {
        const cells = await this.#api.map(this.#model, query, abort.signal);
        if (!(cells instanceof Uint8Array)) return;
        this.#known.set(keyOf(query), cells);
        if (abort.signal.aborted) return;
        this.#arrivals.value += 1;
      }
    } catch {
      // The whole map is on the screen already, only coarser: it is asked again after the next change.
    } finally {
      if (this.#abort === abort) this.#stop();
    }
  }
}

function keyOf(query: MapQuery): string {
  return JSON.stringify(query);
}

/** The fine maps of what is shown, one after the other; none: it stays coarse. */
function fineQueries({ state, query, map, filming, width }: FineMapInputs): readonly MapQuery[] {
  const shown = map.value;
  // The API draws maps under edits with all their cells.
  if (!shown || shown.query.edits) return [];
  const axes = shown.query.axes.length;
  const sides = fineSides({
    axes,
    classes: !shown.numbers,
    side: shown.query.resolution,
    complete: shown.final && JSON.stringify(shown.query) === JSON.stringify(query.value),
    filming: filming.value,
    coarse: state.value.coarse === "yes",
    width: width.value,
    pixelRatio: devicePixelRatio,
  });
  return sides.map((resolution) => ({ ...shown.query, resolution, refine: "adaptive" }));
}
