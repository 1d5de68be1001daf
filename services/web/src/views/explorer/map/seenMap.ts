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
 * The flat map over the first two axes; of a cube, its slice through the point.
 *
 * @param fade opacities of the cells; undefined: all are full.
 */
export function gridOf(map: SeenMap, scene: Scene, fade: Uint8Array | undefined): Grid {
  const { cells, numbers, was } = map;
  const side = map.query.resolution;
  if (map.query.axes.length < 3) {
    const opacity = map.opacity ?? fade;
    return { columns: side, rows: cells.length / side, cells, numbers, opacity, was };
  }
  const { cube, point } = scene;
  const at = (point[cube?.axes[2] ?? 2] ?? 0) - (cube?.low ?? -1);
  const layer = Math.round((at / ((cube?.high ?? 1) - (cube?.low ?? -1))) * (side - 1));
  const [from, to] = [layer * side * side, (layer + 1) * side * side];
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
