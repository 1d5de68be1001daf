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

/**
 * How to frame a drawing like the images of a digit data set: its bounding box scaled to 20 of 28 pixels, its
 * centre of mass in the middle (LeCun et al. 1998).
 *
 * @param ink brightness of a square of `side` × `side` pixels, 0 to 255.
 * @returns scale, and the centre of mass in pixels, which moves to the middle; undefined if it is blank.
 */
export function framing(
  ink: Uint8ClampedArray | readonly number[],
  side: number,
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
  return { scale: ((20 / 28) * side) / size, x: sumX / sum, y: sumY / sum };
}
