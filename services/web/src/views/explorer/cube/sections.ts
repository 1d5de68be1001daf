/** The three flat sections of the cube through the point, cut from the cells that are already loaded. */
import type { Place, RealImage, RealImageList } from "../../../api/types.ts";
import { type Cube, cellNear, type Space, sectionOf, toCube } from "../../../core/latent/cube.ts";
import type { Plane } from "../../../core/latent/plane.ts";
import type { Point } from "../../../core/latent/vector.ts";
import { axisName, coordinate } from "../../../core/text/format.ts";
import { h, setText } from "../../../ui/dom.ts";
import { type Handle, InteractiveMap } from "../map/interactiveMap.ts";

/** Indices of the cube's axes that run to the right and up. */
const PLANES = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

export interface CubeSectionsState {
  readonly space: Space;
  readonly point: Point;
  readonly a: Point | undefined;
  readonly b: Point | undefined;
  readonly crossings: readonly number[];
  readonly only: number | undefined;
  /** The class that was requested of a conditional model: cells that show another one are hatched. */
  readonly requested: number | undefined;
  /** Real images to show as dots on the sections that they are near; undefined: none. */
  readonly real: RealImageList | undefined;
  /** Places of a drawing to pin on the sections that they are near. */
  readonly pins: readonly Place[];
}

export class CubeSections {
  readonly element: HTMLElement;
  readonly #parts: { pane: InteractiveMap; title: HTMLElement; plane: Plane | undefined; shown: string }[];
  #cube: Cube | undefined;
  #state: CubeSectionsState | undefined;

  constructor(
    classes: readonly string[],
    events: {
      readonly moved: (handle: Handle, to: Point, done: boolean) => void;
      readonly set: (end: "a" | "b") => void;
      readonly picked: (images: readonly RealImage[]) => void;
      readonly pinned: (place: Place) => void;
    },
  ) {
    this.#parts = PLANES.map(() => ({
      pane: new InteractiveMap(classes, events),
      title: h("figcaption", { class: "section-caption" }),
      plane: undefined,
      shown: "",
    }));
    this.element = h(
      "div",
      { class: "sections", role: "group", "aria-label": "Flat sections through the point" },
      this.#parts.map(({ pane, title }) => h("figure", { class: "section" }, title, pane.element)),
    );
  }

  show(cube: Cube): void {
    this.#cube = cube;
    for (const part of this.#parts) part.shown = "";
    this.#draw();
  }

  update(state: CubeSectionsState): void {
    if (String(state.space.axes) !== String(this.#state?.space.axes)) {
      this.#parts.forEach((part, index) => {
        const places = PLANES[index] ?? PLANES[0];
        part.plane = { ...state.space, axes: places.map((place) => state.space.axes[place] ?? 0) };
        part.shown = "";
      });
    }
    this.#state = state;
    this.#draw();
  }

  dispose(): void {
    for (const { pane } of this.#parts) pane.dispose();
  }

  #draw(): void {
    const [state, cube] = [this.#state, this.#cube];
    if (!state) return;
    const cell = cube && cellNear(cube.side, toCube(state.space, state.point));
    this.#parts.forEach((part, index) => {
      const { plane } = part;
      if (!plane) return;
      const [across, up] = PLANES[index] ?? PLANES[0];
      const third = 3 - across - up;
      const { point, a, b, crossings, real, pins } = state;
      part.pane.update({ plane, point, a, b, crossings, real, pins });
      const axis = state.space.axes[third] ?? 0;
      const name = `${axisName(axis)} = ${coordinate(state.point[axis] ?? 0)}`;
      setText(part.title, name);
      const shown = `${cell?.[third]}|${state.only}|${state.requested}`;
      if (!cube || !cell || part.shown === shown) return;
      part.shown = shown;
      const section = sectionOf(cube, across, up, cell[third] ?? 0);
      part.pane.show(section, `Section at ${name}`, state.only, state.requested);
    });
  }
}
