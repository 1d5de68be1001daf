/** Where generated images lie on a flat map: the middles of equal squares, as many as can still be made out. */
import type { Plane } from "../latent/plane.ts";
import { type Point, rounded, withAxis } from "../latent/vector.ts";

/** Images along each side of the map, at most: a request for all of them takes a fraction of the map's time. */
const MOST = 20;
/** CSS pixels: the smallest side of an image, */
const SMALLEST = 28;
/** the frame around it, */
export const FRAME = 2;
/** and the distance between two frames, through which the map is seen. */
const GAP = 4;

/** Images along each side of a map of `width` CSS pixels; 0: not even one fits. */
export function imagesAcross(width: number): number {
  return Math.min(MOST, Math.floor(width / (SMALLEST + 2 * FRAME + GAP)));
}

/** Where an image with its frame is drawn, in CSS pixels from the left or the top, and the side of both. */
export function imageFrame(width: number, across: number, place: number): { start: number; side: number } {
  const cell = width / across;
  const side = Math.floor(cell - GAP);
  return { start: Math.round((place + 0.5) * cell - side / 2), side };
}

/** The points of the images, row by row from the top left; other axes are those of `point`. */
export function imagePoints({ axes, low, high }: Plane, point: Point, across: number): Point[] {
  const [right = 0, up = 1] = axes;
  const value = (share: number) => low + share * (high - low);
  return Array.from({ length: across ** 2 }, (_, index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    const moved = withAxis(point, right, value((column + 0.5) / across));
    return rounded(withAxis(moved, up, value(1 - (row + 0.5) / across)));
  });
}
