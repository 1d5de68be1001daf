/** Drawing bright strokes on a dark square, with pointer and keys. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Step of the pen with the arrow keys, as a share of the square. */
export const PEN_STEP = 0.03;

export function movedPen({ x, y }: Spot, key: string): Spot | undefined {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const move = moves[key];
  if (!move) return undefined;
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  return { x: inside(x + move[0] * PEN_STEP), y: inside(y + move[1] * PEN_STEP) };
}

/** How thick the strokes of images are and how blurred, in pixels of the images. */
export interface Stroke {
  readonly width: number;
  /** Standard deviation of the Gaussian that blurs their edges. */
  readonly blur: number;
}

/** Strokes of handwritten digits at 28 × 28, where nothing is known of the data's own. */
export const USUAL_STROKE: Stroke = { width: 3, blur: 0.8 };
/** The thickest stroke that is believed, as a share of the image: brighter images are not of strokes. */
const THICKEST = 0.3;

/**
 * The typical stroke of bright drawings on a dark ground: the median over the images.
 *
 * A stroke of width w and length l has the area w·l, and its two edges together the total variation 2·l of a
 * full rise each, however blurred they are; so w is twice the area over the total variation. An edge that is a
 * step blurred by a Gaussian of deviation s has ∫|g|² / ∫|g| = 1 / (2·s·√π) with g its gradient.
 *
 * @param images brightness of squares of `side` × `side` pixels, 0 to 255.
 * @returns undefined if none of them has anything on it.
 */
export function strokeOf(
  images: readonly (Uint8ClampedArray | readonly number[])[],
  side: number,
): Stroke | undefined {
  const found = images.flatMap((pixels) => {
    const at = (x: number, y: number) => (pixels[y * side + x] ?? 0) / 255;
    let [area, variation, squares] = [0, 0, 0];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        area += at(x, y);
        if (x === side - 1 || y === side - 1) continue;
        const gradient = Math.hypot(at(x + 1, y) - at(x, y), at(x, y + 1) - at(x, y));
        variation += gradient;
        squares += gradient ** 2;
      }
    }
    if (squares === 0) return [];
    return [{ width: (2 * area) / variation, blur: variation / (2 * Math.sqrt(Math.PI) * squares) }];
  });
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  if (found.length === 0) return undefined;
  const width = Math.min(THICKEST * side, median(found.map((one) => one.width)));
  return { width, blur: Math.min(width / 2, median(found.map((one) => one.blur))) };
}

/** Brightness from which a pixel belongs to a drawing, 0 to 255. */
const INK = 16;
/** How drawings lie in the images of a data set. */
export interface Frame {
  /** Longest side of a drawing, as a share of its image. */
  readonly extent: number;
  /** What is in the middle of the image: the drawing's centre of mass or that of its bounding box. */
  readonly middle: "mass" | "box";
}

/** That of handwritten digits (LeCun et al. 1998), where nothing is known of the data's own. */
export const USUAL_FRAME: Frame = { extent: 20 / 28, middle: "mass" };

/** Whether a square shows something bright on a black ground: nothing reaches its edges. */
export function onBlack(ink: Uint8ClampedArray | readonly number[], side: number): boolean {
  const dark = (place: number) => (ink[place] ?? 0) < INK;
  const around = Array.from({ length: side }, (_, at) => [
    at,
    (side - 1) * side + at,
    at * side,
    at * side + side - 1,
  ]);
  return around.flat().filter(dark).length >= 0.98 * 4 * side;
}

/**
 * How the drawings lie in images on black: the median of their longest sides, and the middle that differs less
 * from image to image.
 *
 * @param images brightness of squares of `side` × `side` pixels, 0 to 255.
 * @returns undefined if most of them are no drawings on black.
 */
export function frameOf(
  images: readonly (Uint8ClampedArray | readonly number[])[],
  side: number,
): Frame | undefined {
  const boxes = images.flatMap((ink) => (onBlack(ink, side) ? (boxOf(ink, side) ?? []) : []));
  if (2 * boxes.length <= images.length) return undefined;
  const sizes = boxes.map(({ size }) => size).sort((a, b) => a - b);
  const spread = (spots: readonly Spot[]) =>
    spots.reduce((sum, { x, y }) => sum + (x - side / 2) ** 2 + (y - side / 2) ** 2, 0);
  const middle =
    spread(boxes.map(({ box }) => box)) < spread(boxes.map(({ mass }) => mass)) ? "box" : "mass";
  return { extent: (sizes[Math.floor(sizes.length / 2)] ?? 0) / side, middle };
}

/** What is drawn on a square, in pixels: its longest side, and its middles; undefined: it is blank. */
function boxOf(ink: Uint8ClampedArray | readonly number[], side: number) {
  let [left, right, top, bottom] = [side, -1, side, -1];
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = ink[y * side + x] ?? 0;
      if (value < INK) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      sum += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
    }
  }
  if (sum === 0) return undefined;
  return {
    size: Math.max(right - left, bottom - top) + 1,
    mass: { x: sumX / sum, y: sumY / sum },
    box: { x: (left + right + 1) / 2, y: (top + bottom + 1) / 2 },
  };
}

/**
 * How to frame a drawing like the images of a data set: its bounding box scaled to the size that theirs have,
 * and in the middle what they have there. Strokes that are drawn anew along the scaled lines keep their width.
 *
 * @param ink brightness of a square of `side` × `side` pixels, 0 to 255.
 * @param pen width of strokes that are drawn anew, in pixels; 0: they are scaled with the drawing.
 * @param frame how the data's drawings lie.
 * @returns scale of the lines, and what moves to the middle, in pixels; undefined if it is blank.
 */
export function framing(
  ink: Uint8ClampedArray | readonly number[],
  side: number,
  pen = 0,
  { extent, middle }: Frame = USUAL_FRAME,
): { readonly scale: number; readonly x: number; readonly y: number } | undefined {
  const box = boxOf(ink, side);
  if (!box) return undefined;
  const { size } = box;
  // A mere dot stays as large as it is.
  const scale = size - pen < 1 ? 1 : Math.max(0, extent * side - pen) / (size - pen);
  return { scale, ...box[middle] };
}

/**
 * A square of brightness blurred by a Gaussian; beyond its edges it is dark.
 *
 * @param deviation of the Gaussian, in pixels; 0 leaves it as it is.
 */
export function blurred(
  ink: Uint8ClampedArray | readonly number[],
  side: number,
  deviation: number,
): Uint8ClampedArray {
  if (deviation <= 0) return Uint8ClampedArray.from(ink);
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const pass = (from: ArrayLike<number>, stride: number, across: number) => {
    const to = new Float32Array(side * side);
    for (let line = 0; line < side; line++) {
      for (let place = 0; place < side; place++) {
        let value = 0;
        const last = Math.min(side - 1, place + reach);
        for (let at = Math.max(0, place - reach); at <= last; at++)
          value += (weights[at - place + reach] ?? 0) * (from[line * across + at * stride] ?? 0);
        to[line * across + place * stride] = value / sum;
      }
    }
    return to;
  };
  return Uint8ClampedArray.from(pass(pass(ink, 1, side), side, 1));
}
