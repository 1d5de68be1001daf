/**
 * What is measured of a run: the metrics that the API compares in experiments. Each has its words, its format,
 * and how it is read from an epoch.
 */
import type { Components, EpochFigures, RunView } from "../../api/types.ts";
import { duration, figure, percent } from "../text/format.ts";

export type Metric = Components["Comparison"]["metric"];
export type Unit = "%" | "";

export interface MetricWords {
  readonly label: string;
  /** For the head of a narrow column. */
  readonly short: string;
  readonly format: (value: number) => string;
  /** Unit of a chart's vertical axis. */
  readonly unit: Unit;
  readonly help: string;
  /** What it is while nothing tells the images from real ones: see `guessingMarks`; absent: nothing certain. */
  readonly guessing?: "error" | "cross-entropy" | keyof NonNullable<RunView["guessing"]>;
  /** Whether it can be less than zero. */
  readonly signed?: true;
  /** Its value at an epoch; absent: it is not measured epoch by epoch. */
  readonly ofEpoch?: (figures: EpochFigures) => number | null | undefined;
}

/** A class that covers less of the map than this counts as lost. */
export const LOST_CLASS = 0.005;

/** Number of classes that the map shows, by their shares of it. */
export function classesShown(shares: Readonly<Record<string, number>>): number {
  return Object.values(shares).filter((share) => share >= LOST_CLASS).length;
}

const LOSS_HELP = "Says little about quality; losses of different kinds cannot be compared.";

export const METRICS = {
  weak_test_error: {
    label: "Weak two-sample test, error",
    short: "Two-sample error",
    format: percent,
    unit: "%",
    help: "How often a small network, trained on the spot to tell generated from real images, is wrong. 50\u00a0% is perfect.",
    guessing: "error",
    ofEpoch: ({ weak_test }) => weak_test?.error,
  },
  weak_test_cross_entropy: {
    label: "Weak two-sample test, cross-entropy",
    short: "Two-sample cross-entropy",
    format: figure,
    unit: "",
    help: "How uncertain that network is. 0.69 is pure guessing, which is perfect.",
    guessing: "cross-entropy",
    ofEpoch: ({ weak_test }) => weak_test?.cross_entropy,
  },
  strong_test_cross_entropy: {
    label: "Strong two-sample test, cross-entropy",
    short: "Strong test cross-entropy",
    format: figure,
    unit: "",
    help: "The thorough test at the end of each training: how uncertain its network is. 0.69 is pure guessing, which is perfect.",
  },
  strong_test_error: {
    label: "Strong two-sample test, error",
    short: "Strong test error",
    format: percent,
    unit: "%",
    help: "The thorough test at the end of each training. 50\u00a0% is perfect.",
  },
  study_test_cross_entropy: {
    label: "Test of the founding study, cross-entropy",
    short: "Study's test cross-entropy",
    format: figure,
    unit: "",
    help: "The test at the end as the founding study made it, with a plain network. 0.69 is pure guessing, which is perfect.",
  },
  study_test_error: {
    label: "Test of the founding study, error",
    short: "Study's test error",
    format: percent,
    unit: "%",
    help: "The same test: how often its network is wrong. 50\u00a0% is perfect.",
  },
  frechet_distance: {
    label: "Fréchet distance",
    short: "Fréchet distance",
    format: figure,
    unit: "",
    help: "How far the generated images are from the real ones as a whole, in what the classifier sees of them. 0 is best.",
  },
  kernel_distance: {
    label: "Kernel distance",
    short: "Kernel distance",
    format: figure,
    unit: "",
    help: "As the Fréchet distance, by a kernel (KID), which is fairer to small numbers of images. 0 is best.",
    signed: true,
  },
  precision: {
    label: "Precision of the images",
    short: "Precision",
    format: percent,
    unit: "%",
    help: "Share of the generated images that lie among real ones: how many of them could be real.",
  },
  recall: {
    label: "Recall",
    short: "Recall",
    format: percent,
    unit: "%",
    help: "Share of the real images that lie among generated ones: how much of what there is can be generated.",
  },
  density: {
    label: "Density",
    short: "Density",
    format: figure,
    unit: "",
    help: "How densely real images surround generated ones. Real images have 1.",
  },
  coverage: {
    label: "Coverage",
    short: "Coverage",
    format: percent,
    unit: "%",
    help: "Share of the real images that have a generated one among their neighbours. A generator that leaves kinds of images out covers little.",
  },
  classifier_score: {
    label: "Classifier score",
    short: "Classifier score",
    format: figure,
    unit: "",
    help: "High if the classifier is sure of each image and all classes occur; at most the number of classes.",
  },
  pixel_coverage: {
    label: "Coverage in pixels",
    short: "Coverage in pixels",
    format: percent,
    unit: "%",
    help: "Share of the held-out images that the map comes at least as near to as the mean of their class usually does.",
  },
  pixel_distance: {
    label: "Distance from the map, in pixels",
    short: "Distance in pixels",
    format: figure,
    unit: "",
    help: "How far a held-out image usually is from the nearest image of the map. 0 is best.",
  },
  label_fidelity: {
    label: "Label fidelity",
    short: "Label fidelity",
    format: percent,
    unit: "%",
    help: "Conditional trainings: share of the images that show the class that was asked for.",
  },
  generator_loss: {
    label: "Generator loss",
    short: "Generator loss",
    format: figure,
    unit: "",
    help: LOSS_HELP,
    guessing: "generator",
    ofEpoch: ({ generator_loss }) => generator_loss,
  },
  discriminator_loss: {
    label: "Discriminator loss",
    short: "Discriminator loss",
    format: figure,
    unit: "",
    help: LOSS_HELP,
    guessing: "discriminator",
    ofEpoch: ({ discriminator_loss }) => discriminator_loss,
  },
  classes: {
    label: "Classes on the map",
    short: "Classes",
    format: figure,
    unit: "",
    help: "Classes that cover at least 0.5\u00a0% of the map. When the number falls, the generator is losing classes.",
    ofEpoch: ({ shares }) => (shares ? classesShown(shares) : undefined),
  },
  map_change: {
    label: "Map change",
    short: "Map change",
    format: percent,
    unit: "%",
    help: "Share of the map whose class has changed since the previous map. If it is small, the training has settled.",
    ofEpoch: ({ map_change }) => map_change,
  },
  judges_agreement: {
    label: "Agreement of the judges",
    short: "Judges' agreement",
    format: figure,
    unit: "",
    signed: true,
    help: "Rank correlation of the discriminator's and the two-sample network's opinion over the map: 1, they order the points alike; 0, they have nothing in common.",
    ofEpoch: ({ judges }) => judges?.agreement,
  },
  discriminator_alone: {
    label: "Real to the discriminator alone",
    short: "Discriminator alone",
    format: percent,
    unit: "%",
    help: "Share of the map that the discriminator takes for real and the two-sample network does not.",
    ofEpoch: ({ judges }) => judges?.discriminator_alone,
  },
  two_sample_alone: {
    label: "Real to the two-sample network alone",
    short: "Two-sample alone",
    format: percent,
    unit: "%",
    help: "Share of the map that the two-sample network takes for real and the discriminator does not.",
    ofEpoch: ({ judges }) => judges?.two_sample_alone,
  },
  discriminator_calibration: {
    label: "Calibration error, discriminator",
    short: "Discriminator, calibration",
    format: percent,
    unit: "%",
    help: "How far the discriminator's probabilities are from the truth on held-out images. At 0, of those that it calls 80\u00a0% real, 80\u00a0% are.",
    ofEpoch: ({ judges }) => judges?.discriminator_calibration,
  },
  two_sample_calibration: {
    label: "Calibration error, two-sample network",
    short: "Two-sample, calibration",
    format: percent,
    unit: "%",
    help: "The same of the two-sample network.",
    ofEpoch: ({ judges }) => judges?.two_sample_calibration,
  },
  stretch_mean: {
    label: "Mean stretch",
    short: "Mean stretch",
    format: figure,
    unit: "",
    help: "How far the image moves for a step in the latent space, on average over the map, in pixel values per unit.",
    ofEpoch: ({ judges }) => judges?.stretch_mean,
  },
  surface: {
    label: "Generated surface",
    short: "Surface",
    format: figure,
    unit: "",
    help: "Area or volume of all images of the map, in pixel values to the power of the dimensions.",
    ofEpoch: ({ judges }) => judges?.surface,
  },
  dead_units: {
    label: "Dead units, worst layer",
    short: "Dead units",
    format: percent,
    unit: "%",
    help: "Share of units that are zero for every image, in the layer with the most of them.",
    ofEpoch: ({ dead_units }) => (dead_units ? Math.max(0, ...Object.values(dead_units)) : undefined),
  },
  seconds: {
    label: "Time per epoch",
    short: "Time per epoch",
    format: duration,
    unit: "",
    help: "Seconds for one epoch, including monitoring.",
    ofEpoch: ({ seconds }) => seconds,
  },
  peak_memory: {
    label: "Peak memory",
    short: "Peak memory",
    format: (value) => `${figure(value)} MiB`,
    unit: "",
    help: "The most memory that the training process held.",
  },
} as const satisfies Readonly<Record<Metric, MetricWords>>;

export const METRIC_NAMES = Object.keys(METRICS) as Metric[];
