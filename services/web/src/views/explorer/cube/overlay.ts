/** What is drawn over the cube: the point with its projections onto the walls, A and B, and the names of the axes. */
import { type Camera, facing, matrixOf, projected } from "../../../core/latent/camera.ts";
import { type Space, toCube } from "../../../core/latent/cube.ts";
import { lerp, type Point } from "../../../core/latent/vector.ts";
import { axisName } from "../../../core/text/format.ts";
import { fill, svg } from "../../../ui/dom.ts";

type Place = readonly [number, number, number];

export interface OverlayState {
  readonly space: Space;
  readonly point: Point;
  readonly a: Point | undefined;
  readonly b: Point | undefined;
  readonly crossings: readonly number[];
}

/** The drawing's own units along each side. */
const SIDE = 1000;
/** Distance of the names from the centre: a little outside the cube's edges. */
const NAME_PLACE = 1.13;

export class CubeOverlay {
  readonly element = svg("svg", {
    class: "cube-overlay",
    viewBox: `0 0 ${SIDE} ${SIDE}`,
    "aria-hidden": "true",
  });

  #width = 0;

  /** @param width in CSS pixels; `occluded`: whether cells hide a place from the camera. */
  draw(camera: Camera, state: OverlayState, width: number, occluded: (place: Place) => boolean): void {
    if (width !== this.#width) {
      this.#width = width;
      // In the units of the drawing, so that its text can be kept legible on a telephone.
      this.element.style.setProperty("--pixel", `${SIDE / Math.max(1, width)}px`);
    }
    const matrix = matrixOf(camera);
    const on = (place: Place) => {
      const { x, y } = projected(matrix, place);
      return { x: x * SIDE, y: y * SIDE };
    };
    const sides = facing(camera);
    const point = toCube(state.space, state.point);
    fill(
      this.element,
      this.#names(state.space, sides, on),
      this.#walk(state, on),
      this.#projections(point, sides, on),
      marker(on(point), occluded(point) ? "cube-point buried" : "cube-point", 11),
    );
  }

  /** Lines from the point to the three walls behind it, which show its coordinates. */
  #projections(point: Place, sides: Place, on: (place: Place) => { x: number; y: number }): SVGElement[] {
    return [0, 1, 2].flatMap((axis) => {
      const foot = point.map((value, index) => (index === axis ? -(sides[axis] ?? 1) : value));
      const [from, to] = [on(point), on(foot as unknown as Place)];
      return [
        ...lines(from, to, "cube-projection"),
        svg("circle", { class: "cube-foot", cx: to.x, cy: to.y, r: 6 }),
      ];
    });
  }

  #walk(state: OverlayState, on: (place: Place) => { x: number; y: number }): SVGElement[] {
    const end = (point: Point | undefined, name: string) => {
      if (!point) return [];
      const { x, y } = on(toCube(state.space, point));
      return [
        svg("circle", { class: "cube-end", cx: x, cy: y, r: 15 }),
        svg("text", { class: "cube-end-name", x, y: y + 6.5 }, name),
      ];
    };
    const { a, b } = state;
    if (!a || !b) return [...end(a, "A"), ...end(b, "B")];
    return [
      ...lines(on(toCube(state.space, a)), on(toCube(state.space, b)), "cube-walk"),
      ...state.crossings.map((t) => marker(on(toCube(state.space, lerp(a, b, t))), "cube-crossing", 6)),
      ...end(a, "A"),
      ...end(b, "B"),
    ];
  }

  /** Each axis is named along the silhouette, next to an edge that no face of the cube hides. */
  #names({ axes, low, high }: Space, sides: Place, on: (place: Place) => { x: number; y: number }) {
    const text = (value: number) => String(value).replace("-", "−");
    return axes.flatMap((axis, index) => {
      const edge = (along: number): Place => {
        const place: [number, number, number] =
          index === 2
            ? [-sides[0] * NAME_PLACE, sides[1] * NAME_PLACE, 0]
            : [sides[0] * NAME_PLACE, sides[1] * NAME_PLACE, (sides[2] > 0 ? -1 : 1) * 1.02];
        place[index] = along;
        return place;
      };
      const label = (along: number, name: string, kind: string) => {
        const { x, y } = on(edge(along));
        return svg("text", { class: kind, x, y: y + 9 }, name);
      };
      return [
        label(-0.94, text(low), "cube-tick"),
        label(0, axisName(axis), "cube-axis"),
        label(0.94, text(high), "cube-tick"),
      ];
    });
  }
}

function lines(from: { x: number; y: number }, to: { x: number; y: number }, kind: string): SVGElement[] {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return [svg("line", { class: `${kind} under`, ...ends }), svg("line", { class: kind, ...ends })];
}

function marker({ x, y }: { x: number; y: number }, kind: string, r: number): SVGElement {
  return svg("circle", { class: kind, cx: x, cy: y, r });
}
