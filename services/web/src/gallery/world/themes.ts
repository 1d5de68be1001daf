/** What the judges of the made-up generator say, and its other themes; the list of themes is the API's own. */
import type { Components, Judgement, ThemeView } from "../../api/types.ts";
import type { Point } from "../../core/latent/vector.ts";
import themes from "../data/themes.json";
import { CLASSES, probabilities, scores } from "./field.ts";

export const THEMES = themes as readonly ThemeView[];
/** The first version of the made-up models that has themes of numbers. */
const FIRST_WITH_THEMES = 15;

/** Those that a version has: as with real models, old versions have fewer. */
export function themesOf(version: number): readonly ThemeView[] {
  return version < FIRST_WITH_THEMES ? THEMES.filter(({ kind }) => kind === "classes") : THEMES;
}

const logistic = (value: number) => 1 / (1 + Math.exp(-value));

/** How far the best class is ahead of the second: small near the borders of the map. */
function lead(point: Point, epoch: number, label?: number): number {
  const [best = 0, second = 0] = scores(point, epoch, label).sort((a, b) => b - a);
  return best - second;
}

function discriminatorScore(point: Point, epoch: number, label?: number): number {
  const [x = 0, y = 0, z = 0] = point;
  const waves = Math.sin(3.4 * x + 1.2 * y + 0.8 * z) + Math.cos(2.6 * y - 1.9 * x + z);
  return 0.9 * waves + 1.6 * Math.min(0.8, lead(point, epoch, label)) - 0.4;
}

function twoSample(point: Point, epoch: number, label?: number): number {
  const [x = 0, y = 0] = point;
  const far = Math.hypot(x - 0.25, y + 0.2);
  return logistic(2.4 * Math.min(1, lead(point, epoch, label)) + 1.1 - 2.6 * far + 0.5 * Math.sin(5 * y));
}

type Field = (point: Point, epoch: number, label?: number) => number;

/** Values at a point, by the name of the theme; one that is not here is a plain slope. */
const FIELDS: Readonly<Record<string, Field>> = {
  confidence: (point, epoch, label) => Math.max(...probabilities(point, epoch, label)),
  discriminator: (point, epoch, label) => logistic(discriminatorScore(point, epoch, label)),
  two_sample: twoSample,
  stretch: (point, epoch, label) => 4 + 14 * Math.exp(-4 * lead(point, epoch, label)),
  novelty: (point, epoch, label) =>
    0.13 + 0.22 * (1 - Math.max(...probabilities(point, epoch, label))) + 0.05 * Math.hypot(...point),
  real_images: (point, epoch, label) => {
    const [x = 0, y = 0] = point;
    const chance = Math.abs(Math.sin(x * 127.1 + y * 311.7) * 43758.5453) % 1;
    return Math.floor(chance * chance * 6 * Math.min(1, lead(point, epoch, label)));
  },
};

export function themeValue(theme: string, point: Point, epoch: number, label?: number): number {
  return (FIELDS[theme] ?? ((at) => at[0] ?? 0))(point, epoch, label);
}

/** The map of a theme over some axes, first axis fastest, as in the API. */
export function themeCells(
  theme: string,
  axes: readonly number[],
  resolution: number,
  [low, high]: readonly [number, number],
  at: Point,
  epoch: number,
  label?: number,
): Float32Array<ArrayBuffer> {
  const cells = new Float32Array(resolution ** axes.length);
  const value = (index: number) => low + (index / (resolution - 1)) * (high - low);
  for (let cell = 0; cell < cells.length; cell++) {
    const point = [...at];
    let rest = cell;
    for (const axis of axes) {
      point[axis] = value(rest % resolution);
      rest = Math.floor(rest / resolution);
    }
    cells[cell] = themeValue(theme, point, epoch, label);
  }
  return cells;
}

export function judgementOf(point: Point, epoch: number, label?: number): Judgement {
  const score = discriminatorScore(point, epoch, label);
  return {
    classes: probabilities(point, epoch, label)
      .map((probability, index) => ({ label: CLASSES[index] ?? "", index, probability }))
      .sort((a, b) => b.probability - a.probability),
    discriminator: { score, probability: logistic(score) },
    two_sample: { probability: twoSample(point, epoch, label) },
  };
}

/** @param age share of the training that is done: the judges come to agree, and the space to stretch. */
export function judgesAt(age: number): Components["JudgeFigures"] {
  return {
    agreement: 0.08 + 0.46 * age + 0.05 * Math.sin(9 * age),
    discriminator_alone: 0.41 - 0.24 * age,
    two_sample_alone: 0.03 + 0.07 * age,
    discriminator_calibration: 0.29 - 0.11 * age + 0.02 * Math.sin(14 * age),
    two_sample_calibration: 0.06 - 0.02 * age,
    stretch_mean: 4.2 + 5.1 * age,
    stretch_range: [2.1 + age, 11 + 9 * age],
    surface: 88 + 310 * age,
  };
}
