/** Inside the made-up generator: layers, surgery, and the place of a drawing. */
import type { Ablated, Activations, Located, ThemeView } from "../../api/types.ts";
import type { Edit } from "../../core/explorer/edits.ts";
import type { Point } from "../../core/latent/vector.ts";
import { CLASSES, classOf, mapCells, probabilities, scores } from "./field.ts";
import { base64Of, greysOf, pngOf, pngOfGreys } from "./pictures.ts";
import { THEMES, themeCells } from "./themes.ts";

export const LAYERS = [
  { name: "stage_1", shape: [7, 7, 36] },
  { name: "stage_2", shape: [14, 14, 16] },
  { name: "stage_3", shape: [28, 28, 9] },
  { name: "image", shape: [28, 28, 1] },
];

/** Coarser versions of the image with different weights: what a layer might look like. */
async function channelsOf(
  point: Point,
  epoch: number,
  label: number | undefined,
  shape: readonly number[],
) {
  const [side = 7, , count = 1] = shape;
  const image = await greysOf(point, epoch, label);
  const step = 28 / side;
  return Array.from({ length: count }, (_, channel) =>
    Float32Array.from({ length: side * side }, (_, index) => {
      const [row, column] = [Math.floor(index / side), index % side];
      const grey = image[Math.floor(row * step) * 28 + Math.floor(column * step)] ?? 0;
      const wave = Math.sin(channel * 1.7 + row * (0.5 + (channel % 3) * 0.4) + column * 0.6);
      return count === 1 ? grey : Math.max(0, grey * (0.6 + 0.4 * wave) - 60 * ((channel % 4) - 1));
    }),
  );
}

export async function activationsOf(
  model: string,
  version: number,
  { point, label, layers }: { point: Point; label?: number | null; layers?: string[] | null },
): Promise<Activations> {
  const asked = label ?? undefined;
  const index = classOf(point, version, asked);
  const wanted = LAYERS.filter(({ name }) => !layers || layers.includes(name));
  return {
    model,
    version,
    point: [...point],
    image: await base64Of(await pngOf([point], 1, version, asked)),
    class: { label: CLASSES[index] ?? "", index },
    layers: await Promise.all(
      wanted.map(async ({ name, shape }) => {
        const channels = await channelsOf(point, version, asked, shape);
        const [side = 7] = shape;
        const average = Float32Array.from(
          { length: side * side },
          (_, cell) => channels.reduce((sum, channel) => sum + (channel[cell] ?? 0), 0) / channels.length,
        );
        const all = channels.flatMap((channel) => [...channel]);
        const across = Math.ceil(Math.sqrt(channels.length));
        return {
          name,
          shape,
          mean: all.reduce((sum, value) => sum + value, 0) / all.length / 64,
          dead: all.filter((value) => value === 0).length / all.length,
          range: [0, Math.max(...all) / 64],
          average: await base64Of(await pngOfGreys([average], side, 1)),
          average_range: [0, Math.max(...average) / 64],
          channels: await base64Of(await pngOfGreys(channels, side, across)),
        };
      }),
    ),
  };
}

/** The image and the classes after an edit; rows and columns of the image are scaled directly. */
export async function ablatedOf(
  model: string,
  version: number,
  body: {
    point: Point;
    label?: number | null;
    edits: readonly Edit[];
    map?: {
      axes: number[];
      range: [number, number];
      resolution: number;
      at: number[];
      theme?: string;
    };
  },
): Promise<Ablated> {
  const { point, edits, map } = body;
  const label = body.label ?? undefined;
  const before = await greysOf(point, version, label);
  const after = before.slice();
  let harm = 0;
  for (const edit of edits) {
    const [rows = 1, columns = 1, channels = 1] =
      LAYERS.find(({ name }) => name === edit.layer)?.shape ?? [];
    const weight = edit.channels ? edit.channels.length / channels : 1;
    for (let cell = 0; cell < after.length; cell++) {
      const row = Math.floor((Math.floor(cell / 28) / 28) * rows);
      const column = Math.floor(((cell % 28) / 28) * columns);
      if (edit.rows && !edit.rows.includes(row)) continue;
      if (edit.columns && !edit.columns.includes(column)) continue;
      after[cell] = Math.min(255, (after[cell] ?? 0) * (1 + (edit.scale - 1) * weight));
      harm += (Math.abs(edit.scale - 1) * weight) / after.length;
    }
  }
  const hurt = (at: Point) => scores(at, version, label).map((score, id) => score - harm * 0.9 * (id % 3));
  const verdict = (own: readonly number[], sure: number) => {
    const index = own.indexOf(Math.max(...own));
    return { label: CLASSES[index] ?? "", index, probability: sure };
  };
  const own = probabilities(point, version, label);
  const answer: Ablated = {
    model,
    version,
    before: {
      image: await base64Of(await pngOfGreys([before], 28, 1)),
      class: verdict(own, Math.max(...own)),
    },
    after: {
      image: await base64Of(await pngOfGreys([after], 28, 1)),
      class: verdict(hurt(point), Math.max(...own) * (1 - 0.4 * Math.min(1, harm))),
    },
  };
  if (!map) return answer;
  const { axes, range, resolution, at } = map;
  const theme = THEMES.find(({ name, kind }) => kind === "scalar" && name === map.theme);
  if (theme) return { ...answer, map: effectOf(theme, model, version, map, label, harm) };
  const cells = mapCells(axes, resolution, range, at, version, label);
  const changed = mapCells(axes, resolution, range, at, version, label, hurt);
  const view = (of: Uint8Array) => ({
    model,
    version,
    axes,
    range,
    resolution,
    at,
    label: label ?? null,
    classes: Array.from({ length: of.length / resolution }, (_, row) => [
      ...of.subarray(row * resolution, (row + 1) * resolution),
    ]),
    shares: {},
  });
  const differ = cells.filter((cell, index) => cell !== changed[index]).length / cells.length;
  return { ...answer, map: { before: view(cells), after: view(changed), changed: differ } };
}

/** The edits lower what the theme says, the more the farther to the right. */
function effectOf(
  theme: ThemeView,
  model: string,
  version: number,
  map: { axes: number[]; range: [number, number]; resolution: number; at: number[] },
  label: number | undefined,
  harm: number,
): NonNullable<Ablated["map"]> {
  const { axes, range, resolution, at } = map;
  const before = themeCells(theme.name, axes, resolution, range, at, version, label);
  const after = before.map(
    (value, cell) => value * (1 - Math.min(0.9, 4 * harm) * ((cell % resolution) / resolution)),
  );
  const view = (values: Float32Array) => ({
    model,
    version,
    axes,
    range,
    resolution,
    at,
    label: label ?? null,
    theme: theme.name,
    kind: "scalar" as const,
    unit: theme.unit,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    values: Array.from({ length: values.length / resolution }, (_, row) => [
      ...values.subarray(row * resolution, (row + 1) * resolution),
    ]),
  });
  const changed = before.reduce((sum, value, cell) => sum + Math.abs(value - (after[cell] ?? 0)), 0);
  return { before: view(before), after: view(after), changed: changed / before.length };
}

/** Ignores the drawing: it always finds the place of the fours. */
export async function locatedOf(
  model: string,
  version: number,
  dim: number,
  label: number | undefined,
): Promise<Located> {
  const place = async (at: Point, distance: number) => {
    const point = Array.from({ length: dim }, (_, axis) => at[axis] ?? 0.1);
    const own = probabilities(point, version, label);
    const index = own.indexOf(Math.max(...own));
    return {
      point,
      label: label ?? null,
      image: await base64Of(await pngOf([point], 1, version, label)),
      class: { label: CLASSES[index] ?? "", index, probability: own[index] ?? 0 },
      distance,
    };
  };
  const nearest = await place([-0.62, 0.34], 0.143);
  return {
    ...nearest,
    model,
    version,
    measure: "rms",
    compared: nearest.image,
    seen: { ...nearest.class, probability: 0.97 },
    alternatives: [await place([0.3, 0.62], 0.171), await place([0.55, -0.4], 0.188)],
    computed: 4231,
  };
}
