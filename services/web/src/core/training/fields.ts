/** The knobs of a training in the order of the form, each with what it does in plain words. */
import firstRun from "../../api/firstRun.json" with { type: "json" };
import presets from "../../api/presets.json" with { type: "json" };
import type { SpecDraft } from "../../api/types.ts";
import { valueAt } from "./draft.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Common {
  readonly path: string;
  readonly label: string;
  /** One or two sentences for somebody who meets the word for the first time. */
  readonly help: string;
  /** Whether the knob has a meaning in this draft. */
  readonly when?: (draft: SpecDraft) => boolean;
}

export type Field = Common &
  (
    | { readonly kind: "text" }
    | {
        readonly kind: "number";
        /** Whether it counts something, so that "5,000" is five thousand. */
        readonly whole?: true;
        readonly unit?: string;
        readonly automatic?: string;
        readonly presets?: readonly number[];
      }
    | { readonly kind: "choice"; readonly options: readonly Option[] }
    | { readonly kind: "switch" }
  );

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
  /** Fields that belong together, side by side. */
  readonly groups?: readonly { readonly title: string; readonly fields: readonly Field[] }[];
  /** Folded away at first. */
  readonly advanced?: boolean;
}

/** All fields of a section, those in groups too. */
export function fieldsOf({ fields, groups = [] }: Section): readonly Field[] {
  return [...fields, ...groups.flatMap((group) => group.fields)];
}

const options = (...pairs: readonly (readonly [string, string])[]): Option[] =>
  pairs.map(([value, label]) => ({ value, label }));

const named =
  (path: string, ...names: readonly string[]) =>
  (draft: SpecDraft) =>
    names.includes(String(valueAt(draft, `${path}.name`)));

const optimizer = (who: "generator" | "discriminator"): Field[] => {
  const path = `optimizer.${who}`;
  return [
    {
      path: `${path}.name`,
      label: "Optimiser",
      kind: "choice",
      options: options(["adam", "Adam"], ["nadam", "Nadam"], ["sgd", "SGD"]),
      help: "How gradients become steps. Adam adapts the step of each weight and is the usual choice for GANs.",
    },
    {
      path: `${path}.learning_rate`,
      label: "Learning rate",
      kind: "number",
      help: "Size of each step. Too large: the losses swing. Too small: nothing happens for a long time.",
    },
    {
      path: `${path}.schedule`,
      label: "Step size over time",
      kind: "choice",
      options: options(["constant", "stays the same"], ["cosine", "falls to zero"]),
      help: "When it falls, the map settles towards the end of the training.",
    },
    {
      path: `${path}.beta_1`,
      label: "Momentum β₁",
      kind: "number",
      help: "How much of the past gradients is kept. Many GANs train more calmly at 0.5 than at 0.9.",
      when: named(path, "adam", "nadam"),
    },
    {
      path: `${path}.beta_2`,
      label: "Decay β₂",
      kind: "number",
      help: "How long the size of past gradients is remembered, by which each step is scaled. 0.999 is usual.",
      when: named(path, "adam", "nadam"),
    },
    {
      path: `${path}.epsilon`,
      label: "Epsilon",
      kind: "number",
      help: "Keeps the scaling finite where gradients vanish. Rarely changed.",
      when: named(path, "adam", "nadam"),
    },
    {
      path: `${path}.momentum`,
      label: "Momentum",
      kind: "number",
      help: "Share of the last step that is kept.",
      when: named(path, "sgd"),
    },
    {
      path: `${path}.nesterov`,
      label: "Nesterov momentum",
      kind: "switch",
      help: "Looks ahead along the momentum before each step, which brakes it in time.",
      when: named(path, "sgd"),
    },
  ];
};

const activation = "network.activation";

export const SECTIONS: readonly Section[] = [
  {
    title: "What to learn",
    fields: [
      {
        path: "name",
        label: "Name",
        kind: "text",
        help: "Names the run and its model. Lower-case letters, digits and hyphens.",
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
        help: "How many numbers describe an image. With 2 the whole space is one map; 3 and 4 give the images more room and are seen in slices.",
      },
      {
        path: "conditional",
        label: "Conditional",
        kind: "switch",
        help: "Both networks are told the class, so that one can ask for a certain digit; each class then has a map of its own.",
      },
      {
        path: "epochs",
        label: "Epochs",
        kind: "number",
        whole: true,
        help: "How often all training images are seen. Time grows in proportion; one can stop earlier and explore what is there.",
      },
      {
        path: "batch_size",
        label: "Batch size",
        kind: "number",
        whole: true,
        unit: "images",
        help: "Images in one step. Smaller batches make more and noisier steps in an epoch.",
      },
    ],
  },
  {
    title: "Networks",
    fields: [
      {
        path: `${activation}.name`,
        label: "Activation",
        kind: "choice",
        options: options(
          ["leaky_relu", "Leaky ReLU"],
          ["relu", "ReLU"],
          ["prelu", "PReLU"],
          ["elu", "ELU"],
          ["rrelu", "RReLU"],
        ),
        help: "The bend in every layer. Leaky ReLU keeps a small slope below zero, so that no unit can die.",
      },
      {
        path: `${activation}.negative_slope`,
        label: "Slope below zero",
        kind: "number",
        help: "0 is a hard cut, 1 a straight line.",
        when: named(activation, "leaky_relu", "relu"),
      },
      {
        path: `${activation}.max_value`,
        label: "Upper clip",
        kind: "number",
        automatic: "none",
        help: "Outputs above it are cut off.",
        when: named(activation, "relu"),
      },
      {
        path: `${activation}.threshold`,
        label: "Threshold",
        kind: "number",
        help: "Inputs below it are cut off.",
        when: named(activation, "relu"),
      },
      {
        path: `${activation}.initial_slope`,
        label: "Slope at the start",
        kind: "number",
        help: "PReLU learns the slope below zero for each channel; this is where it begins.",
        when: named(activation, "prelu"),
      },
      {
        path: `${activation}.alpha`,
        label: "Alpha",
        kind: "number",
        help: "The value that very negative inputs approach, with the sign turned.",
        when: named(activation, "elu"),
      },
      {
        path: `${activation}.lower`,
        label: "Smallest slope",
        kind: "number",
        help: "RReLU draws its slope at random between these two while training.",
        when: named(activation, "rrelu"),
      },
      {
        path: `${activation}.upper`,
        label: "Largest slope",
        kind: "number",
        help: "RReLU draws its slope at random between these two while training.",
        when: named(activation, "rrelu"),
      },
      {
        path: "network.batch_norm",
        label: "Batch normalisation",
        kind: "switch",
        help: "Keeps the generator's activations at a steady scale. Without it training is slower and less steady.",
      },
      {
        path: "network.dropout",
        label: "Dropout",
        kind: "number",
        help: "Share of the discriminator's units that is silenced at random in each step, so that it does not win too easily.",
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
        options: options(
          ["bce", "Binary cross-entropy"],
          ["mse", "Mean squared error"],
          ["mae", "Mean absolute error"],
          ["hinge", "Hinge"],
        ),
        help: "How the discriminator's verdict is scored. Binary cross-entropy is the loss of the first GANs.",
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
        options: options(["dcgan28", "dcgan28, 28 × 28"], ["dcgan64", "dcgan64, 64 × 64"]),
        help: "The size of the images decides: 28 × 28 or 64 × 64 pixels.",
      },
      {
        path: "latent.prior",
        label: "Latent prior",
        kind: "choice",
        options: options(["uniform", "Uniform on [−1, 1]"], ["normal", "Normal"]),
        help: "Where training points are drawn from. Uniform fills the square evenly, so that one map shows all of it.",
      },
      {
        path: "network.filters",
        label: "Filters",
        kind: "number",
        whole: true,
        automatic: "64, as the architecture has it",
        help: "Width of the networks. Half of it is about four times cheaper.",
      },
      {
        path: "network.kernel_size",
        label: "Kernel size",
        kind: "number",
        whole: true,
        unit: "pixels",
        automatic: "5, as the architecture has it",
        help: "Side of the square that every filter looks at.",
      },
      {
        path: "regularization.ema",
        label: "Weight averaging",
        kind: "number",
        help: "Exports a running average of the generator's weights: often visibly cleaner images. 0 is off, 0.999 usual.",
      },
      {
        path: "regularization.r1",
        label: "R1 penalty",
        kind: "number",
        help: "Keeps the discriminator smooth around real images. 0 is off.",
      },
      {
        path: "regularization.label_smoothing",
        label: "Label smoothing",
        kind: "number",
        help: "Real images count as 1 minus this, so that the discriminator never gets too sure.",
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
        options: options(
          ["auto", "Automatic"],
          ["float32", "float32"],
          ["mixed_bfloat16", "mixed bfloat16"],
        ),
        help: "bfloat16 is faster where the hardware knows it; automatic finds out.",
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
        path: "monitor.map_every",
        label: "Map every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often the class map is drawn. It costs some time.",
      },
      {
        path: "monitor.snapshot_every",
        label: "Snapshot every",
        kind: "number",
        whole: true,
        unit: "epochs",
        help: "How often the sheet of images is kept.",
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
        label: "… for so many maps in a row",
        kind: "number",
        whole: true,
        help: "How long the map has to be that calm.",
        when: (draft) => typeof valueAt(draft, "stop.map_change_below") === "number",
      },
    ],
  },
];

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

/** What came out best on MNIST in two to four dimensions; every epoch can be explored. */
const measured = (epochs: number, latent: SpecDraft, more: SpecDraft = {}): SpecDraft => ({
  dataset: "mnist",
  latent,
  ...presets.measured,
  epochs,
  export: { every: 1, keep: 20 },
  ...more,
});

/** Networks and learning as in the founding study, down to each parameter. */
const study = (epochs: number, latent: SpecDraft, more: SpecDraft = {}): SpecDraft => ({
  dataset: "mnist",
  ...presets.study,
  latent: { ...latent, ...presets.study.latent },
  epochs,
  export: { every: epochs / 20, keep: 20 },
  ...more,
});

export const TEMPLATE_GROUPS: readonly TemplateGroup[] = [
  {
    title: "Ready to go",
    templates: [
      {
        id: "digits-2d",
        title: "Quick start",
        text: "Small handwritten digits, 2D. To explore after about two minutes.",
        // The training that an empty home begins with.
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
        text: "Ask for a digit: a space of its own for each of the ten.",
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
        text: "5,000 epochs of MNIST. Its strong test found 1.5\u00a0%.",
        spec: study(5000, { dim: 2 }),
      },
      {
        id: "study-3d",
        title: "Study, 3D",
        text: "2,000 epochs of MNIST. Its strong test found 3.2\u00a0%.",
        spec: study(2000, { dim: 3 }),
      },
      {
        id: "study-3d-conditional",
        title: "Study, 3D conditional",
        text: "2,000 epochs of MNIST. Its strong test found 0.084\u00a0%.",
        spec: study(2000, { dim: 3 }, { conditional: true }),
      },
      {
        id: "study-4d",
        title: "Study, 4D",
        text: "1,000 epochs of MNIST. Its strong test found 8.29\u00a0%.",
        spec: study(1000, { dim: 4 }),
      },
    ],
  },
];

export const TEMPLATES: readonly Template[] = TEMPLATE_GROUPS.flatMap(({ templates }) => templates);

/** Paths of fields that the form shows, to put an error beside its field. */
export const FIELD_PATHS: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(fieldsOf).map((field) => field.path),
);
