/** Where a flat map or a cube stands. The code of the cube is loaded when the first cube is shown. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { messageOf } from "../../../api/problem.ts";
import { fill, h } from "../../../ui/dom.ts";
import { Scope } from "../../../ui/scope.ts";
import type { CubeView, CubeViewEvents, CubeViewInputs } from "../cube/cubeView.ts";
import type { InteractiveCube } from "../cube/interactiveCube.ts";

export type MapStageEvents = CubeViewEvents & {
  readonly notify: (text: string, kind: "info" | "error") => void;
};

export class MapStage {
  readonly element: HTMLElement;
  /** Whether a cube is drawn in three dimensions, and not by its flat sections alone. */
  readonly solid: ReadonlySignal<boolean>;
  readonly #scope = new Scope();
  readonly #cubeView = signal<CubeView | undefined>(undefined);

  /**
   * @param chip lies over whatever is shown.
   * @param plane the flat map.
   */
  constructor(
    classes: readonly string[],
    { chip, plane }: { readonly chip: HTMLElement; readonly plane: HTMLElement },
    inputs: CubeViewInputs,
    events: MapStageEvents,
  ) {
    this.element = h("div", { class: "map-first" });
    this.solid = computed(() => this.#cubeView.value?.pane.works === true);
    const inCube = computed(() => inputs.space.value !== undefined);
    this.#scope.effect(() => {
      if (!inCube.value) fill(this.element, chip, plane);
      else if (this.#cubeView.value) fill(this.element, chip, this.#cubeView.value.element);
      else {
        fill(this.element, chip, h("div", { class: "cube-pane loading" }));
        void this.#load(classes, inputs, events);
      }
    });
  }

  /** The cube, where it can be drawn; undefined: it cannot, or none was shown yet. */
  get cube(): InteractiveCube | undefined {
    const pane = this.#cubeView.peek()?.pane;
    return pane?.works ? pane : undefined;
  }

  dispose(): void {
    this.#scope.dispose();
  }

  async #load(classes: readonly string[], inputs: CubeViewInputs, events: MapStageEvents): Promise<void> {
    try {
      const { CubeView } = await import("../cube/cubeView.ts");
      if (this.#scope.signal.aborted || this.#cubeView.peek()) return;
      const cubeView = new CubeView(classes, inputs, events);
      this.#scope.onDispose(() => cubeView.dispose());
      this.#cubeView.value = cubeView;
    } catch (error) {
      events.notify(`The cube cannot be drawn: ${messageOf(error)}`, "error");
    }
  }
}
