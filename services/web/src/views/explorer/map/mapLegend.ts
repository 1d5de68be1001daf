/** What the map shows and what its colours mean: the themes, the legend of the shown one, and the switches. */
import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { ModelView } from "../../../api/types.ts";
import type { Scene } from "../../../core/explorer/scene.ts";
import { sharesOf } from "../../../core/latent/classMap.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { h } from "../../../ui/dom.ts";
import { Scope } from "../../../ui/scope.ts";
import { Legend } from "./legend.ts";
import { MapSwitches } from "./mapSwitches.ts";
import type { Reading, SeenMap } from "./seenMap.ts";
import { ThemeChoice } from "./themeChoice.ts";
import { ThemeScale } from "./themeScale.ts";

export interface MapLegendInputs {
  readonly state: ReadonlySignal<ExplorerState>;
  readonly scene: ReadonlySignal<Scene>;
  readonly map: ReadonlySignal<SeenMap | undefined>;
  /** What a map of numbers says at the point; undefined: the classes are shown. */
  readonly reading: ReadonlySignal<Reading | undefined>;
  /** Whether colours fade; undefined: they cannot. */
  readonly fades: ReadonlySignal<boolean | undefined>;
  /** Whether a cube is drawn whose classes can be hidden. */
  readonly solid: ReadonlySignal<boolean>;
  /** Whether the fine map is on its way, and the pictures are. */
  readonly refining: ReadonlySignal<boolean>;
  readonly picturing: ReadonlySignal<boolean>;
}

export class MapLegend {
  readonly element: HTMLElement;
  readonly #scope = new Scope();

  /** @param second legend of a second map. */
  constructor(
    model: ModelView,
    second: HTMLElement,
    inputs: MapLegendInputs,
    change: (change: Partial<ExplorerState>, done: boolean) => void,
  ) {
    const { state, scene, map, reading, fades, solid, refining, picturing } = inputs;
    const { classes, themes } = model;
    const classLegend = new Legend(
      classes,
      (only) => change({ only }, true),
      (hide) => change({ hide }, true),
    );
    const scale = new ThemeScale();
    const choice = new ThemeChoice("What the map shows", "Theme", (theme) => change({ theme }, true));
    const besideChoice = new ThemeChoice(
      "What a second map shows",
      "Beside",
      (beside) => change({ beside }, true),
      "nothing",
    );
    const switches = new MapSwitches(model, change);
    this.element = h(
      "div",
      { class: "map-legend" },
      h("div", { class: "theme-choices" }, choice.element, besideChoice.element),
      classLegend.element,
      scale.element,
      second,
      switches.element,
    );

    const scope = this.#scope;
    const inCube = computed(() => scene.value.cube !== undefined);
    scope.effect(() => {
      const shown = map.value;
      if (!shown) return;
      const { only, hidden } = scene.value;
      classLegend.element.hidden = shown.numbers !== undefined;
      scale.element.hidden = shown.numbers === undefined;
      if (shown.numbers) return;
      const shares = (cells: Uint8Array) => sharesOf(cells, classes.length);
      classLegend.update(
        shares(shown.pair?.after.cells ?? shown.cells),
        only,
        inCube.value && solid.value ? hidden : undefined,
        shown.pair && shares(shown.pair.before.cells),
      );
    });
    scope.effect(() => {
      if (reading.value) scale.update(reading.value.numbers, reading.value.value);
    });
    scope.effect(() => {
      choice.update(themes, scene.value.theme?.name);
      besideChoice.update(themes, scene.value.beside?.name);
      besideChoice.element.hidden ||= inCube.value;
    });
    scope.effect(() => {
      const edited = map.value?.query.edits !== undefined;
      const refined = map.value && map.value.query.axes.length >= 2 && !map.value.numbers && !edited;
      const coarse = refined ? state.value.coarse : undefined;
      const pictures = scene.value.plane.axes.length === 2 && !inCube.value && !edited;
      switches.update({
        fades: fades.value,
        real: state.value.real,
        coarse,
        pictures: pictures ? state.value.pictures : undefined,
      });
    });
    scope.effect(() => switches.waiting("coarse", refining.value));
    scope.effect(() => switches.waiting("pictures", picturing.value));
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
