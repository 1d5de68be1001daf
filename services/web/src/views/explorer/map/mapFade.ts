/** How strongly the classes of the shown map are coloured: by how sure the classifier is of them. */
import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView } from "../../../api/types.ts";
import { mostlyUnsure, opacitiesOf } from "../../../core/latent/sureness.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { scalarTheme, type Theme } from "../../../core/themes/theme.ts";
import { stable } from "../../../ui/scope.ts";
import { ConfidenceMaps } from "./confidenceMaps.ts";
import type { ShownMap } from "./mapLoader.ts";

/** Name of the theme that says how sure the classifier is. */
const CONFIDENCE = "confidence";

export interface MapFadeInputs {
  readonly state: ReadonlySignal<ExplorerState>;
  /** The request for the current map. */
  readonly query: ReadonlySignal<MapQuery>;
  /** The map that is shown; undefined: none is. */
  readonly map: ReadonlySignal<ShownMap | undefined>;
}

export class MapFade {
  /** Whether colours fade; undefined: the map shows no classes, or the version does not say how sure they are. */
  readonly fades: ReadonlySignal<boolean | undefined>;
  /** Of each cell of the shown map, 0 to 255; undefined: all are full. */
  readonly opacity: ReadonlySignal<Uint8Array | undefined>;
  readonly #theme: Theme | undefined;
  readonly #maps: ConfidenceMaps;
  readonly #map: MapFadeInputs["map"];
  readonly #classes: number;

  constructor(
    api: Api,
    { name, classes, themes }: ModelView,
    { state, query, map }: MapFadeInputs,
    failed: (error: unknown) => void,
  ) {
    this.#theme = scalarTheme(themes, CONFIDENCE);
    this.#map = map;
    this.#classes = classes.length;
    const wanted = stable(() =>
      state.value.fade === "no" || map.value?.numbers ? undefined : this.#asked(query.value),
    );
    this.#maps = new ConfidenceMaps(api, name, wanted, failed);
    const { shown, lacking } = this.#maps;
    this.fades = computed(() => {
      const lacks = this.#asked(query.value) === undefined || lacking.value.includes(query.value.version);
      if (lacks || map.value?.numbers) return undefined;
      const { fade } = state.value;
      if (fade !== undefined) return fade === "yes";
      return shown.value !== undefined && mostlyUnsure(shown.value.values);
    });
    this.opacity = computed(() => map.value && this.opacityOf(map.value.query.resolution));
  }

  /** Of each cell, 0 to 255, as if the shown map had `side` cells along each axis; undefined: all are full. */
  opacityOf(side: number): Uint8Array | undefined {
    const [map, shown] = [this.#map.value, this.#maps.shown.value];
    if (!this.fades.value || !map || !shown) return undefined;
    const axes = map.query.axes.length;
    if (shown.query.axes.length !== axes) return undefined;
    return opacitiesOf(shown.values, shown.query.resolution, side, axes, this.#classes);
  }

  /** How sure the classifier is over a map's window, coarsely; undefined: the version does not say. */
  async confidence(query: MapQuery, signal: AbortSignal): Promise<Float32Array | undefined> {
    const asked = this.#asked(query);
    return asked && this.#maps.load(asked, signal);
  }

  dispose(): void {
    this.#maps.dispose();
  }

  /** Not under edits: how sure the classifier is of the images after them is not known. */
  #asked(query: MapQuery): MapQuery | undefined {
    if (!this.#theme || query.edits) return undefined;
    return { ...query, theme: this.#theme, resolution: coarser(query.resolution) };
  }
}

/** Cells along each side of a map that shows what a finer one shows, in a fraction of its time. */
export function coarser(resolution: number): number {
  return Math.max(2, Math.ceil(resolution / 2));
}
