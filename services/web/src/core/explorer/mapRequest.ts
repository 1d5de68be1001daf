/** Which map an explorer asks for. */
import type { MapQuery } from "../../api/queries.ts";
import type { Theme } from "../themes/theme.ts";
import { anchorOf, type Scene, spaceOf } from "./scene.ts";

const PLANE_CELLS = 100;
const FILM_PLANE_CELLS = 50;
const FILM_CUBE_CELLS = 16;

export interface MapRequest {
  /** Cells along each side of a cube. */
  readonly cells: number;
  /** Whether frames of a film are shown, which have to load fast. */
  readonly filming: boolean;
  /** Themes that versions were found not to have. */
  readonly lacking: readonly string[];
}

/** The map of a scene: of the theme if the version has it, else of the classes, and under the scene's edits. */
export function mapQueryOf(scene: Scene, { cells, filming, lacking }: MapRequest): MapQuery {
  const { version, theme, edits, point, mapLabel } = scene;
  const space = spaceOf(scene);
  const query: MapQuery = {
    version,
    axes: space.axes,
    range: [space.low, space.high],
    at: anchorOf(space, point),
    label: mapLabel,
    resolution: scene.cube ? cells : PLANE_CELLS,
    ...(theme && !lacking.includes(lackOf(version, theme)) ? { theme } : {}),
    ...(edits.length > 0 ? { edits } : {}),
  };
  return filming ? forFilm(query) : query;
}

/** The same map with as few cells as a film's. */
export function forFilm(query: MapQuery): MapQuery {
  const most = query.axes.length === 3 ? FILM_CUBE_CELLS : FILM_PLANE_CELLS;
  return { ...query, resolution: Math.min(query.resolution, most) };
}

/** The classes of the same map, without any edits. */
export function plainClasses({ theme: _, edits: __, ...query }: MapQuery): MapQuery {
  return query;
}

/** A theme that a version does not have. */
export function lackOf(version: number, { name }: Theme): string {
  return `${version}|${name}`;
}

interface Asked {
  readonly query: MapQuery;
  /** Whether it is complete. */
  readonly final: boolean;
}

/** Whether a map is the same as the complete one that is shown, only finer. */
export function isFinerOf(shown: Asked | undefined, { query }: Pick<Asked, "query">): boolean {
  if (!shown?.final || shown.query.resolution >= query.resolution) return false;
  return JSON.stringify({ ...query, resolution: shown.query.resolution }) === JSON.stringify(shown.query);
}
