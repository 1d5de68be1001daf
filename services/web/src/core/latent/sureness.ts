/** How strongly a map is coloured where the classifier is not sure of what it names. */
import { clamp } from "./vector.ts";

/** From this probability on, a class is called sure. */
export const SURE = 0.8;
/** What is left of a colour where every class is equally likely, so that the regions can still be told apart. */
const FAINTEST = 0.1;

/**
 * Opacity of a class's colour, 0 to 1: full from `SURE` on, faint at chance, in between in proportion.
 *
 * @param confidence probability of the named class; NaN: not known, and drawn in full.
 * @param classes how many there are, of which each has 1 / classes by chance.
 */
export function opacityAt(confidence: number, classes: number): number {
  if (Number.isNaN(confidence)) return 1;
  const chance = 1 / Math.max(2, classes);
  return FAINTEST + (1 - FAINTEST) * clamp((confidence - chance) / (SURE - chance), 0, 1);
}

/**
 * Opacity of each cell of a map, 0 to 255, from a map of the confidence over the same window that may have
 * another number of cells: interpolated linearly along each of the one to three axes.
 *
 * @param confidence probabilities, `from` ** axes of them.
 * @param side cells along each axis of the map that is coloured.
 */
export function opacitiesOf(
  confidence: Float32Array,
  from: number,
  side: number,
  axes: number,
  classes: number,
): Uint8Array {
  const step = side > 1 ? (from - 1) / (side - 1) : 0;
  // Along one axis: the cell below each of the map's cells, and the share of the one above it.
  const below = Array.from({ length: side }, (_, index) =>
    Math.min(Math.floor(index * step + 1e-9), Math.max(0, from - 2)),
  );
  const share = below.map((cell, index) => clamp(index * step - cell, 0, 1));
  let values = confidence;
  // Axis after axis: those before it have `side` cells already, those after it still `from`.
  for (let axis = 0; axis < axes; axis++) {
    const stride = side ** axis;
    const lines = from ** (axes - axis - 1);
    const next = new Float32Array(stride * side * lines);
    let to = 0;
    for (let line = 0; line < lines; line++) {
      for (let index = 0; index < side; index++) {
        const start = (line * from + (below[index] ?? 0)) * stride;
        const part = share[index] ?? 0;
        for (let at = start; at < start + stride; at++, to++) {
          const low = values[at] ?? Number.NaN;
          // What is not known has no part in a cell that lies exactly beside it.
          if (part === 0) next[to] = low;
          else {
            const high = values[at + stride] ?? Number.NaN;
            next[to] = part === 1 ? high : low + part * (high - low);
          }
        }
      }
    }
    values = next;
  }
  const opacities = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++)
    opacities[index] = Math.round(255 * opacityAt(values[index] ?? Number.NaN, classes));
  return opacities;
}

/** Whether most of a map is unsure: more than half of its cells lie below `SURE`. */
export function mostlyUnsure(confidence: Float32Array): boolean {
  return confidence.reduce((count, value) => count + (value < SURE ? 1 : 0), 0) > confidence.length / 2;
}
