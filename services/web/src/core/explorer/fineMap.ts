/** When a map is drawn more finely than it arrived, and with how many cells. */

/** Cells along each side that a fine map may have. The API draws more (128³ in all), but they take too long. */
const SIDES = [400, 500, 800];
/**
 * Cells along each side of the fine cubes, one after the other. Along their borders 14,000 and 34,000 points are
 * computed, where a first cube of 24³ has 14,000; of one of 64³ it would be 64,000 for little more to be seen.
 */
const CUBE_SIDES = [32, 48];

export interface MapOnScreen {
  /** How many axes it spans. */
  readonly axes: number;
  /** Whether it shows classes, whose borders can be followed; not numbers. */
  readonly classes: boolean;
  /** Cells along each side. */
  readonly side: number;
  /** Whether all of it has arrived, and it is what the view asks for. */
  readonly complete: boolean;
  /** Whether it is a frame of a film, or one may follow at any moment. */
  readonly filming: boolean;
  /** Whether its own cells are to be seen. */
  readonly coarse: boolean;
  /** Its side on the screen in CSS pixels; 0: not laid out yet. */
  readonly width: number;
  /** Pixels of the screen for each CSS pixel. */
  readonly pixelRatio: number;
}

/**
 * Cells along each side of the fine maps that replace the one on the screen, one after the other; none: it stays as
 * it is. Of a flat map it is one: the fewest cells that have one for each of the screen's pixels, or else the most
 * that there are.
 */
export function fineSides(map: MapOnScreen): readonly number[] {
  const { axes, classes, side, complete, filming, coarse, width, pixelRatio } = map;
  if (!classes || !complete || filming || coarse) return [];
  if (axes === 3) return CUBE_SIDES.filter((cells) => cells > side);
  if (axes !== 2 || width <= 0) return [];
  const pixels = Math.ceil(width * pixelRatio);
  const fine = SIDES.find((cells) => cells >= pixels) ?? Math.max(...SIDES);
  return fine > side ? [fine] : [];
}
