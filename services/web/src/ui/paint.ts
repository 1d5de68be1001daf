/** Maps and images on canvases. */

import type { ByteArray } from "../core/formats/npy.ts";
import { type Grid, sheetsOf } from "../core/latent/classMap.ts";
import { classRgb, type Rgb } from "../core/latent/palette.ts";
import { rampRgb } from "../core/latent/ramps.ts";

/** How strongly the classes that are not highlighted fade into the background. */
const FADE = 0.82;

/**
 * Draw a map with one pixel per cell; row 0 is at the bottom.
 *
 * @param only a class to highlight; the others fade.
 */
export function paintGrid(canvas: HTMLCanvasElement, grid: Grid, only?: number): void {
  paintSheets(canvas, [grid], 1, 0, only);
}

/** Draw maps side by side, with a gap of `gap` pixels: the slices of a cube or the maps of all labels. */
export function paintSheets(
  canvas: HTMLCanvasElement,
  sheets: readonly Grid[],
  across: number,
  gap: number,
  only?: number,
): void {
  const first = sheets[0];
  const context = canvas.getContext("2d");
  if (!first || !context) return;
  const down = Math.ceil(sheets.length / across);
  canvas.width = across * first.columns + (across - 1) * gap;
  canvas.height = down * first.rows + (down - 1) * gap;
  const faded = groundOf(canvas);
  sheets.forEach((sheet, index) => {
    const x = (index % across) * (sheet.columns + gap);
    const y = Math.floor(index / across) * (sheet.rows + gap);
    context.putImageData(pixelsOf(sheet, faded, only), x, y);
  });
}

/** All maps of an array on one canvas, as close to a square as possible. */
export function paintArray(canvas: HTMLCanvasElement, array: ByteArray): readonly Grid[] {
  const sheets = sheetsOf(array);
  paintSheets(canvas, sheets, Math.ceil(Math.sqrt(sheets.length)), sheets.length > 1 ? 1 : 0);
  return sheets;
}

function pixelsOf(grid: Grid, faded: readonly number[], only: number | undefined): ImageData {
  const { columns, rows, cells, opacity } = grid;
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Map<number, number>();
  const ramp = grid.numbers?.theme.ramp;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const id = cells[row * columns + column] ?? 0;
      let colour = colours.get(id);
      if (colour === undefined) {
        colour = ramp
          ? packed(rampRgb(ramp, id))
          : packed(classRgb(id), faded, only !== undefined && only !== id);
        colours.set(id, colour);
      }
      const own = opacity?.[row * columns + column] ?? 255;
      pixels[(rows - 1 - row) * columns + column] = ((own << 24) | (colour & 0xffffff)) >>> 0;
    }
  }
  return image;
}

/** RGBA as a 32-bit number; little-endian, as on every machine that browsers run on. */
function packed(rgb: Rgb, faded: readonly number[] = [], fades = false): number {
  const fade = fades ? FADE : 0;
  const [red, green, blue] = rgb.map((value, channel) =>
    Math.round(value + ((faded[channel] ?? value) - value) * fade),
  );
  return (255 << 24) | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0);
}

/** Colour of the ground on which a canvas is drawn, which its style has as a background. */
export function groundOf(canvas: HTMLCanvasElement): Rgb {
  const [red, green, blue] =
    getComputedStyle(canvas)
      .backgroundColor.match(/\d+(\.\d+)?/g)
      ?.map(Number) ?? [];
  return red === undefined || green === undefined || blue === undefined
    ? [128, 128, 128]
    : [red, green, blue];
}

/** Pixels along each side of a cell on the canvas with the hatching; of a fine map fewer, for at most so many. */
const MARK = 6;
const MARKS_AT_MOST = 1200;
/** Lines of the hatching along each side of a fine map. */
const STRIPES = 50;

/** Hatch the cells of a map that do not show the requested class; the others stay clear. */
export function paintMarks(canvas: HTMLCanvasElement, grid: Grid, requested: number): void {
  const { columns, rows, cells } = grid;
  const mark = Math.max(1, Math.min(MARK, Math.floor(MARKS_AT_MOST / columns)));
  canvas.width = columns * mark;
  canvas.height = rows * mark;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = new ImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  // The distance between the lines on the screen does not depend on the number of cells.
  const period = Math.max(MARK, Math.round(canvas.width / STRIPES));
  for (let y = 0; y < image.height; y++) {
    const row = rows - 1 - Math.floor(y / mark);
    for (let x = 0; x < image.width; x++) {
      if (cells[row * columns + Math.floor(x / mark)] === requested) continue;
      const stripe = (x + y) % period;
      // Dark next to light, so that the hatching is visible on every class's colour.
      if (stripe < period / 3) pixels[y * image.width + x] = 0xd01a1514;
      else if (stripe < period / 2) pixels[y * image.width + x] = 0x90ffffff;
    }
  }
  context.putImageData(image, 0, 0);
}

/** The PNG in a response, as a file. */
export function pngOf(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: "image/png" });
}

/**
 * The PNG in a response, loaded: by an image element, since a `Blob` costs a browser half a millisecond, and a page
 * that follows a dragged point shows hundreds of pictures in a second.
 */
export function imageOf(base64: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The response contains an image that cannot be read."));
    image.src = `data:image/png;base64,${base64}`;
  });
}

export function paintImage(canvas: HTMLCanvasElement, image: HTMLImageElement | ImageBitmap): void {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
}
