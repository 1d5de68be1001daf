/** The cube in three dimensions, its controls, and its flat sections. Loaded only when a cube is shown. */
import type { ReadonlySignal, Signal } from "@preact/signals-core";
import type { Place, RealImage, RealImageList } from "../../../api/types.ts";
import type { Scene } from "../../../core/explorer/scene.ts";
import { cameraOf } from "../../../core/latent/camera.ts";
import type { Cube, Space } from "../../../core/latent/cube.ts";
import type { Point } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { h } from "../../../ui/dom.ts";
import { Scope } from "../../../ui/scope.ts";
import type { Handle } from "../map/interactiveMap.ts";
import { CubeControls } from "./cubeControls.ts";
import { InteractiveCube } from "./interactiveCube.ts";
import { CubeSections } from "./sections.ts";

export interface CubeViewInputs {
  readonly state: Signal<ExplorerState>;
  readonly scene: ReadonlySignal<Scene>;
  /** Axes and window of the cube; undefined while a plane is shown. */
  readonly space: ReadonlySignal<Space | undefined>;
  readonly cube: ReadonlySignal<Cube | undefined>;
  /** The class that the shown cube was requested for; undefined for models without labels. */
  readonly requested: ReadonlySignal<number | undefined>;
  readonly point: ReadonlySignal<Point>;
  readonly crossings: ReadonlySignal<readonly number[]>;
  /** Real images to show as dots on the sections; undefined: none. */
  readonly real: ReadonlySignal<RealImageList | undefined>;
  /** Places of a drawing to pin on the sections. */
  readonly pins: ReadonlySignal<readonly Place[]>;
}

export interface CubeViewEvents {
  readonly change: (change: Partial<ExplorerState>, done: boolean) => void;
  readonly moved: (handle: Handle, to: Point, done: boolean) => void;
  readonly set: (end: "a" | "b") => void;
  readonly picked: (images: readonly RealImage[]) => void;
  readonly pinned: (place: Place) => void;
}

export class CubeView {
  readonly element: HTMLElement;
  readonly pane: InteractiveCube;
  readonly #scope = new Scope();

  constructor(classes: readonly string[], inputs: CubeViewInputs, events: CubeViewEvents) {
    const { state, scene, space, cube, requested, point, crossings, real, pins } = inputs;
    this.pane = new InteractiveCube(classes, {
      moved: (to) => events.moved("point", to, true),
      cameraMoved: ({ azimuth, elevation, zoom }, done) =>
        events.change({ camera: [azimuth, elevation, zoom] }, done),
      rotating: (on) => {
        bar.rotating = on;
        if (on && state.peek().camera) events.change({ camera: undefined }, true);
      },
    });
    const bar = new CubeControls(this.pane, events.change);
    const sections = new CubeSections(classes, events);
    bar.rotating = false;
    this.element = h(
      "div",
      { class: "map-solid" },
      h("div", { class: "cube-stage" }, this.pane.element),
      bar.element,
      sections.element,
    );

    const scope = this.#scope;
    scope.effect(() => {
      if (!cube.value) return;
      this.pane.show(cube.value);
      sections.show(cube.value);
    });
    scope.effect(() => {
      const window = space.value;
      if (!window) {
        this.pane.stopRotating();
        return;
      }
      const { a, b, cut, hidden, only } = scene.value;
      const { open, crossed, camera, coarse } = state.value;
      const common = {
        space: window,
        point: point.value,
        a,
        b,
        crossings: crossings.value,
        only,
        requested: requested.value,
      };
      sections.update({ ...common, real: real.value, pins: pins.value });
      this.pane.update({
        ...common,
        hidden,
        cut,
        open: open === "yes",
        crossed: crossed === "yes",
        coarse: coarse === "yes",
        camera: cameraOf(camera),
      });
      bar.update(scene.value, state.value);
    });
    if (!state.peek().camera && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.pane.rotates = true;
    }
    for (const part of [this.pane, sections]) scope.onDispose(() => part.dispose());
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
