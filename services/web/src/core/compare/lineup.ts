/** The rows of a comparison, and what of its link cannot be shown. */
import type { ModelView } from "../../api/types.ts";
import { type ComparedModel, MOST_MODELS } from "../explorer/comparedModels.ts";
import type { CompareState } from "../navigation/views.ts";
import { axisName } from "../text/format.ts";

export interface LayerRow {
  readonly name: string;
  /** Height, width and channels; of a layer that differs between the models those of the first. */
  readonly shape: readonly number[];
  /** The largest number of channels. */
  readonly channels: number;
}

/** Every layer that any of the models has, in the order of the models' own layers. */
export function layerRows(models: readonly Pick<ModelView, "layers">[]): LayerRow[] {
  const rows: LayerRow[] = [];
  for (const { layers } of models) {
    let place = 0;
    for (const { name, shape } of layers) {
      const channels = shape.at(-1) ?? 1;
      const known = rows.findIndex((row) => row.name === name);
      if (known < 0) rows.splice(place, 0, { name, shape, channels });
      else {
        const row = rows[known];
        if (row) rows[known] = { ...row, channels: Math.max(row.channels, channels) };
      }
      place = (known < 0 ? place : known) + 1;
    }
  }
  return rows;
}

/** What the link names and is not shown, each in a sentence. */
export function missingWords(
  models: readonly ModelView[],
  state: CompareState,
  shown: readonly ComparedModel[],
): string[] {
  const words: string[] = [];
  const gone = state.models.filter((name) => !models.some((model) => model.name === name));
  const bare = state.models.filter((name) =>
    models.some((one) => one.name === name && !one.versions.length),
  );
  for (const name of new Set(gone)) {
    words.push(`There is no model “${name}”: it was deleted, or is misspelt in the link.`);
  }
  for (const name of new Set(bare)) words.push(`“${name}” has no exported version.`);
  for (const { place, model, version } of shown) {
    const asked = state.versions[place] ?? 0;
    if (asked !== 0 && asked !== version) {
      words.push(`“${model.name}” has no version of epoch ${asked}; epoch ${version} is shown instead.`);
    }
  }
  const more = state.models.length - MOST_MODELS;
  if (more > 0) words.push(`Only the first ${MOST_MODELS} of ${state.models.length} models are shown.`);
  return words;
}

/** What the picture of a comparison is of: the point, and how its greys are to be read. */
export function captionWords({ z, layers, greys }: CompareState, dim: number): string {
  const point = Array.from({ length: dim }, (_, axis) => {
    const value = (z[axis] ?? 0).toFixed(3).replace("-", "−");
    return `${axisName(axis)} = ${value}`;
  }).join(", ");
  const scale =
    greys === "row"
      ? "In each row of layers, the same grey means the same value."
      : "Each picture of a layer has its own greys, from its smallest to its largest value.";
  return `At ${point}. ${layers === "yes" ? scale : ""}`.trim();
}
