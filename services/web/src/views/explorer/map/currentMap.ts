/** The map that the scene asks for: requests it, and shows of it what has arrived. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { isRefused } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView } from "../../../api/types.ts";
import { forFilm, isFinerOf, lackOf, mapQueryOf } from "../../../core/explorer/mapRequest.ts";
import { type Scene, spaceOf } from "../../../core/explorer/scene.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { Scope } from "../../../ui/scope.ts";
import { DrawingProgress } from "./drawingProgress.ts";
import { MapLoader, type ShownMap } from "./mapLoader.ts";
import { type SeenMap, seenMap } from "./seenMap.ts";

export interface CurrentMapInputs {
  readonly state: ReadonlySignal<ExplorerState>;
  readonly scene: ReadonlySignal<Scene>;
  /** Whether frames of a film are shown, which are coarser. */
  readonly filming: ReadonlySignal<boolean>;
}

export class CurrentMap {
  readonly source: MapLoader;
  readonly query: ReadonlySignal<MapQuery>;
  /** What is seen of the newest map over as many axes as the scene has; undefined: none has arrived. */
  readonly map: ReadonlySignal<SeenMap | undefined>;
  /** Themes that older versions were found not to have. */
  readonly lacking = signal<readonly string[]>([]);
  /** Progress of the drawing, with a button to stop it. */
  readonly progress: HTMLElement;
  readonly #scope = new Scope();
  readonly #shown = signal<ShownMap | undefined>(undefined);
  readonly #failed: (error: unknown) => void;
  #onScreen: Promise<void> = Promise.resolve();
  #arrived: () => void = () => undefined;

  constructor(
    api: Api,
    { name }: ModelView,
    { state, scene, filming }: CurrentMapInputs,
    failed: (error: unknown) => void,
  ) {
    this.#failed = failed;
    this.query = computed(() =>
      mapQueryOf(scene.value, {
        cells: state.value.cells,
        filming: filming.value,
        lacking: this.lacking.value,
      }),
    );
    const chip = new DrawingProgress({ stop: () => this.source.stop(), resume: () => this.retry() });
    this.progress = chip.element;
    this.source = new MapLoader(api, name, {
      shown: (map) => {
        // A complete coarser map shows more than the beginning of a finer one.
        if (!map.final && isFinerOf(this.#shown.peek(), map)) return;
        this.#shown.value = map;
        if (map.final) this.#arrived();
      },
      progress: (share) => chip.update(share),
      failed: (error) => this.#fail(error),
    });
    const spanned = computed(() => spaceOf(scene.value).axes.length);
    const current = computed(() => {
      const shown = this.#shown.value;
      return shown && shown.query.axes.length === spanned.value ? shown : undefined;
    });
    const effect = computed(() => state.value.effect);
    this.map = seenMap(current, effect);
    const key = computed(() => JSON.stringify(this.query.value));
    this.#scope.effect(() => {
      if (!key.value) return;
      this.#onScreen = new Promise((resolve) => {
        this.#arrived = resolve;
      });
      this.source.ask(this.query.peek());
    });
    this.#scope.onDispose(() => this.source.dispose());
  }

  /** Resolves when the latest requested map is shown. */
  get onScreen(): Promise<void> {
    return this.#onScreen;
  }

  /** Loads what differs from the current map as a frame of a film. */
  prefetch(change: Partial<MapQuery>, signal: AbortSignal): Promise<unknown> {
    return this.source.prefetch({ ...forFilm(this.query.peek()), ...change }, signal);
  }

  retry(): void {
    this.source.retry(this.query.peek());
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #fail(error: unknown): void {
    const { theme, version } = this.query.peek();
    if (theme && isRefused(error, "theme")) {
      this.lacking.value = [...this.lacking.peek(), lackOf(version, theme)];
      return;
    }
    this.#arrived();
    this.#failed(error);
  }
}
