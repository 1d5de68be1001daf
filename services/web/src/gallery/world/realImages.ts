/** Made-up held-out images at their nearest points: dense where the map has their class, a few far away. */
import type { ModelView, RealImage, RealImageList } from "../../api/types.ts";
import type { Point } from "../../core/latent/vector.ts";
import { CLASSES, classOf } from "./field.ts";
import { greysOf, pngOfGreys } from "./pictures.ts";

const COUNT = 400;
/** The version whose images the real ones resemble. */
const RIPE = 60;

const STEPS = [0.7548776662, 0.569840291, 0.8191725134, 0.6710436067];

/** A sequence between 0 and 1 that never repeats and leaves no gaps. */
function spread(index: number, axis: number): number {
  return (0.5 + (index + 1) * (STEPS[axis % STEPS.length] ?? 0.5)) % 1;
}

function pointOf(index: number, dim: number): Point {
  return Array.from({ length: dim }, (_, axis) => {
    const even = 2 * spread(index, axis) - 1;
    // Images crowd together where the generator is good.
    return Math.round((0.75 * even + 0.25 * even ** 3) * 1000) / 1000;
  });
}

export function realImagesOf(model: ModelView, version: number, label: number | undefined): RealImageList {
  const all = Array.from({ length: COUNT }, (_, index): RealImage => {
    const point = [...pointOf(index, model.latent_dim)];
    const seen = classOf(point, version, label);
    // Every ninth lies where the map shows another class.
    const own = label ?? (index % 9 === 4 ? (seen + 5) % CLASSES.length : seen);
    return {
      index: 7 * index + 3,
      label: own,
      point,
      distance: 0.11 + 0.16 * spread(index, 3) + (own === seen ? 0 : 0.14),
      class: { label: CLASSES[seen] ?? "", index: seen },
    };
  });
  const distances = all.map(({ distance }) => distance).sort((a, b) => a - b);
  return {
    model: model.name,
    version,
    dataset: model.card.dataset,
    count: all.length,
    images: all,
    distance: {
      median: distances[Math.floor(COUNT / 2)] ?? null,
      p90: distances[Math.floor(0.9 * COUNT)] ?? null,
    },
    next_cursor: null,
  };
}

/** The image of the point, drawn a little bolder and shifted, as a hand would. */
export async function realImagePng(index: number): Promise<Blob> {
  const image = await greysOf(pointOf((index - 3) / 7, 2), RIPE);
  const shifted = image.map((_, cell) => {
    const beside = image[cell - 1] ?? 0;
    return Math.min(255, 1.15 * Math.max(beside, 0.6 * (image[cell] ?? 0)));
  });
  return pngOfGreys([shifted], 28, 1);
}
