/**
 * What a training spec can choose from, by the names of the API, in words for people. Each table is checked
 * against the API's schema: a name or a parameter that the API gains fails the type check until it is here.
 */
import type { Components } from "../../api/types.ts";
import { type Knob, optionsOf } from "./knobs.ts";

type Spec = Components["TrainingSpec"];
type Network = Components["NetworkSpec"];
type Activation = NonNullable<Network["activation"]>;
type Optimizer = NonNullable<Components["Optimizers"]["generator"]>;

export type ActivationName = Activation["name"];
export type OptimizerName = Optimizer["name"];
type LossName = NonNullable<Spec["loss"]>;

/** A part of the spec that is chosen by its name, with a knob for each parameter of its own. */
interface Choice<U extends { readonly name: string }, N extends U["name"]> {
  readonly label: string;
  readonly parameters: {
    readonly [P in Exclude<keyof Extract<U, { readonly name: N }>, "name">]-?: Knob;
  };
}

const negativeSlope: Knob = {
  label: "Slope below zero",
  kind: "number",
  help: "0 cuts negative inputs off, 1 makes a straight line.",
};
const randomSlope = "RReLU draws its slope at random between these two while training.";

export const ACTIVATIONS = {
  relu: {
    label: "ReLU",
    parameters: {
      negative_slope: negativeSlope,
      max_value: {
        label: "Upper limit",
        kind: "number",
        automatic: "none",
        help: "Outputs above it are cut off.",
      },
      threshold: { label: "Threshold", kind: "number", help: "Inputs below it are cut off." },
    },
  },
  leaky_relu: { label: "Leaky ReLU", parameters: { negative_slope: negativeSlope } },
  prelu: {
    label: "PReLU",
    parameters: {
      initial_slope: {
        label: "Initial slope",
        kind: "number",
        help: "PReLU learns the slope below zero for each channel; this is where it starts.",
      },
    },
  },
  elu: {
    label: "ELU",
    parameters: {
      alpha: {
        label: "Alpha",
        kind: "number",
        help: "The output for very negative inputs approaches minus this value.",
      },
    },
  },
  rrelu: {
    label: "RReLU",
    parameters: {
      lower: { label: "Smallest slope", kind: "number", help: randomSlope },
      upper: { label: "Largest slope", kind: "number", help: randomSlope },
    },
  },
} as const satisfies { readonly [N in ActivationName]: Choice<Activation, N> };

export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as readonly ActivationName[];

export const SCHEDULES = {
  constant: "stays the same",
  cosine: "falls to zero",
} as const satisfies Record<NonNullable<Optimizer["schedule"]>, string>;

const learningRate: Knob = {
  label: "Learning rate",
  kind: "number",
  help: "Size of each step. Too large: the losses oscillate. Too small: learning takes very long.",
};
const schedule: Knob = {
  label: "Step size over time",
  kind: "choice",
  options: optionsOf(SCHEDULES),
  help: "If it falls, the map settles towards the end of the training.",
};

const ADAM = {
  learning_rate: learningRate,
  schedule,
  beta_1: {
    label: "Momentum β₁",
    kind: "number",
    help: "How much of the past gradients is kept. Many GANs train more stably at 0.5 than at 0.9.",
  },
  beta_2: {
    label: "Decay β₂",
    kind: "number",
    help: "How long the size of past gradients is remembered, by which each step is scaled. 0.999 is usual.",
  },
  epsilon: {
    label: "Epsilon",
    kind: "number",
    help: "Keeps the scaling finite where gradients vanish. Rarely changed.",
  },
} as const satisfies Record<string, Knob>;

export const OPTIMIZERS = {
  adam: { label: "Adam", parameters: ADAM },
  nadam: { label: "Nadam", parameters: ADAM },
  sgd: {
    label: "SGD",
    parameters: {
      learning_rate: learningRate,
      schedule,
      momentum: { label: "Momentum", kind: "number", help: "Share of the last step that is kept." },
      nesterov: {
        label: "Nesterov momentum",
        kind: "switch",
        help: "Evaluates the gradient one step ahead along the momentum, so that it slows down in time.",
      },
    },
  },
} as const satisfies { readonly [N in OptimizerName]: Choice<Optimizer, N> };

export const LOSSES = {
  bce: "Binary cross-entropy",
  mse: "Mean squared error",
  mae: "Mean absolute error",
  hinge: "Hinge",
  relativistic: "Relativistic",
} as const satisfies Record<LossName, string>;

export const LOSS_NAMES = Object.keys(LOSSES) as readonly LossName[];

export const CONDITIONINGS = {
  multiply: "Multiply",
  projection: "Projection",
} as const satisfies Record<NonNullable<Network["conditioning"]>, string>;

export const CONDITIONING_NAMES = Object.keys(CONDITIONINGS);

export const ARCHITECTURES = {
  dcgan28: "dcgan28, 28 × 28",
  dcgan64: "dcgan64, 64 × 64",
} as const satisfies Record<NonNullable<Network["architecture"]>, string>;

export const PRIORS = {
  uniform: "Uniform on [−1, 1]",
  normal: "Normal",
} as const satisfies Record<NonNullable<Components["Latent"]["prior"]>, string>;

export const KEPT_STATES = {
  last: "the newest",
  all: "of every version",
} as const satisfies Record<NonNullable<NonNullable<Spec["export"]>["states"]>, string>;

export const PRECISIONS = {
  auto: "Automatic",
  float32: "float32",
  mixed_bfloat16: "mixed bfloat16",
} as const satisfies Record<NonNullable<Spec["precision"]>, string>;
