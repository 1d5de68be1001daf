/** What the API is asked about a model, and how it is written in a request. */
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
