/** The form of a training: its sections and fields, each with what it does in plain words. */
import type { SpecDraft } from "../../api/types.ts";
import { type Knob, optionsOf } from "../vocabulary/knobs.ts";
import {
  ACTIVATIONS,
  ARCHITECTURES,
  CONDITIONINGS,
  KEPT_STATES,
  LOSSES,
  OPTIMIZERS,
  PRECISIONS,
  PRIORS,
  SCHEDULES,
} from "../vocabulary/training.ts";
import { valueAt } from "./draft.ts";
import type { Field, Section } from "./field.ts";
import { fieldsOf } from "./field.ts";

type Choices = Readonly<
  Record<string, { readonly label: string; readonly parameters: Readonly<Record<string, Knob>> }>
>;

/** A field for each parameter of the choices at a path, shown while a choice that has it is chosen. */
function parameterFields(path: string, choices: Choices): Field[] {
  const fields = new Map<string, { knob: Knob; names: string[] }>();
  for (const [name, { parameters }] of Object.entries(choices)) {
    for (const [parameter, knob] of Object.entries(parameters)) {
      const known = fields.get(parameter);
      if (known) known.names.push(name);
      else fields.set(parameter, { knob, names: [name] });
    }
  }
  const all = Object.keys(choices).length;
  return [...fields].map(([parameter, { knob, names }]) => ({
    ...knob,
    path: `${path}.${parameter}`,
    ...(names.length === all
      ? {}
      : { when: (draft: SpecDraft) => names.includes(String(valueAt(draft, `${path}.name`))) }),
  }));
}

const optimizer = (network: "generator" | "discriminator"): Field[] => [
  {
    path: `optimizer.${network}.name`,
    label: "Optimiser",
    kind: "choice",
    options: optionsOf(OPTIMIZERS),
    help: "How gradients become steps. Adam adapts the step of each weight and is the usual choice for GANs.",
  },
  ...parameterFields(`optimizer.${network}`, OPTIMIZERS),
];

const activation = (path: string, help: string): Field[] => [
  {
    path: `${path}.name`,
    label: "Activation",
    kind: "choice",
    options: optionsOf(ACTIVATIONS),
    help,
  },
  ...parameterFields(path, ACTIVATIONS),
];

const isPenalized = (draft: SpecDraft) =>
  ["r1", "r2"].some((name) => valueAt(draft, `regularization.${name}`));

export const SECTIONS: readonly Section[] = [
  {
    title: "What to learn",
    fields: [
      {
        path: "name",
        label: "Name",
        kind: "text",
        help: "The name of the run and of its model: lower-case letters, digits and hyphens.",
      },
      {
        path: "dataset",
        label: "Images",
        kind: "choice",
        options: [],
        help: "What the generator learns to imitate.",
      },
      {
        path: "latent.dim",
        label: "Latent dimensions",
        kind: "number",
        whole: true,
        presets: [2, 3, 4],
        help: "How many numbers describe an image. With 2, the whole space is one map; 3 and 4 leave more room for the images and are shown in slices.",
      },
      {
        path: "latent.folds",
        label: "Folds",
        kind: "number",
        whole: true,
        presets: [0, 1, 2, 3],
        help: "How many waves of the point, each twice as fine as the one before, the generator sees beside it: a thin latent space then reaches more images, and its map has more and smaller regions. The founding study has none.",
      },
      {
        path: "conditional",
        label: "Conditional",
        kind: "switch",
        help: "Both networks are given the class, so that you can ask for a certain digit; each class then has its own map.",
      },
      {
        path: "network.conditioning",
        label: "Conditioning",
        kind: "choice",
        options: optionsOf(CONDITIONINGS),
        help: "How the class enters: multiplied into the point, as in the founding study, so that all classes share one surface; or projection, where the generator sees the class beside the point and the discriminator compares it with the image.",
        when: (draft) => valueAt(draft, "conditional") === true,
      },
      {
        path: "epochs",
        label: "Epochs",
        kind: "number",
        whole: true,
        help: "How often all training images are seen. The time grows in proportion; you can stop early and explore what is there.",
      },
      {
        path: "batch_size",
        label: "Batch size",
        kind: "number",
        whole: true,
        unit: "images",
        help: "Images in one step. With smaller batches, an epoch has more steps and they are noisier.",
      },
    ],
  },
  {
    title: "Networks",
    fields: [],
    groups: [
      {
        title: "Generator",
        fields: [
          ...activation(
            "network.activation",
            "The non-linear function after every layer of the generator. Leaky ReLU keeps a small slope below zero, so that no unit can die.",
          ),
          {
            path: "network.batch_norm",
            label: "Batch normalisation",
            kind: "switch",
            help: "Keeps the generator's activations at a steady scale. Without it, training is slower and less stable.",
          },
        ],
      },
      {
        title: "Discriminator",
        fields: [
          ...activation(
            "network.discriminator_activation",
            "The same in the discriminator. Leave it as it is to compare generators: they then learn from one and the same discriminator.",
          ),
          {
            path: "network.dropout",
            label: "Dropout",
            kind: "number",
            help: "Share of the discriminator's units that are switched off at random in each step, so that it does not win too easily.",
          },
        ],
      },
    ],
  },
  {
    title: "Learning",
    fields: [
      {
        path: "loss",
        label: "Loss",
        kind: "choice",
        options: optionsOf(LOSSES),
        help: "How the discriminator's judgement is scored. Binary cross-entropy is the loss of the first GANs. The relativistic loss asks which of two images is the real one, and is meant to be used with both penalties, R1 and R2.",
      },
    ],
    groups: [
      { title: "Generator", fields: optimizer("generator") },
      { title: "Discriminator", fields: optimizer("discriminator") },
    ],
  },
  {
    title: "Advanced",
    advanced: true,
    fields: [
      {
        path: "network.architecture",
        label: "Architecture",
        kind: "choice",
        options: optionsOf(ARCHITECTURES),
        help: "Must match the size of the images: 28 × 28 or 64 × 64 pixels.",
      },
      {
        path: "latent.prior",
        label: "Latent prior",
        kind: "choice",
        options: optionsOf(PRIORS),
        help: "The distribution that training points are drawn from. The uniform one fills the square evenly, so that one map shows all of it.",
      },
      {
        path: "network.filters",
        label: "Filters",
        kind: "number",
        whole: true,
        automatic: "64, set by the architecture",
        help: "Width of the networks. Half the width is about four times cheaper.",
      },
      {
        path: "network.kernel_size",
        label: "Kernel size",
        kind: "number",
        whole: true,
        unit: "pixels",
        automatic: "5, set by the architecture",
        help: "Side of the square that every filter looks at.",
      },
      {
        path: "regularization.ema",
        label: "Weight averaging",
        kind: "number",
        help: "Exports a running average of the generator's weights, which often gives visibly cleaner images. 0 is off, 0.999 is usual.",
      },
      {
        path: "regularization.r1",
        label: "R1 penalty",
        kind: "number",
        help: "Keeps the discriminator smooth around real images. 0 is off.",
      },
      {
        path: "regularization.r2",
        label: "R2 penalty",
        kind: "number",
        help: "Keeps the discriminator smooth around generated images. 0 is off.",
      },
      {
        path: "regularization.penalty_every",
        label: "Penalties every",
        kind: "number",
        whole: true,
        unit: "steps",
        help: "How often the penalties are computed, which costs time. They weigh as many times more in those steps, so that their sum stays.",
        when: isPenalized,
      },
      {
        path: "regularization.coverage",
        label: "Coverage",
        kind: "number",
        help: "Pulls the nearest of many generated images towards each real one, so that no kind of image is left out. 0 is off.",
      },
      {
        path: "regularization.coverage_schedule",
        label: "Coverage over time",
        kind: "choice",
        options: optionsOf(SCHEDULES),
        help: "If the pull falls to zero, it first spreads the images over all kinds, and then leaves their sharpness to the discriminator.",
        when: (draft) => Number(valueAt(draft, "regularization.coverage")) > 0,
      },
      {
        path: "regularization.label_smoothing",
        label: "Label smoothing",
        kind: "number",
        help: "The target for real images is 1 minus this, so that the discriminator never gets too certain. With the relativistic loss, which has no such target, it must be 0.",
      },
      {
        path: "seed",
        label: "Seed",
        kind: "number",
        whole: true,
        help: "Decides every random choice: the same settings and seed give the same run on the same machine.",
      },
      {
        path: "precision",
        label: "Precision",
        kind: "choice",
        options: optionsOf(PRECISIONS),
        help: "bfloat16 is faster on hardware that supports it; automatic uses it there.",
      },
      {
        path: "export.every",
        label: "Version every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often the model is published for exploring.",
      },
      {
        path: "export.keep",
        label: "Versions kept",
        kind: "number",
        whole: true,
        help: "Older ones are removed.",
      },
      {
        path: "export.states",
        label: "Training states kept",
        kind: "choice",
        options: optionsOf(KEPT_STATES),
        help: "A run can be forked wherever its training state is kept: the weights and what the optimisers remember. The loss surface needs those of three versions or more.",
      },
      {
        path: "monitor.map_every",
        label: "Map every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often the class map is drawn, which takes some time.",
      },
      {
        path: "monitor.snapshot_every",
        label: "Snapshot every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often a sheet of images is saved.",
      },
      {
        path: "monitor.map_resolution",
        label: "Map resolution",
        kind: "number",
        whole: true,
        automatic: "100 in 2D, 16 in 3D and more",
        help: "Points along each axis of the map.",
      },
      {
        path: "monitor.weak_test_every",
        label: "Two-sample test every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often a fresh network tries to tell generated from real images.",
      },
      {
        path: "stop.map_change_below",
        label: "Stop when the map changes less than",
        kind: "number",
        automatic: "never stop early",
        help: "As a share of the map: 0.01 is one cell in a hundred.",
      },
      {
        path: "stop.for_epochs",
        label: "… for this many maps in a row",
        kind: "number",
        whole: true,
        help: "How long the change has to stay below that.",
        when: (draft) => typeof valueAt(draft, "stop.map_change_below") === "number",
      },
    ],
  },
];

const pathsOf = (sections: readonly Section[]): ReadonlySet<string> =>
  new Set(sections.flatMap(fieldsOf).map((field) => field.path));

/** Paths of the fields that the form shows; their errors appear beside them. */
export const FIELD_PATHS = pathsOf(SECTIONS);

/** Whether every number of a spec is one, and there is something to train: else nothing can be estimated. */
export function isComplete(spec: SpecDraft): boolean {
  const numbers = SECTIONS.flatMap(fieldsOf).filter(({ kind }) => kind === "number");
  return numbers.every(({ path }) => typeof valueAt(spec, path) !== "string") && Number(spec.epochs) >= 1;
}

/** Those that are folded away at first, where an error would not be seen. */
export const FOLDED_PATHS = pathsOf(SECTIONS.filter(({ advanced }) => advanced));
