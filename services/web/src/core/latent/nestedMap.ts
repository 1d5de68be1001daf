/** Maps in JSON, whose rows are nested, as flat arrays. */
import type { Components } from "../../api/types.ts";
import type { MapArray } from "./tiledMap.ts";

export type NestedMap = Components["ClassMap"] | Components["ScalarMap"];

/** The cells of a map over one, two or three axes, in the order of the API's arrays. */
export function cellsOf(map: NestedMap): MapArray {
  return "values" in map ? Float32Array.from(flat(map.values)) : Uint8Array.from(flat(map.classes));
}

/** A number that is not known is null. */
function flat(nested: readonly unknown[]): number[] {
  return (nested.flat(2) as (number | null)[]).map((value) => value ?? Number.NaN);
}
