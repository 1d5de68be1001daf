/** Models side by side: the state of a link, fitted to the models that exist. */
import type { ModelView } from "../../api/types.ts";
import { type Plane, windowOf } from "../latent/plane.ts";
import { clamp, fitted, type Point } from "../latent/vector.ts";
import type { CompareState } from "../navigation/views.ts";

export const MOST_MODELS = 6;

export interface ComparedModel {
  /** Its position among the link's models. */
  readonly place: number;
  readonly model: ModelView;
  readonly version: number;
  readonly plane: Plane;
  /** The common point, fitted to this model's dimensions and window. */
  readonly point: Point;
  readonly label: number | undefined;
}

/** Those of the link's models that exist and have a version, in the link's order. */
export function comparedModels(models: readonly ModelView[], state: CompareState): ComparedModel[] {
  return state.models.slice(0, MOST_MODELS).flatMap((name, place) => {
    const model = models.find((one) => one.name === name);
    const newest = model?.loaded.at(-1) ?? model?.versions.at(-1);
    if (!model || newest === undefined) return [];
    const asked = state.versions[place] ?? 0;
    const { low, high } = windowOf(model.prior);
    const dim = model.latent_dim;
    const [right = 0, up = 1] = state.axes;
    const valid = dim > 1 && right !== up && right < dim && up < dim;
    const label = state.label !== undefined && state.label < model.classes.length ? state.label : 0;
    return [
      {
        place,
        model,
        version: model.versions.includes(asked) ? asked : newest,
        plane: { axes: dim < 2 ? [0] : valid ? [right, up] : [0, 1], low, high },
        point: fitted(state.z, dim).map((value) => clamp(value, low, high)),
        label: model.conditional ? label : undefined,
      },
    ];
  });
}

export function withModel(state: CompareState, name: string): Partial<CompareState> {
  return {
    models: [...state.models, name],
    versions: [...state.models.map((_, place) => state.versions[place] ?? 0), 0],
  };
}

export function withoutModel(state: CompareState, place: number): Partial<CompareState> {
  const others = <T>(values: readonly T[]) => values.filter((_, other) => other !== place);
  return {
    models: others(state.models),
    versions: others(state.models.map((_, other) => state.versions[other] ?? 0)),
  };
}
