/** What the API is asked about a model, and how it is written in a request. */
import type { Edit } from "../core/explorer/edits.ts";
import type { Point } from "../core/latent/vector.ts";
import type { AblateRequest, ActivationsRequest, ThemeView } from "./types.ts";

export interface MapQuery {
  readonly version: number;
  readonly axes: readonly number[];
  readonly resolution: number;
  readonly range: readonly [number, number];
  readonly at: Point;
  readonly label: number | undefined;
  /** A theme of numbers; undefined: the classes. */
  readonly theme?: ThemeView | undefined;
  /** Of the classes alone: only the borders are computed, the rest is filled in; undefined: all is computed. */
  readonly refine?: "adaptive" | undefined;
  /** Parts of layers that are scaled, which the API draws with `surgeryMap`; undefined: none. */
  readonly edits?: readonly Edit[] | undefined;
}

export interface PointQuery {
  readonly point: Point;
  readonly label: number | undefined;
  readonly version: number;
}

export interface GenerateQuery {
  readonly points: readonly Point[];
  readonly label: number | undefined;
  readonly version: number;
}

export interface WalkQuery {
  readonly start: Point;
  readonly end: Point;
  readonly steps: number;
  readonly label: number | undefined;
  readonly version: number;
}

export type ActivationsQuery = ActivationsRequest & { readonly version: number };
export type SurgeryQuery = AblateRequest & { readonly version: number };

/** The image of a point before and after the edits. */
export function surgeryAt({ point, label, version }: PointQuery, edits: readonly Edit[]): SurgeryQuery {
  return { point, label: label ?? null, version, edits } as unknown as SurgeryQuery;
}

/** A map before and after its edits; the image at the point comes with it. */
export function surgeryMap(query: MapQuery): SurgeryQuery {
  const { version, label, at, axes, range, resolution, theme, edits = [] } = query;
  const map = { axes, range, resolution, at, ...(theme ? { theme: theme.name } : {}) };
  return { ...surgeryAt({ point: at, label, version }, edits), map } as unknown as SurgeryQuery;
}

export function generateBody(query: GenerateQuery): object {
  const labels = query.label === undefined ? undefined : query.points.map(() => query.label);
  return { points: query.points, version: query.version, ...(labels ? { labels } : {}) };
}

export function walkBody({ label, ...query }: WalkQuery): object {
  return label === undefined ? query : { ...query, label };
}

/** @param query without a version, of all of them. */
export function mapParams(
  query: Omit<MapQuery, "version"> & { readonly version: number | undefined },
): string {
  const parts = [
    `axes=${query.axes.join(",")}`,
    `resolution=${query.resolution}`,
    `range=${query.range.join(",")}`,
    `at=${query.at.join(",")}`,
  ];
  if (query.version !== undefined) parts.push(`version=${query.version}`);
  if (query.label !== undefined) parts.push(`label=${query.label}`);
  if (query.theme) parts.push(`theme=${query.theme.name}`);
  if (query.refine) parts.push(`refine=${query.refine}`);
  return parts.join("&");
}
