/** Where an explorer opens: deep inside the largest region that the classifier is sure of. */
import { axesOf, type Lattice, placeOf } from "../latent/lattice.ts";
import { SURE } from "../latent/sureness.ts";

/**
 * Indices along the axes of the cell that lies deepest in the largest sure region, or, where nothing is sure,
 * in the largest region. A region is connected: its cells share a side and a class.
 *
 * @param requested the class that was requested of a conditional model: if any sure cell shows it, only those
 *   regions count.
 */
export function surestPlace(map: Lattice, requested?: number): number[] {
  const { side, cells, confidence } = map;
  const axes = axesOf(map);
  const sure = (index: number) => confidence === undefined || (confidence[index] ?? 0) >= SURE;
  const among = (allowed: (index: number) => boolean) => Uint8Array.from(cells, (_, i) => +allowed(i));
  const choices = [
    among((index) => sure(index) && cells[index] === requested),
    among(sure),
    among(() => true),
  ];
  const counted = choices.find((one) => one.includes(1)) ?? new Uint8Array(cells.length);
  const region = largestRegion(map, counted, axes);
  return placeOf(side, axes, deepest(region, confidence, side, axes));
}

/** Index of the next cell along an axis in both directions; undefined: outside. */
function* neighbours(index: number, side: number, axes: number): Generator<number | undefined> {
  for (let axis = 0, stride = 1; axis < axes; axis++, stride *= side) {
    const at = Math.floor(index / stride) % side;
    yield at > 0 ? index - stride : undefined;
    yield at < side - 1 ? index + stride : undefined;
  }
}

/** 1 for each cell of the largest connected region of one class among the counted cells. */
function largestRegion({ side, cells }: Lattice, counted: Uint8Array, axes: number): Uint8Array {
  const seen = new Uint8Array(cells.length);
  let largest: number[] = [];
  for (let start = 0; start < cells.length; start++) {
    if (!counted[start] || seen[start]) continue;
    seen[start] = 1;
    const region = [start];
    for (const index of region) {
      for (const next of neighbours(index, side, axes)) {
        if (next === undefined || seen[next] || !counted[next] || cells[next] !== cells[start]) continue;
        seen[next] = 1;
        region.push(next);
      }
    }
    if (region.length > largest.length) largest = region;
  }
  const inside = new Uint8Array(cells.length);
  for (const index of largest) inside[index] = 1;
  return inside;
}

/** The cell farthest from the region's border in steps along the axes; of several the surest. */
function deepest(
  region: Uint8Array,
  confidence: Float32Array | undefined,
  side: number,
  axes: number,
): number {
  let layer = [...region.keys()].filter((index) => region[index]);
  const left = region.slice();
  while (true) {
    // Peel: the cells beside what is no longer there are the outermost ones.
    const outer = layer.filter((index) =>
      [...neighbours(index, side, axes)].some((next) => next === undefined || !left[next]),
    );
    if (outer.length === layer.length || outer.length === 0) break;
    for (const index of outer) left[index] = 0;
    layer = layer.filter((index) => left[index]);
  }
  const certainty = (index: number) => confidence?.[index] ?? 0;
  return layer.reduce((best, index) => (certainty(index) > certainty(best) ? index : best), layer[0] ?? 0);
}
