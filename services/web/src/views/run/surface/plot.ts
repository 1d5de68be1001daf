/** The loss surface as a figure: contours, axes, the path with the shown epoch, and values on hover. */
import type { LossSurface } from "../../../api/types.ts";
import {
  type Box,
  bandColour,
  type Contours,
  paintContours,
  paintPath,
  pixelOf,
} from "../../../charts/contours.ts";
import {
  AXES,
  axisTicks,
  cellAt,
  lossAt,
  type PathPoint,
  pathPoint,
} from "../../../core/surface/surface.ts";
import { figure, integer } from "../../../core/text/format.ts";
import { fill, h, svg } from "../../../ui/dom.ts";
import { Tooltip } from "../../../ui/overlays.ts";

const MARGIN = { top: 8, right: 14, bottom: 44, left: 58 };
/** Height of the plane by its width, and its limits in pixels. */
const ASPECT = 0.68;
const [LOWEST, HIGHEST] = [240, 560];
/** How near to a state the pointer has to be, in pixels. */
const NEAR = 12;

export class SurfacePlot {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { class: "surface-canvas", "aria-hidden": "true" });
  readonly #axes = svg("g", {});
  readonly #shown = svg("g", { class: "surface-shown" });
  readonly #drawing = svg("svg", { class: "surface-axes", "aria-hidden": "true" }, this.#axes, this.#shown);
  readonly #plot: HTMLElement;
  readonly #legend = h("div", { class: "surface-legend" });
  readonly #readout = h("output", { class: "chart-readout surface-readout" });
  readonly #tooltip: Tooltip;
  readonly #observer: ResizeObserver;
  readonly #picked: (epoch: number) => void;
  #contours: Contours | undefined;
  #epoch: number | undefined;
  #box: Box = { left: MARGIN.left, top: MARGIN.top, width: 0, height: 0 };

  /** @param picked called with the epoch of a state that was chosen on the path. */
  constructor(picked: (epoch: number) => void) {
    this.#picked = picked;
    this.#plot = h(
      "div",
      { class: "surface-plot", tabindex: 0, role: "group" },
      this.#canvas,
      this.#drawing,
    );
    this.element = h("div", { class: "surface-figure" }, this.#readout, this.#plot, this.#legend);
    this.#tooltip = new Tooltip(this.element);
    this.#observer = new ResizeObserver(() => this.#render());
    this.#observer.observe(this.#plot);
    this.#plot.addEventListener("pointermove", (event) => this.#hover(event));
    this.#plot.addEventListener("pointerleave", () => this.#tooltip.hide());
    this.#plot.addEventListener("click", (event) => {
      const near = this.#near(this.#pointer(event));
      if (near) picked(near.epoch);
    });
    this.#plot.addEventListener("keydown", (event) => this.#key(event));
  }

  update(contours: Contours, label: string): void {
    if (contours === this.#contours) return;
    this.#contours = contours;
    this.#plot.setAttribute("aria-label", label);
    this.#render();
    fill(this.#legend, legendOf(contours.edges));
  }

  /** The epoch that the rest of the page shows; undefined: the newest. */
  mark(epoch: number | undefined): void {
    this.#epoch = epoch;
    this.#markPath();
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#tooltip.dispose();
  }

  #render(): void {
    const width = this.#plot.clientWidth;
    const contours = this.#contours;
    if (!contours || width < 120) return;
    const plane = width - MARGIN.left - MARGIN.right;
    const tall = Math.round(Math.min(HIGHEST, Math.max(LOWEST, plane * ASPECT)));
    const height = tall + MARGIN.top + MARGIN.bottom;
    this.#box = { left: MARGIN.left, top: MARGIN.top, width: plane, height: tall };
    this.#plot.style.height = `${height}px`;
    this.#drawing.setAttribute("width", String(width));
    this.#drawing.setAttribute("height", String(height));
    const dense = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * dense);
    this.#canvas.height = Math.round(height * dense);
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.scale(dense, dense);
    paintContours(context, this.#box, contours);
    paintPath(context, this.#box, contours.surface);
    fill(this.#axes, axesOf(contours.surface, this.#box));
    this.#markPath();
  }

  #markPath(): void {
    const surface = this.#contours?.surface;
    const point = surface && pathPoint(surface.path, this.#epoch);
    if (!surface || !point || this.#box.width === 0) return;
    const [x, y] = pixelOf(surface, this.#box, [point.x, point.y]);
    const text = `epoch ${integer(point.epoch)}`;
    const { left, top, width } = this.#box;
    const anchor = x < left + 40 ? "start" : x > left + width - 40 ? "end" : "middle";
    const above = y > top + 28;
    fill(
      this.#shown,
      svg("circle", { class: "surface-ring", cx: x, cy: y, r: 8 }),
      svg("text", { class: "surface-epoch", x, y: above ? y - 15 : y + 24, "text-anchor": anchor }, text),
    );
    fill(this.#readout, ...pointWords(point));
  }

  #hover(event: PointerEvent): void {
    const contours = this.#contours;
    if (!contours) return;
    const place = this.#pointer(event);
    const near = this.#near(place);
    const shown = near ? pointWords(near) : this.#wordsAt(place, contours);
    if (shown.length === 0) this.#tooltip.hide();
    else this.#tooltip.show(event.clientX, event.clientY, ...shown);
  }

  /** What is said of a place that is no state's. */
  #wordsAt([left, top]: readonly [number, number], { surface, rows }: Contours): HTMLElement[] {
    const { axes } = surface;
    const box = this.#box;
    const [across, up] = [(left - box.left) / box.width, 1 - (top - box.top) / box.height];
    if (across < 0 || across > 1 || up < 0 || up > 1) return [];
    const [x, y] = [valueAt(axes[0], across), valueAt(axes[1], up)];
    const cell = [cellAt(axes[0], x) ?? 0, cellAt(axes[1], y) ?? 0] as const;
    const loss = lossAt(rows, cell);
    return [
      h("span", {}, Number.isNaN(loss) ? "no finite loss" : `loss ${figure(loss)}`),
      h("span", { class: "tooltip-detail" }, `${signed(x)}, ${signed(y)}`),
    ];
  }

  #pointer(event: MouseEvent): readonly [number, number] {
    const box = this.#plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #near([left, top]: readonly [number, number]): PathPoint | undefined {
    const surface = this.#contours?.surface;
    if (!surface) return undefined;
    const distance = ({ x, y }: PathPoint) => {
      const [px, py] = pixelOf(surface, this.#box, [x, y]);
      return Math.hypot(px - left, py - top);
    };
    const [nearest] = [...surface.path].sort((a, b) => distance(a) - distance(b));
    return nearest && distance(nearest) <= NEAR ? nearest : undefined;
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const path = this.#contours?.surface.path ?? [];
    const shown = pathPoint(path, this.#epoch);
    if (!step || !shown) return;
    event.preventDefault();
    const next = path[path.indexOf(shown) + step];
    if (next) this.#picked(next.epoch);
  }
}

function valueAt(axis: readonly number[], share: number): number {
  const [low = 0] = axis;
  return low + share * ((axis.at(-1) ?? low) - low);
}

/** With a minus sign, not a hyphen. */
export function signed(value: number): string {
  return figure(value).replace("-", "−");
}

function pointWords({ epoch, loss, distance }: PathPoint): HTMLElement[] {
  return [
    h("span", {}, `epoch ${integer(epoch)}, ${loss === null ? "no finite loss" : `loss ${figure(loss)}`}`),
    h(
      "span",
      { class: "tooltip-detail" },
      distance > 0 ? `at its own weights, ${figure(distance)} off the plane` : "at its own weights",
    ),
  ];
}

function axesOf(surface: LossSurface, box: Box): SVGElement[] {
  const [xs, ys] = surface.axes;
  const [across, up] = AXES[surface.directions];
  const bottom = box.top + box.height;
  return [
    ...axisTicks(xs, Math.max(2, Math.floor(box.width / 90))).map((value) => {
      const [x] = pixelOf(surface, box, [value, ys[0] ?? 0]);
      return svg(
        "text",
        { class: "chart-tick", x, y: bottom + 16, "text-anchor": "middle" },
        signed(value),
      );
    }),
    ...axisTicks(ys, Math.max(2, Math.floor(box.height / 60))).map((value) => {
      const [, y] = pixelOf(surface, box, [xs[0] ?? 0, value]);
      return svg(
        "text",
        { class: "chart-tick", x: box.left - 8, y: y + 4, "text-anchor": "end" },
        signed(value),
      );
    }),
    svg(
      "text",
      { class: "chart-tick", x: box.left + box.width / 2, y: bottom + 36, "text-anchor": "middle" },
      across,
    ),
    svg(
      "text",
      {
        class: "chart-tick",
        "text-anchor": "middle",
        transform: `translate(12 ${box.top + box.height / 2}) rotate(-90)`,
      },
      up,
    ),
  ];
}

/** The bands with the losses at every third edge. */
function legendOf(edges: readonly number[]): HTMLElement[] {
  const bands = edges.length - 1;
  return [
    h(
      "div",
      { class: "surface-bands", "aria-hidden": "true" },
      Array.from({ length: bands }, (_, band) =>
        h("span", { style: { background: bandColour(band, bands) } }),
      ),
    ),
    h(
      "div",
      { class: "surface-edges" },
      edges
        .filter((_, edge) => edge % 3 === 0)
        .map((edge, index) => h("span", {}, index === 0 ? `loss ${signed(edge)}` : signed(edge))),
    ),
  ];
}
