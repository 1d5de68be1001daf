/** When a flat map is drawn as finely as the screen, and with how many cells. */

/** Cells along each side that a fine map may have. The API draws more (128³ in all), but they take too long. */
const SIDES = [400, 500, 800];

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
 * Cells along each side of the fine map that replaces the one on the screen: the fewest that have one for each of
 * the screen's pixels, or else the most that there are. undefined: the map stays as it is.
 */
export function fineSide(map: MapOnScreen): number | undefined {
  const { axes, classes, side, complete, filming, coarse, width, pixelRatio } = map;
  if (axes !== 2 || !classes || !complete || filming || coarse || width <= 0) return undefined;
  const pixels = Math.ceil(width * pixelRatio);
  const fine = SIDES.find((cells) => cells >= pixels) ?? Math.max(...SIDES);
  return fine > side ? fine : undefined;
}
