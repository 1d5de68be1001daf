/** A loss surface on a canvas: filled bands, the lines between them, and the training's path. */
import type { LossSurface } from "../api/types.ts";
import { rampColour, TOP_LEVEL, UNKNOWN_LEVEL } from "../core/latent/ramps.ts";
import { isolines, type Line, type Place, type Rows, regionsAbove } from "../core/maths/contours.ts";
import { coordinateAt, shareOf } from "../core/surface/surface.ts";

/** Where the plane lies on a canvas, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Contours {
  readonly surface: LossSurface;
  readonly rows: Rows;
  /** Edges of the bands, rising. */
  readonly edges: readonly number[];
}

/** Lines on dark bands are light, and the other way round. */
const LIGHT_LINE = "rgb(255 255 255 / 0.3)";
const DARK_LINE = "rgb(20 21 26 / 0.3)";
const PATH = "#ffffff";
const HALO = "rgb(20 21 26 / 0.75)";
const DOT = 3.5;

/** The colour of a band, from the lowest to the highest. */
export function bandColour(band: number, bands: number): string {
  return rampColour("sequential", Math.round(((band + 0.5) / bands) * TOP_LEVEL));
}

/** Pixel of a place in the coordinates of the axes; larger y lie higher. */
export function pixelOf({ axes: [xs, ys] }: LossSurface, box: Box, [x, y]: Place): Place {
  return [box.left + shareOf(xs, x) * box.width, box.top + (1 - shareOf(ys, y)) * box.height];
}

export function paintContours(context: CanvasRenderingContext2D, box: Box, contours: Contours): void {
  const { surface, rows, edges } = contours;
  const [xs, ys] = surface.axes;
  const at = ([column, row]: Place) =>
    pixelOf(surface, box, [coordinateAt(xs, column), coordinateAt(ys, row)]);
  const bands = edges.length - 1;
  context.fillStyle = bandColour(0, bands);
  context.fillRect(box.left, box.top, box.width, box.height);
  const levels = edges.slice(1, -1);
  levels.forEach((level, index) => {
    context.fillStyle = bandColour(index + 1, bands);
    fillLines(context, regionsAbove(rows, level), at);
  });
  context.fillStyle = rampColour("sequential", UNKNOWN_LEVEL);
  fillLines(context, regionsAbove(rows, Number.POSITIVE_INFINITY), at);
  context.lineWidth = 1;
  context.lineJoin = "round";
  levels.forEach((level, index) => {
    context.strokeStyle = index < levels.length / 2 ? LIGHT_LINE : DARK_LINE;
    context.beginPath();
    for (const line of isolines(rows, level)) trace(context, line.map(at));
    context.stroke();
  });
}

/** The path as a line with a dot for each state, readable on every band. */
export function paintPath(context: CanvasRenderingContext2D, box: Box, surface: LossSurface): void {
  const places = surface.path.map(({ x, y }) => pixelOf(surface, box, [x, y]));
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const [colour, width] of [
    [HALO, 5],
    [PATH, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    trace(context, places);
    context.stroke();
  }
  for (const [x, y] of places) {
    context.beginPath();
    context.arc(x, y, DOT, 0, 2 * Math.PI);
    context.fillStyle = PATH;
    context.fill();
    context.strokeStyle = HALO;
    context.lineWidth = 1.5;
    context.stroke();
  }
}

function fillLines(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  at: (place: Place) => Place,
): void {
  context.beginPath();
  for (const line of lines) {
    trace(context, line.map(at));
    context.closePath();
  }
  context.fill("evenodd");
}

function trace(context: CanvasRenderingContext2D, places: readonly Place[]): void {
  places.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}
