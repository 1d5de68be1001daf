/** A second map beside the first, under one cursor, and one plotted against the other. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView } from "../../../api/types.ts";
import type { Effect } from "../../../core/explorer/effect.ts";
import { plainClasses } from "../../../core/explorer/mapRequest.ts";
import type { Scene } from "../../../core/explorer/scene.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import { type Brush, markedBy } from "../../../core/latent/jointHistogram.ts";
import { cellIndexOf } from "../../../core/latent/plane.ts";
import type { Point } from "../../../core/latent/vector.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import { BesideMap } from "./besideMap.ts";
import type { InteractiveMap, InteractiveMapEvents, InteractiveMapState } from "./interactiveMap.ts";
import { JointHistogram } from "./jointHistogram.ts";
import { ThemeScale } from "./themeScale.ts";

export interface SecondMapInputs {
  readonly scene: ReadonlySignal<Scene>;
  readonly point: ReadonlySignal<Point>;
  /** The request for the first map. */
  readonly query: ReadonlySignal<MapQuery>;
  readonly effect: ReadonlySignal<Effect>;
  /** The first map, and what can be moved on it. */
  readonly grid: ReadonlySignal<Grid | undefined>;
  readonly pane: InteractiveMap;
  readonly state: ReadonlySignal<InteractiveMapState>;
  readonly only: ReadonlySignal<number | undefined>;
}

export class SecondMap {
  /** Whether there is a second map. */
  readonly shown: ReadonlySignal<boolean>;
  /** What stands beside and below the first map while there is one. */
  readonly elements: readonly HTMLElement[];
  /** Legend of the second map. */
  readonly scale = new ThemeScale();
  readonly #scope = new Scope();
  readonly #beside: BesideMap;
  readonly #joint: JointHistogram;
  readonly #inputs: SecondMapInputs;

  constructor(
    api: Api,
    model: ModelView,
    inputs: SecondMapInputs,
    events: InteractiveMapEvents & { readonly failed: (error: unknown) => void },
  ) {
    this.#inputs = inputs;
    const { scene, point, query: first, grid, pane, state, only, effect } = inputs;
    const query = stable((): MapQuery | undefined => {
      const { beside, cube, edits } = scene.value;
      if (!beside || cube) return undefined;
      return {
        ...plainClasses(first.value),
        ...(beside.kind === "scalar" ? { theme: beside } : {}),
        ...(edits.length > 0 ? { edits } : {}),
      };
    });
    this.shown = computed(() => query.value !== undefined);
    const brush = signal<Brush | undefined>(undefined);
    this.#joint = new JointHistogram((next) => {
      brush.value = next;
    });
    this.#beside = new BesideMap(
      api,
      model,
      { query, scene, state, only, effect },
      { ...events, hovered: (at) => this.hover(at, pane) },
    );
    const second = computed(() => (this.shown.value ? this.#beside.grid.value : undefined));
    this.elements = [this.#beside.element, this.#joint.element];

    const scope = this.#scope;
    scope.effect(() => {
      if (!this.shown.value) pane.cross(undefined);
    });
    scope.effect(() => {
      const [numbers, map] = [second.value?.numbers, second.value];
      this.scale.element.hidden = numbers === undefined;
      if (!numbers || !map) return;
      this.scale.update(numbers, numbers.values[cellIndexOf(scene.value.plane, point.value, map)]);
    });
    scope.effect(() => {
      const map = grid.value;
      const [x, y] = [map?.numbers, second.value?.numbers];
      const both = x && y && x.values.length === y.values.length;
      this.#joint.element.hidden = !both;
      if (both) this.#joint.update(x, y);
      const marked =
        both && map && brush.value
          ? { columns: map.columns, rows: map.rows, cells: markedBy(x, y, brush.value) }
          : undefined;
      pane.mark(marked);
      this.#beside.pane.mark(marked);
    });
    scope.onDispose(() => this.#beside.dispose());
  }

  /** Shows on the other map, and in the plot, where the pointer is on one of them. */
  hover(at: Point | undefined, other: InteractiveMap = this.#beside.pane): void {
    if (!this.shown.peek()) return;
    other.cross(at);
    const grid = this.#inputs.grid.peek();
    this.#joint.hover(grid && at && cellIndexOf(this.#inputs.scene.peek().plane, at, grid));
  }

  retry(): void {
    this.#beside.retry();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
