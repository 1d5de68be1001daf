/** A loss surface on a canvas: filled bands, the lines between them, and the training's path. */
import type { LossSurface } from "../api/types.ts";
import type { Pen } from "../core/figures/svgPen.ts";
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

export function paintContours(context: Pen, box: Box, contours: Contours): void {
  const { surface, rows, edges } = contours;
  const [xs, ys] = surface.axes;
  const at = ([column, row]: Place) =>
    pixelOf(surface, box, [coordinateAt(xs, column), coordinateAt(ys, row)]);
  const [right, top] = [xs.length - 1, ys.length - 1];
  // The edge of the plane has corners, and nothing crosses it.
  const onEdge = ([column, row]: Place) => column <= 0 || row <= 0 || column >= right || row >= top;
  const outline = (line: Line) => traceSmooth(context, line.map(at), line.map(onEdge));
  const bands = edges.length - 1;
  context.fillStyle = bandColour(0, bands);
  context.fillRect(box.left, box.top, box.width, box.height);
  const levels = edges.slice(1, -1);
  levels.forEach((level, index) => {
    context.fillStyle = bandColour(index + 1, bands);
    fillLines(context, regionsAbove(rows, level), outline);
  });
  context.fillStyle = rampColour("sequential", UNKNOWN_LEVEL);
  fillLines(context, regionsAbove(rows, Number.POSITIVE_INFINITY), outline);
  context.lineWidth = 1;
  context.lineJoin = "round";
  levels.forEach((level, index) => {
    context.strokeStyle = index < levels.length / 2 ? LIGHT_LINE : DARK_LINE;
    context.beginPath();
    for (const line of isolines(rows, level)) outline(line);
    context.stroke();
  });
}

/** The path as a line with a dot for each state, readable on every band. */
export function paintPath(context: Pen, box: Box, surface: LossSurface): void {
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

function fillLines(context: Pen, lines: readonly Line[], outline: (line: Line) => void): void {
  context.beginPath();
  for (const line of lines) {
    outline(line);
    context.closePath();
  }
  context.fill("evenodd");
}

function trace(context: Pen, places: readonly Place[]): void {
  places.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

/**
 * A line with its corners rounded, within half of each of its steps; so that contours look as smooth as the
 * surface that the grid has sampled.
 *
 * @param sharp for each place, whether it stays a corner.
 */
function traceSmooth(context: Pen, places: readonly Place[], sharp: readonly boolean[]): void {
  const count = places.length;
  const [first, last] = [places[0], places[count - 1]];
  if (!first || !last) return;
  const closed = first[0] === last[0] && first[1] === last[1];
  const corner = (index: number) =>
    sharp[index] === true || (!closed && (index === 0 || index === count - 1));
  // Of a closed line the first place stands at its end, too.
  const steps = closed ? count - 1 : count;
  const place = (index: number) => places[(index + steps) % steps] ?? first;
  const between = (from: number, to: number): Place => {
    const [one, other] = [place(from), place(to)];
    if (corner((from + steps) % steps)) return one;
    if (corner((to + steps) % steps)) return other;
    return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
  };
  const start = closed ? between(-1, 0) : first;
  context.moveTo(...start);
  for (let index = 0; index < steps; index++) {
    if (corner(index)) context.lineTo(...place(index));
    else {
      context.lineTo(...between(index - 1, index));
      context.quadraticCurveTo(...place(index), ...between(index, index + 1));
    }
  }
}
