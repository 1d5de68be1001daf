/** A map as the gateway streams it: from coarse to fine, each cell once. */
import type { MapArray } from "../../core/latent/tiledMap.ts";

/** @param cells class ids or numbers, side ** axes of them, first axis fastest. */
export function tilesOf(cells: MapArray, axes: number, side: number): string[] {
  const events: string[] = [];
  let size = 1;
  while (Math.ceil(side / size) ** axes > 256) size *= 2;
  let stride = size;
  const key = cells instanceof Uint8Array ? "classes" : "values";
  const add = (offset: readonly number[], level: number) => {
    const rows = (axis: number, first: number): unknown[] => {
      const found: unknown[] = [];
      for (let index = offset[axis] ?? 0; index < side; index += stride) {
        const at = first + index * side ** axis;
        found.push(axis === 0 ? cells[at] : rows(axis - 1, at));
      }
      return found;
    };
    events.push(
      `event: tile\ndata: ${JSON.stringify({ level, offset, stride, size, [key]: rows(axes - 1, 0) })}\n\n`,
    );
  };
  add(new Array(axes).fill(0), 0);
  for (let level = 1; size > 1; level++) {
    stride = size;
    size /= 2;
    for (let shifts = 1; shifts < 2 ** axes; shifts++) {
      const offset = Array.from({ length: axes }, (_, axis) => (shifts >> axis) & 1 && size);
      if (offset.every((shift) => shift < side)) add(offset, level);
    }
  }
  return [...events, `event: done\ndata: ${JSON.stringify({ resolution: side })}\n\n`];
}
