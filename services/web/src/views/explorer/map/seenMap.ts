/** What is seen of the map that is shown: of a surgery what the switch says, as a grid or as a cube. */
import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { Effect } from "../../../core/explorer/effect.ts";
import { type Seen, seenAs } from "../../../core/explorer/effect.ts";
import type { Scene } from "../../../core/explorer/scene.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import type { Cube } from "../../../core/latent/cube.ts";
import type { Numbers } from "../../../core/latent/scalarMap.ts";
import type { ShownMap } from "./mapLoader.ts";

export type SeenMap = ShownMap & Seen;

/** A map of numbers, and the one at the point. */
export interface Reading {
  readonly numbers: Numbers;
  readonly value: number | undefined;
}

export function seenMap(
  shown: ReadonlySignal<ShownMap | undefined>,
  effect: ReadonlySignal<Effect>,
): ReadonlySignal<SeenMap | undefined> {
  return computed(() => {
    const map = shown.value;
    return map?.pair ? { ...map, ...seenAs(map.pair, effect.value) } : map;
  });
}

/**
 * The flat map over the first two axes; of a cube, its slice through the point. It stays the same object while the
 * point moves within its cells, so that a dragged point draws no map anew.
 *
 * @param fade opacities of the cells; undefined: all are full.
 */
export function flatGrid(
  map: ReadonlySignal<SeenMap | undefined>,
  scene: ReadonlySignal<Scene>,
  fade: () => Uint8Array | undefined,
): ReadonlySignal<Grid | undefined> {
  const slice = computed(() => map.value && sliceAt(map.value, scene.value));
  return computed(() => map.value && gridOf(map.value, slice.value, fade()));
}

/** Number of a cube's slice through the point; undefined: the map is flat. */
function sliceAt(map: SeenMap, { cube, point }: Scene): number | undefined {
  if (map.query.axes.length < 3) return undefined;
  const { axes, low, high } = cube ?? { axes: [0, 1, 2], low: -1, high: 1 };
  const at = point[axes[2] ?? 2] ?? 0;
  return Math.round(((at - low) / (high - low)) * (map.query.resolution - 1));
}

function gridOf(map: SeenMap, slice: number | undefined, fade: Uint8Array | undefined): Grid {
  const { cells, numbers, was } = map;
  const side = map.query.resolution;
  if (slice === undefined) {
    const opacity = map.opacity ?? fade;
    return { columns: side, rows: cells.length / side, cells, numbers, opacity, was };
  }
  const [from, to] = [slice * side * side, (slice + 1) * side * side];
  const values = numbers?.values.subarray(from, to);
  return {
    columns: side,
    rows: side,
    cells: cells.subarray(from, to),
    numbers: numbers && values && { ...numbers, values },
  };
}

/** The cube; undefined: a plane is shown. */
export function cubeOf(map: SeenMap | undefined, fade: Uint8Array | undefined): Cube | undefined {
  if (map?.query.axes.length !== 3) return undefined;
  const { query, cells, numbers } = map;
  return { side: query.resolution, cells, numbers, opacity: map.opacity ?? fade };
}
