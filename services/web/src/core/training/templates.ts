/** Trainings to start from. */
import firstRun from "../../api/firstRun.json" with { type: "json" };
import presets from "../../api/presets.json" with { type: "json" };
import type { SpecDraft } from "../../api/types.ts";

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly spec: SpecDraft;
}

export interface TemplateGroup {
  readonly title: string;
  readonly templates: readonly Template[];
}

/** The settings that gave the best results on MNIST in two to four dimensions; every epoch can be explored. */
const measured = (epochs: number, latent: SpecDraft, more: SpecDraft = {}): SpecDraft => ({
  dataset: "mnist",
  ...presets.measured,
  latent: { ...latent, ...presets.measured.latent },
  epochs,
  export: { every: 1, keep: 20 },
  ...more,
});

/** Every parameter as in the founding study. */
const study = (epochs: number, latent: SpecDraft, more: SpecDraft = {}): SpecDraft => ({
  dataset: "mnist",
  ...presets.study,
  latent: { ...latent, ...presets.study.latent },
  epochs,
  export: { every: epochs / 20, keep: 20 },
  ...more,
});

/** Side of the largest images, in pixels, that the smaller networks are meant for. */
const SMALL = 28;

/**
 * What is proposed for a data set, by the preset for images of its kind.
 *
 * @param side of its images, in pixels.
 */
export function proposed(dataset: string, side: number): SpecDraft {
  return { dataset, ...(side > SMALL ? presets.photos : presets.measured) };
}

export const TEMPLATE_GROUPS: readonly TemplateGroup[] = [
  {
    title: "Ready to go",
    templates: [
      {
        id: "digits-2d",
        title: "Quick start",
        text: "Small handwritten digits, 2D. Ready to explore after about two minutes.",
        // The training that a new installation starts with.
        spec: firstRun,
      },
      {
        id: "mnist-2d",
        title: "MNIST 2D",
        text: "The whole space of handwritten digits on one map.",
        spec: measured(20, { dim: 2 }),
      },
      {
        id: "mnist-3d",
        title: "MNIST 3D",
        text: "More room between the digits: a cube of regions.",
        spec: measured(20, { dim: 3 }),
      },
      {
        id: "mnist-3d-conditional",
        title: "MNIST 3D, conditional",
        text: "Ask for a digit: each of the ten has its own space.",
        spec: measured(20, { dim: 3 }, { conditional: true }),
      },
      {
        id: "mnist-4d",
        title: "MNIST 4D",
        text: "Four coordinates: sharper digits, a wider space.",
        spec: measured(20, { dim: 4 }),
      },
    ],
  },
  {
    title: "As the founding study trained them",
    templates: [
      {
        id: "study-2d",
        title: "Study, 2D",
        text: "5,000 epochs of MNIST. The loss of its test network was 0.0154.",
        spec: study(5000, { dim: 2 }),
      },
      {
        id: "study-3d",
        title: "Study, 3D",
        text: "2,000 epochs of MNIST. The loss of its test network was 0.0320.",
        spec: study(2000, { dim: 3 }),
      },
      {
        id: "study-3d-conditional",
        title: "Study, 3D conditional",
        text: "2,000 epochs of MNIST. The loss of its test network was 0.00084.",
        spec: study(2000, { dim: 3 }, { conditional: true }),
      },
      {
        id: "study-4d",
        title: "Study, 4D",
        text: "1,000 epochs of MNIST. The loss of its test network was 0.0829.",
        spec: study(1000, { dim: 4 }),
      },
    ],
  },
];

export const TEMPLATES: readonly Template[] = TEMPLATE_GROUPS.flatMap(({ templates }) => templates);
