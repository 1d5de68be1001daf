/** Grey pictures of numbers: from a scale of their own to one that several pictures share. */

/** Values of black and white. */
export type Range = readonly [black: number, white: number];

/** The range that holds all of some ranges; undefined: there are none. */
export function commonRange(ranges: readonly Range[]): Range | undefined {
  if (ranges.length === 0) return undefined;
  return [Math.min(...ranges.map(([black]) => black)), Math.max(...ranges.map(([, white]) => white))];
}

/**
 * What each of the 256 greys of a picture becomes on another scale.
 *
 * @param own values of the picture's black and white.
 * @param shared values of black and white on the other scale; a picture without any range is grey throughout.
 */
export function greyTable(own: Range, shared: Range): Uint8ClampedArray {
  const [black, white] = shared;
  const span = white - black;
  return Uint8ClampedArray.from({ length: 256 }, (_, grey) => {
    const value = own[0] + (grey / 255) * (own[1] - own[0]);
    return span > 0 ? ((value - black) / span) * 255 : 127;
  });
}

/** RGBA pixels of a grey picture, through a table; opaque. */
export function regreyed(
  pixels: Uint8ClampedArray,
  table: Uint8ClampedArray,
): Uint8ClampedArray<ArrayBuffer> {
  const result = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < pixels.length; at += 4) {
    const grey = table[pixels[at] ?? 0] ?? 0;
    result[at] = grey;
    result[at + 1] = grey;
    result[at + 2] = grey;
    result[at + 3] = 255;
  }
  return result;
}
