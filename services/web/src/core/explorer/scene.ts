/** What an explorer shows: the state of its link, fitted to the model. */
import type { ModelView } from "../../api/types.ts";
import type { Space } from "../latent/cube.ts";
import { type Plane, windowOf } from "../latent/plane.ts";
import { clamp, fitted, type Point, withAxis } from "../latent/vector.ts";
import type { ExplorerState } from "../navigation/views.ts";
import { scalarTheme, type Theme } from "../themes/theme.ts";
import { type Edit, fittingEdits, lostEdits } from "./edits.ts";

export interface Scene {
  readonly version: number;
  /** What the map shows: a theme of numbers; undefined: the classes. */
  readonly theme: Theme | undefined;
  /** What a second map beside it shows; undefined: there is no second map, as beside a cube. */
  readonly beside: Theme | undefined;
  /** The plane that the flat map spans; for a cube, its first two axes. */
  readonly plane: Plane;
  /** Axes and window of the cube; undefined while a plane is shown. */
  readonly cube: Space | undefined;
  readonly point: Point;
  readonly a: Point | undefined;
  readonly b: Point | undefined;
  /** Class to generate, and the one whose map is shown; undefined for models without labels. */
  readonly label: number | undefined;
  readonly mapLabel: number | undefined;
  readonly only: number | undefined;
  readonly steps: number;
  readonly hidden: readonly number[];
  /** Along each axis of the cube, from -1 to 1. */
  readonly cut: readonly number[];
  readonly layer: string | undefined;
  readonly edits: readonly Edit[];
  /** Parts of the link's edits that the model does not have. */
  readonly lost: readonly Edit[];
}

type Explored = Pick<
  ModelView,
  "versions" | "loaded" | "latent_dim" | "prior" | "conditional" | "classes" | "layers" | "themes"
>;

/** Fits the state to the model; undefined while the model has no version. */
export function sceneOf(model: Explored, state: ExplorerState): Scene | undefined {
  const version = versionOf(model, state.version);
  if (version === undefined) return undefined;
  const { low, high } = windowOf(model.prior);
  const inside = (point: readonly number[]) =>
    fitted(point, model.latent_dim).map((value) => clamp(value, low, high));
  const classOf = (id: number | undefined) =>
    id !== undefined && id < model.classes.length ? id : undefined;
  const label = model.conditional ? (classOf(state.label) ?? 0) : undefined;
  const axes = axesOf(model.latent_dim, state.axes);
  const space = { axes, low, high };
  return {
    version,
    theme: scalarTheme(model.themes, state.theme),
    beside: axes.length === 3 ? undefined : model.themes.find(({ name }) => name === state.beside),
    plane: { ...space, axes: axes.slice(0, 2) },
    cube: axes.length === 3 ? space : undefined,
    point: inside(state.z),
    a: state.a && inside(state.a),
    b: state.b && inside(state.b),
    label,
    mapLabel: model.conditional ? (classOf(state.map) ?? label) : undefined,
    only: classOf(state.only),
    steps: state.steps,
    hidden: state.hide.filter((id) => id < model.classes.length),
    cut: axes.map((_, place) =>
      clamp((2 * ((state.cut?.[place] ?? high) - low)) / (high - low) - 1, -1, 1),
    ),
    layer: (model.layers.find(({ name }) => name === state.layer) ?? model.layers.at(-2) ?? model.layers[0])
      ?.name,
    edits: fittingEdits(state.edits, model.layers),
    lost: lostEdits(state.edits, model.layers),
  };
}

/** The requested version; otherwise the newest that the model server has loaded, or the newest of all. */
function versionOf(model: Explored, asked: number | undefined): number | undefined {
  if (asked !== undefined && model.versions.includes(asked)) return asked;
  return model.loaded.at(-1) ?? model.versions.at(-1);
}

/** The requested axes if they are two or three different ones of the model; otherwise its first three. */
function axesOf(dim: number, asked: readonly number[]): readonly number[] {
  const valid =
    (asked.length === 2 || asked.length === 3) &&
    new Set(asked).size === asked.length &&
    asked.every((axis) => axis < dim);
  return valid ? asked : Array.from({ length: Math.min(3, dim) }, (_, axis) => axis);
}

/** Axes and window of what is shown, plane or cube. */
export function spaceOf({ cube, plane }: Pick<Scene, "cube" | "plane">): Space {
  return cube ?? plane;
}

/** Axes that the map does not span: on them it stays at the point's coordinates. */
export function heldAxes(dim: number, axes: readonly number[]): number[] {
  return Array.from({ length: dim }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
}

/** The point with zero on the map's axes: what a map depends on. */
export function anchorOf({ axes }: Pick<Plane, "axes">, point: Point): Point {
  return axes.reduce((anchor: Point, axis) => withAxis(anchor, axis, 0), point);
}

/** Sets the axis of one direction; if another direction has that axis, the two are swapped. */
export function withAxisAt(axes: readonly number[], place: number, axis: number): readonly number[] {
  const old = axes[place] ?? axis;
  return axes.map((other, index) => (index === place ? axis : other === axis ? old : other));
}
