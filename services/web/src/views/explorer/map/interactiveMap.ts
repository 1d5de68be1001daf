/** A flat map with the point, A and B, which pointer and keys move, the line between them, and a tooltip. */
import { signal } from "@preact/signals-core";
import type { Place, RealImage, RealImageList } from "../../../api/types.ts";
import { classAt, type Grid } from "../../../core/latent/classMap.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { cellOf, fromPixel, type Plane, toPixel } from "../../../core/latent/plane.ts";
import { rampColour } from "../../../core/latent/ramps.ts";
import { clamp, lerp, type Point, rounded, withAxis } from "../../../core/latent/vector.ts";
import { ticks } from "../../../core/maths/scale.ts";
import { axisName, coordinate } from "../../../core/text/format.ts";
import { valueWords } from "../../../core/themes/theme.ts";
import { fill, h, svg } from "../../../ui/dom.ts";
import { KeySeries } from "../../../ui/keySeries.ts";
import { Tooltip } from "../../../ui/overlays.ts";
import { ClassMapPicture } from "../../shared/classMapPicture.ts";
import { MapPins } from "./mapPins.ts";
import { MapVeil } from "./mapVeil.ts";
import { RealDots } from "./realDots.ts";

export type Handle = "point" | "a" | "b";

export interface InteractiveMapEvents {
  /** @param done false during the gesture. */
  readonly moved: (handle: Handle, to: Point, done: boolean) => void;
  /** Called for a key that sets an end of the walk to the point. */
  readonly set: (handle: "a" | "b") => void;
  /** Called with the real images of a dot that was chosen, the nearest to the map first. */
  readonly picked?: (images: readonly RealImage[]) => void;
  /** Called with the place whose pin was chosen. */
  readonly pinned?: (place: Place) => void;
  /** Called with the point under the pointer; undefined: it has left the map. */
  readonly hovered?: (point: Point | undefined) => void;
  /** Gives the image of the point under the pointer, which is shown beside it; undefined: none is wanted. */
  readonly picture?: (point: Point) => HTMLElement | undefined;
}

export interface InteractiveMapState {
  readonly plane: Plane;
  readonly point: Point;
  readonly a: Point | undefined;
  readonly b: Point | undefined;
  /** Where the class changes along the line, 0 (A) to 1 (B). */
  readonly crossings: readonly number[];
  /** Real images to show as dots; undefined: none. */
  readonly real?: RealImageList | undefined;
  /** Places of a drawing to pin, the best first. */
  readonly pins?: readonly Place[];
}

/** Distance in pixels within which a press grabs A or B. */
const GRAB_RADIUS = 18;
/** Pixels to the side after which a finger drags the point. */
const SIDEWAYS = 6;
/** Steps of the arrow keys, as shares of the window. */
const STEP = 0.01;
const BIG_STEP = 0.1;

export class InteractiveMap {
  readonly element: HTMLElement;
  readonly map: ClassMapPicture;
  /** Its side in CSS pixels; 0: not laid out yet. */
  readonly width = signal(0);
  readonly #classes: readonly string[];
  readonly #events: InteractiveMapEvents;
  readonly #tooltip: Tooltip;
  readonly #line = svg("line", { class: "walk-line" });
  readonly #lineUnder = svg("line", { class: "walk-line under" });
  readonly #crossings = h("div", { class: "crossings", "aria-hidden": "true" });
  readonly #handles: Readonly<Record<Handle, HTMLElement>>;
  readonly #dots: RealDots;
  readonly #pins: MapPins;
  readonly #cross = h("span", { class: "map-cross", "aria-hidden": "true", hidden: true });
  readonly #veil = new MapVeil();
  readonly #surface: HTMLElement;
  readonly #sized: ResizeObserver;
  readonly #xAxis = h("div", { class: "map-axis x", "aria-hidden": "true" });
  readonly #yAxis = h("div", { class: "map-axis y", "aria-hidden": "true" });
  #state: InteractiveMapState | undefined;
  #dragged: Handle | undefined;
  /** A finger that has been put on the map: a tap or a drag to the side moves the point, up or down scrolls. */
  #touch: { readonly id: number; readonly x: number; readonly y: number } | undefined;
  readonly #series = new KeySeries(() => {
    if (this.#keyed) this.#events.moved(this.#keyed.kind, this.#keyed.to, true);
  });
  /** Where keys have moved which handle. */
  #keyed: { readonly kind: Handle; readonly to: Point } | undefined;

  constructor(classes: readonly string[], events: InteractiveMapEvents) {
    this.#classes = classes;
    this.#events = events;
    this.map = new ClassMapPicture(classes);
    this.#handles = { point: this.#handle("point"), a: this.#handle("a"), b: this.#handle("b") };
    this.element = h("div", { class: "map-pane" });
    this.#dots = new RealDots(classes, this.element, (images) => events.picked?.(images));
    this.#pins = new MapPins((place) => events.pinned?.(place));
    this.#surface = h(
      "div",
      { class: "map-surface loading" },
      this.map.element,
      svg("svg", { class: "walk-overlay", "aria-hidden": "true" }, this.#lineUnder, this.#line),
      this.#veil.element,
      this.#dots.element,
      this.#crossings,
      this.#cross,
      this.#handles.a,
      this.#handles.b,
      this.#handles.point,
      this.#pins.element,
    );
    this.element.append(this.#yAxis, this.#surface, this.#xAxis);
    this.#tooltip = new Tooltip(this.element);
    this.#sized = new ResizeObserver(() => {
      this.width.value = this.#surface.clientWidth;
    });
    this.#sized.observe(this.#surface);
    this.#listen();
  }

  update(state: InteractiveMapState): void {
    if (this.#state?.plane !== state.plane) this.#drawAxes(state.plane);
    this.#state = state;
    this.#place("point", state.point);
    this.#place("a", state.a);
    this.#place("b", state.b);
    this.#drawLine(state);
    this.#dots.update(state.real, state.plane, state.point);
    this.#pins.update(state.pins ?? [], state.plane, state.point);
  }

  /** Lays something over the cells, below all that can be moved. */
  lay(element: HTMLElement): void {
    this.map.element.after(element);
  }

  /** Shows where the pointer is on another map of the same plane; undefined: on none. */
  cross(point: Point | undefined): void {
    const plane = this.#state?.plane;
    this.#cross.hidden = !point || !plane;
    if (!point || !plane) return;
    const { x, y } = toPixel(plane, point, 100);
    this.#cross.style.left = `${x}%`;
    this.#cross.style.top = `${y}%`;
  }

  /** Marks cells of the map, 1 for each; undefined: none is marked. */
  mark(cells: Grid | undefined): void {
    this.#veil.show(cells);
  }

  /** @param requested the class that was requested of a conditional model: cells of other classes are hatched. */
  show(grid: Grid, label: string, only: number | undefined, requested?: number): void {
    this.map.show(grid, label, only, requested);
    this.#surface.classList.remove("loading");
    if (this.#state) this.#place("point", this.#state.point);
  }

  dispose(): void {
    this.#series.cancel();
    this.#sized.disconnect();
    this.#tooltip.dispose();
    this.#dots.dispose();
  }

  #handle(kind: Handle): HTMLElement {
    const names = { point: "Point", a: "A, start of the walk", b: "B, end of the walk" };
    return h(
      "div",
      {
        class: `handle handle-${kind}`,
        tabindex: 0,
        role: "slider",
        "aria-roledescription": "point on the map",
        "aria-label": names[kind],
        hidden: true,
        on: { keydown: (event) => this.#key(kind, event) },
      },
      kind === "point" ? null : kind.toUpperCase(),
    );
  }

  #place(kind: Handle, point: Point | undefined): void {
    const handle = this.#handles[kind];
    handle.hidden = point === undefined;
    const plane = this.#state?.plane;
    if (!point || !plane) return;
    const { x, y } = toPixel(plane, point, 100);
    handle.style.left = `${x}%`;
    handle.style.top = `${y}%`;
    const name = this.#at(point)?.words ?? "";
    const [first = 0] = plane.axes;
    handle.setAttribute("aria-valuemin", String(plane.low));
    handle.setAttribute("aria-valuemax", String(plane.high));
    handle.setAttribute("aria-valuenow", String(point[first] ?? 0));
    handle.setAttribute("aria-valuetext", [describe(plane, point), name].filter(Boolean).join(", "));
  }

  #drawLine({ plane, a, b, crossings }: InteractiveMapState): void {
    const show = a !== undefined && b !== undefined;
    for (const line of [this.#line, this.#lineUnder]) {
      line.setAttribute("visibility", show ? "visible" : "hidden");
      if (!a || !b) continue;
      const from = toPixel(plane, a, 100);
      const to = toPixel(plane, b, 100);
      line.setAttribute("x1", `${from.x}%`);
      line.setAttribute("y1", `${from.y}%`);
      line.setAttribute("x2", `${to.x}%`);
      line.setAttribute("y2", `${to.y}%`);
    }
    fill(
      this.#crossings,
      (a && b ? crossings : []).map((t) => {
        const { x, y } = toPixel(plane, lerp(a ?? [], b ?? [], t), 100);
        return h("span", { class: "crossing", style: { left: `${x}%`, top: `${y}%` } });
      }),
    );
  }

  #drawAxes(plane: Plane): void {
    const values = ticks(plane.low, plane.high, 4);
    const share = (value: number) => ((value - plane.low) / (plane.high - plane.low)) * 100;
    const text = (value: number) => String(value).replace("-", "−");
    const [right, up] = plane.axes;
    fill(
      this.#xAxis,
      values.map((value) =>
        h("span", { class: "axis-tick", style: { left: `${share(value)}%` } }, text(value)),
      ),
      h("span", { class: "axis-name" }, right === undefined ? "" : `${axisName(right)} →`),
    );
    fill(
      this.#yAxis,
      up === undefined
        ? null
        : [
            values.map((value) =>
              h("span", { class: "axis-tick", style: { bottom: `${share(value)}%` } }, text(value)),
            ),
            h("span", { class: "axis-name" }, `↑ ${axisName(up)}`),
          ],
    );
  }

  #listen(): void {
    const surface = this.#surface;
    surface.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.#state) return;
      const onHandle = event.target instanceof Element && event.target.closest(".handle") !== null;
      if (event.pointerType !== "touch" || onHandle) this.#grab(event);
      else this.#touch = { id: event.pointerId, x: event.clientX, y: event.clientY };
      event.preventDefault();
    });
    surface.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.#touch?.id) {
        const [x, y] = [event.clientX - this.#touch.x, event.clientY - this.#touch.y];
        if (Math.abs(x) > SIDEWAYS && Math.abs(x) > Math.abs(y)) this.#grab(event);
      } else if (this.#dragged) this.#drag(event, false);
      else this.#hover(event);
    });
    surface.addEventListener("pointerup", (event) => {
      if (event.pointerId === this.#touch?.id) this.#grab(event);
      this.#release(event);
    });
    surface.addEventListener("pointercancel", (event) => {
      // The browser scrolls with this finger. A drag that has begun ends where it is.
      if (event.pointerId === this.#touch?.id) this.#touch = undefined;
      const [handle, at] = [this.#dragged, this.#dragged && this.#state?.[this.#dragged]];
      this.#letGo();
      if (handle && at) this.#events.moved(handle, at, true);
    });
    surface.addEventListener("pointerleave", () => {
      this.#tooltip.hide();
      this.#events.hovered?.(undefined);
    });
  }

  #grab(event: PointerEvent): void {
    this.#touch = undefined;
    this.#dragged = this.#handleAt(event);
    this.#surface.setPointerCapture(event.pointerId);
    this.#surface.classList.add("dragging");
    this.#tooltip.hide();
    this.#drag(event, false);
    this.#handles[this.#dragged].focus({ preventScroll: true });
  }

  #release(event: PointerEvent): void {
    if (!this.#dragged) return;
    this.#drag(event, true);
    this.#letGo();
  }

  #letGo(): void {
    this.#dragged = undefined;
    this.#surface.classList.remove("dragging");
  }

  #handleAt(event: PointerEvent): Handle {
    const state = this.#state;
    const box = this.#surface.getBoundingClientRect();
    const far = (point: Point | undefined) => {
      if (!point || !state) return Number.POSITIVE_INFINITY;
      const { x, y } = toPixel(state.plane, point, box.width);
      return Math.hypot(event.clientX - box.left - x, event.clientY - box.top - y);
    };
    const distances: [Handle, number][] = [
      ["point", far(state?.point)],
      ["a", far(state?.a)],
      ["b", far(state?.b)],
    ];
    const [nearest] = distances.sort((one, other) => one[1] - other[1]);
    return nearest && nearest[1] <= GRAB_RADIUS ? nearest[0] : "point";
  }

  #drag(event: PointerEvent, done: boolean): void {
    const { plane, point } = this.#under(event);
    if (!this.#dragged || !plane) return;
    const base = this.#state?.[this.#dragged] ?? point;
    const moved = plane.axes.reduce((to: Point, axis) => withAxis(to, axis, point[axis] ?? 0), base);
    this.#events.moved(this.#dragged, rounded(moved), done);
  }

  #under(event: MouseEvent): { plane: Plane | undefined; point: Point } {
    const state = this.#state;
    if (!state) return { plane: undefined, point: [] };
    const box = this.#surface.getBoundingClientRect();
    const pixel = { x: event.clientX - box.left, y: event.clientY - box.top };
    return { plane: state.plane, point: fromPixel(state.plane, pixel, box.width, state.point) };
  }

  #hover(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const { plane, point } = this.#under(event);
    const at = this.#at(point);
    if (!plane || !at) return;
    this.#events.hovered?.(point);
    const picture = this.#events.picture?.(point);
    this.#tooltip.show(
      event.clientX,
      event.clientY,
      ...(picture ? [picture] : []),
      h("span", { class: "swatch", style: { background: at.colour } }),
      h("strong", {}, at.words),
      h("span", { class: "tooltip-detail" }, describe(plane, point)),
    );
  }

  /** What the map shows at a point, in words and as a colour. */
  #at(point: Point): { readonly words: string; readonly colour: string } | undefined {
    const { grid } = this.map;
    if (!grid || !this.#state) return undefined;
    const cell = cellOf(this.#state.plane, point, grid.columns);
    const row = grid.rows === 1 ? 0 : cell.row;
    const id = classAt(grid, cell.column, row);
    if (id === undefined) return undefined;
    const name = (of: number) => this.#classes[of] ?? String(of);
    if (!grid.numbers) {
      const was = grid.was?.[row * grid.columns + cell.column] ?? id;
      return { words: was === id ? name(id) : `${name(id)}, before ${name(was)}`, colour: classColour(id) };
    }
    const { theme, values, low, high } = grid.numbers;
    const value = values[row * grid.columns + cell.column] ?? Number.NaN;
    return {
      words: valueWords(theme, value, low, high),
      colour: rampColour(theme.ramp ?? "sequential", id),
    };
  }

  #key(kind: Handle, event: KeyboardEvent): void {
    const point = this.#state?.[kind];
    const plane = this.#state?.plane;
    if (!point || !plane || event.ctrlKey || event.metaKey || event.altKey) return;
    if (kind === "point" && (event.key === "a" || event.key === "b")) {
      this.#events.set(event.key);
      return;
    }
    const [right, up] = plane.axes;
    const moves: Record<string, readonly [number | undefined, number]> = {
      ArrowRight: [right, 1],
      ArrowLeft: [right, -1],
      ArrowUp: [up, 1],
      ArrowDown: [up, -1],
    };
    const [axis, sign] = moves[event.key] ?? [undefined, 0];
    if (axis === undefined) return;
    event.preventDefault();
    const step = (event.shiftKey ? BIG_STEP : STEP) * (plane.high - plane.low);
    const moved = rounded(
      withAxis(point, axis, clamp((point[axis] ?? 0) + sign * step, plane.low, plane.high)),
    );
    this.#events.moved(kind, moved, false);
    this.#keyed = { kind, to: moved };
    this.#series.pressed();
  }
}

function describe(plane: Plane, point: Point): string {
  return plane.axes.map((axis) => `${axisName(axis)} ${coordinate(point[axis] ?? 0)}`).join("  ");
}
