/** What an explorer shows: its link read against the model that it explores. */
import type { ModelView } from "../api/types.ts";
import type { Grid, Region } from "./classmap.ts";
import { type Plane, windowOf } from "./geometry.ts";
import type { ExplorerState } from "./routes.ts";
import { clamp, fitted, type Point, rounded, withAxis } from "./vector.ts";

export interface Scene {
  readonly version: number;
  readonly plane: Plane;
  readonly point: Point;
  readonly a: Point | undefined;
  readonly b: Point | undefined;
  /** Class to generate, and the one whose map is shown; undefined for models without labels. */
  readonly label: number | undefined;
  readonly mapLabel: number | undefined;
  readonly only: number | undefined;
  readonly steps: number;
}

type Explored = Pick<ModelView, "versions" | "loaded" | "latent_dim" | "prior" | "conditional" | "classes">;

/** Whatever the link says is brought to what the model has; undefined while it has no version. */
export function sceneOf(model: Explored, state: ExplorerState): Scene | undefined {
  const version = versionOf(model, state.version);
  if (version === undefined) return undefined;
  const { low, high } = windowOf(model.prior);
  const inside = (point: readonly number[]) =>
    fitted(point, model.latent_dim).map((value) => clamp(value, low, high));
  const classOf = (id: number | undefined) =>
    id !== undefined && id < model.classes.length ? id : undefined;
  const label = model.conditional ? (classOf(state.label) ?? 0) : undefined;
  return {
    version,
    plane: { axes: axesOf(model.latent_dim, state.axes), low, high },
    point: inside(state.z),
    a: state.a && inside(state.a),
    b: state.b && inside(state.b),
    label,
    mapLabel: model.conditional ? (classOf(state.map) ?? label) : undefined,
    only: classOf(state.only),
    steps: state.steps,
  };
}

/** The asked version; else the newest one that the model server has ready, else the newest one. */
function versionOf(model: Explored, asked: number | undefined): number | undefined {
  if (asked !== undefined && model.versions.includes(asked)) return asked;
  return model.loaded.at(-1) ?? model.versions.at(-1);
}

function axesOf(dim: number, asked: readonly number[]): readonly number[] {
  if (dim < 2) return [0];
  const [right = 0, up = 1] = asked;
  const valid = asked.length === 2 && right !== up && right < dim && up < dim;
  return valid ? [right, up] : [0, 1];
}

/** Axes that are held at the point's coordinates, since the plane does not span them. */
export function heldAxes(dim: number, plane: Plane): number[] {
  return Array.from({ length: dim }, (_, axis) => axis).filter((axis) => !plane.axes.includes(axis));
}

/** The point with its coordinates along the plane set to zero: what a map of the plane depends on. */
export function anchorOf(plane: Plane, point: Point): Point {
  return plane.axes.reduce((anchor: Point, axis) => withAxis(anchor, axis, 0), point);
}

/** Choosing for one direction the axis that the other has swaps the two. */
export function withPlaneAxis(plane: Plane, place: 0 | 1, axis: number): readonly number[] {
  const [right = 0, up = 1] = plane.axes;
  if (place === 0) return axis === up ? [up, right] : [axis, up];
  return axis === right ? [up, right] : [right, axis];
}

/**
 * Two points worth walking between: in the two largest regions of different classes, beside the depths
 * of the regions, where their names stand.
 */
export function suggestedWalk(
  grid: Grid,
  regions: readonly Region[],
  plane: Plane,
  point: Point,
): { a: Point; b: Point } | undefined {
  const [first] = regions;
  const second = regions.find((region) => region.classId !== first?.classId);
  if (!first || !second) return undefined;
  // Across the way between them, so that the line does not run through the names either.
  const across = second.row - first.row;
  const up = first.column - second.column;
  const length = Math.abs(across) + Math.abs(up) || 1;
  const aside = (region: Region): Region => {
    // The depth counts steps along the axes, so this stays inside the region.
    const step = (0.6 * (region.depth - 1)) / length;
    return { ...region, column: region.column + across * step, row: region.row + up * step };
  };
  return {
    a: pointAt(grid, aside(first), plane, point),
    b: pointAt(grid, aside(second), plane, point),
  };
}

function pointAt(grid: Grid, { column, row }: Region, plane: Plane, point: Point): Point {
  const value = (index: number, count: number) =>
    count < 2 ? 0 : plane.low + (index / (count - 1)) * (plane.high - plane.low);
  const [right = 0, up] = plane.axes;
  const moved = withAxis(point, right, value(column, grid.columns));
  return rounded(up === undefined ? moved : withAxis(moved, up, value(row, grid.rows)));
}
