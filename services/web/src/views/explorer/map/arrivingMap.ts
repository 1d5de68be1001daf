/** A map that arrives from coarse to fine; under edits it comes with the same map without them. */
import type { Api } from "../../../api/client.ts";
import { isRefused } from "../../../api/problem.ts";
import { type MapQuery, surgeryMap } from "../../../api/queries.ts";
import { coarseSides, spread } from "../../../core/explorer/coarseCells.ts";
import type { Unedited } from "../../../core/explorer/mapWords.ts";
import { cellsOf } from "../../../core/latent/nestedMap.ts";
import type { MapArray } from "../../../core/latent/tiledMap.ts";

export interface ArrivedMap {
  readonly cells: MapArray;
  /** The same map without the edits; undefined: it has none. */
  readonly before?: MapArray;
  /** Why a map is without the edits that were asked for. */
  readonly unedited?: Unedited;
}

/** Called with the share of the cells that are exact, 0 to 1, and what gives the map so far. */
export type Grown = (progress: number, map: () => ArrivedMap) => void;

/** @returns the whole map. */
export async function mapArriving(
  api: Api,
  model: string,
  query: MapQuery,
  grown: Grown,
  signal: AbortSignal,
): Promise<ArrivedMap> {
  if (query.edits) {
    return orUnedited(
      query,
      (plain) => mapArriving(api, model, plain, grown, signal),
      () => editedArriving(api, model, query, grown, signal),
    );
  }
  const cells = await api.mapStream(
    model,
    query,
    (map) => grown(map.progress, () => ({ cells: map.cells })),
    signal,
  );
  return { cells };
}

/** The same map at once. */
export async function wholeMap(
  api: Api,
  model: string,
  query: MapQuery,
  signal: AbortSignal,
): Promise<ArrivedMap> {
  if (!query.edits) return { cells: await api.map(model, query, signal) };
  return orUnedited(
    query,
    (plain) => wholeMap(api, model, plain, signal),
    () => editedMap(api, model, query, signal),
  );
}

/** A map under edits; where the API refuses it for its theme or its layers, the one without them. */
async function orUnedited(
  { edits: _, ...plain }: MapQuery,
  without: (query: MapQuery) => Promise<ArrivedMap>,
  edited: () => Promise<ArrivedMap>,
): Promise<ArrivedMap> {
  try {
    return await edited();
  } catch (error) {
    const unedited = (["theme", "edits"] as const).find((field) => isRefused(error, field));
    if (!unedited) throw error;
    return { ...(await without(plain)), unedited };
  }
}

/** The API draws a map under edits whole, so coarse ones of the same window are asked for first. */
async function editedArriving(
  api: Api,
  model: string,
  query: MapQuery,
  grown: Grown,
  signal: AbortSignal,
): Promise<ArrivedMap> {
  const { axes, resolution } = query;
  for (const side of coarseSides(resolution)) {
    const { cells, before } = await editedMap(api, model, { ...query, resolution: side }, signal);
    const fine = (coarse: MapArray) => spread(coarse, axes.length, side, resolution);
    grown((side / resolution) ** axes.length, () => ({ cells: fine(cells), before: fine(before) }));
  }
  return editedMap(api, model, query, signal);
}

async function editedMap(
  api: Api,
  model: string,
  query: MapQuery,
  signal: AbortSignal,
): Promise<Required<Pick<ArrivedMap, "cells" | "before">>> {
  const { map } = await api.ablate(model, surgeryMap(query), signal);
  if (!map) throw new Error("The response contains no map.");
  return { cells: cellsOf(map.after), before: cellsOf(map.before) };
}
