/** A second map of the same plane with a theme of its own, beside the first one. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { isRefused, messageOf } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView } from "../../../api/types.ts";
import type { Effect } from "../../../core/explorer/effect.ts";
import { mapName } from "../../../core/explorer/mapWords.ts";
import type { Scene } from "../../../core/explorer/scene.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import { h, setText } from "../../../ui/dom.ts";
import { Scope } from "../../../ui/scope.ts";
import { DrawingProgress } from "./drawingProgress.ts";
import { InteractiveMap, type InteractiveMapEvents, type InteractiveMapState } from "./interactiveMap.ts";
import { MapLoader, type ShownMap } from "./mapLoader.ts";
import { flatGrid, seenMap } from "./seenMap.ts";

export interface BesideMapInputs {
  /** What it shows; undefined: there is no second map. */
  readonly query: ReadonlySignal<MapQuery | undefined>;
  readonly scene: ReadonlySignal<Scene>;
  readonly state: ReadonlySignal<InteractiveMapState>;
  readonly only: ReadonlySignal<number | undefined>;
  readonly effect: ReadonlySignal<Effect>;
}

export class BesideMap {
  readonly element: HTMLElement;
  readonly pane: InteractiveMap;
  /** The map that is shown, complete or not. */
  readonly grid: ReadonlySignal<Grid | undefined>;
  readonly #shown = signal<ShownMap | undefined>(undefined);
  readonly #scope = new Scope();
  readonly #note = h("p", { class: "quiet-note", role: "status" });
  readonly #query: ReadonlySignal<MapQuery | undefined>;
  readonly #source: MapLoader;

  constructor(
    api: Api,
    { name, classes }: ModelView,
    { query, scene, state, only, effect }: BesideMapInputs,
    events: InteractiveMapEvents & { readonly failed: (error: unknown) => void },
  ) {
    this.#query = query;
    this.pane = new InteractiveMap(classes, events);
    const chip = new DrawingProgress({ stop: () => this.#source.stop(), resume: () => this.retry() });
    this.#source = new MapLoader(api, name, {
      shown: (map) => {
        setText(this.#note, "");
        this.#shown.value = map;
      },
      progress: (share) => chip.update(share),
      failed: (error) => {
        const { theme, version } = query.peek() ?? {};
        this.#shown.value = undefined;
        if (theme && isRefused(error, "theme")) {
          setText(this.#note, `Epoch ${version} was exported without “${theme.title}”.`);
          return;
        }
        setText(this.#note, messageOf(error));
        events.failed(error);
      },
    });
    this.element = h("div", { class: "map-beside" }, chip.element, this.pane.element, this.#note);
    this.#scope.effect(() => {
      if (query.value) this.#source.ask(query.value);
      else {
        this.#source.stop();
        this.#shown.value = undefined;
      }
    });
    const map = seenMap(this.#shown, effect);
    this.grid = flatGrid(map, scene, () => undefined);
    this.#scope.effect(() => {
      if (!map.value || !this.grid.value) return;
      const label = `${mapName(name, map.value, effect.value)}, the second map`;
      this.pane.show(this.grid.value, label, only.value, map.value.query.label);
    });
    this.#scope.effect(() => {
      if (query.value) this.pane.update(state.value);
    });
  }

  retry(): void {
    const query = this.#query.peek();
    if (query) this.#source.retry(query);
  }

  dispose(): void {
    this.#scope.dispose();
    this.#source.dispose();
    this.pane.dispose();
  }
}
