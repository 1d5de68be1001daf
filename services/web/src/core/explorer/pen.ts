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

/**
 * How to frame a drawing like the images of a digit data set: its bounding box scaled to 20 of 28 pixels, its
 * centre of mass in the middle (LeCun et al. 1998). The strokes keep their width: they are drawn anew along the
 * scaled lines.
 *
 * @param ink brightness of a square of `side` × `side` pixels, 0 to 255.
 * @param pen width of the strokes in pixels.
 * @returns scale of the lines, and the centre of mass in pixels, which moves to the middle; undefined if it is
 *   blank.
 */
export function framing(
  ink: Uint8ClampedArray | readonly number[],
  side: number,
  pen = 0,
): { readonly scale: number; readonly x: number; readonly y: number } | undefined {
  let [left, right, top, bottom] = [side, -1, side, -1];
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = ink[y * side + x] ?? 0;
      if (value < 16) continue;
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
  const size = Math.max(right - left, bottom - top) + 1;
  const wanted = (20 / 28) * side;
  // A mere dot stays as large as it is.
  const scale = size - pen < 1 ? 1 : Math.max(0, wanted - pen) / (size - pen);
  return { scale, x: sumX / sum, y: sumY / sum };
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
