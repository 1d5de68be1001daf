/**
 * The figures of a report in words for people: one entry for each field of the API's report. A field that the
 * API gains fails the type check until it is here.
 */
import type { Components, Report } from "../../api/types.ts";
import { extensionWords, lineageWords } from "../growth/words.ts";
import { duration, figure, integer, percent } from "../text/format.ts";
import { classesShown, METRICS } from "./metrics.ts";

type Quality = Components["QualityFigures"];
type Judges = Components["JudgeFigures"];

/** A report, or as much of one as is known of a run that has none. */
export type PartialReport = Partial<Report> &
  Pick<Report, "dataset" | "latent_dim" | "conditional" | "epochs" | "warnings">;

export interface ReportRow {
  readonly label: string;
  /** What it means, for readers who meet it for the first time. */
  readonly help: string;
  /** With its unit; nothing where it was not measured. */
  readonly text: (report: PartialReport) => string | null | undefined;
  /** Whether the page of the run says it in another place: its head, a card, a chart, or the settings. */
  readonly elsewhere?: (report: PartialReport) => boolean;
}

const always = () => true;

export interface QualityWords {
  readonly label: string;
  readonly text: (quality: Quality) => string;
  /** What stands below the label on the card of quality figures. */
  readonly note: (quality: Quality) => string;
  /** Its row in the table of the report; absent: it has none. */
  readonly row?: { readonly label: string; readonly help: string };
}

interface JudgeWords extends Pick<ReportRow, "label" | "help" | "elsewhere"> {
  readonly text: (figures: Judges) => string | undefined;
}

/** Fields that describe how the quality was measured. */
type QualityContext =
  | "classifier_sha256"
  | "feature_dim"
  | "real_images"
  | "generated_images"
  | "frechet_floor"
  | "kernel_distance_std"
  | "kernel_subset_size"
  | "classifier_score_real";

export const QUALITY = {
  frechet_distance: {
    label: "Fréchet distance",
    text: (quality) => figure(quality.frechet_distance),
    note: (quality) => `0 is best; training images have ${figure(quality.frechet_floor)}`,
    row: METRICS.frechet_distance,
  },
  kernel_distance: {
    label: "Kernel distance",
    text: (quality) => `${figure(quality.kernel_distance)} ± ${figure(quality.kernel_distance_std)}`,
    note: () => "0 is best",
  },
  precision: {
    label: "Precision",
    text: (quality) => percent(quality.precision),
    note: () => "generated images that lie among real ones",
    row: METRICS.precision,
  },
  recall: {
    label: "Recall",
    text: (quality) => percent(quality.recall),
    note: () => "real images that lie among generated ones",
    row: METRICS.recall,
  },
  density: {
    label: "Density",
    text: (quality) => figure(quality.density),
    note: () => "how densely real images surround generated ones; real images have 1",
  },
  coverage: {
    label: "Coverage",
    text: (quality) => percent(quality.coverage),
    note: () => "real images that have a generated neighbour",
    row: METRICS.coverage,
  },
  classifier_score: {
    label: "Classifier score",
    text: (quality) => figure(quality.classifier_score),
    note: (quality) =>
      `clear and varied classes; real images have ${figure(quality.classifier_score_real)}`,
  },
} as const satisfies Readonly<Record<Exclude<keyof Quality, QualityContext>, QualityWords>>;

const QUALITY_ROWS: readonly ReportRow[] = Object.values<QualityWords>(QUALITY).flatMap(({ row, text }) =>
  row
    ? [
        {
          label: row.label,
          help: row.help,
          text: ({ quality }: PartialReport) => (quality ? text(quality) : undefined),
          elsewhere: always,
        },
      ]
    : [],
);

const optional = (value: number | null | undefined, words: (value: number) => string) =>
  value === null || value === undefined ? undefined : words(value);

/** A difference of images. */
const inPixels = (value: number) => `${figure(value)} pixel values`;

/** The judges' figures, in the order of the table: each with its unit and one line of explanation. */
const JUDGES = {
  agreement: {
    label: "Agreement of the judges",
    help: "Rank correlation of the discriminator's and the two-sample network's opinion over the map, −1 to 1.",
    text: ({ agreement }) => optional(agreement, figure),
    elsewhere: always,
  },
  discriminator_alone: {
    label: "Real to the discriminator alone",
    help: METRICS.discriminator_alone.help,
    text: ({ discriminator_alone }) => `${percent(discriminator_alone)} of the map`,
    elsewhere: always,
  },
  two_sample_alone: {
    label: "Real to the two-sample network alone",
    help: METRICS.two_sample_alone.help,
    text: ({ two_sample_alone }) => `${percent(two_sample_alone)} of the map`,
    elsewhere: always,
  },
  discriminator_calibration: {
    label: "Calibration error, discriminator",
    help: METRICS.discriminator_calibration.help,
    text: ({ discriminator_calibration }) => percent(discriminator_calibration),
    elsewhere: always,
  },
  two_sample_calibration: {
    label: "Calibration error, two-sample network",
    help: "How far the two-sample network's probabilities are from the truth on held-out images.",
    text: ({ two_sample_calibration }) => percent(two_sample_calibration),
    elsewhere: always,
  },
  stretch_mean: {
    label: "Mean stretch",
    help: "How far the image moves for a step in the latent space, on average over the map.",
    text: ({ stretch_mean }) => `${figure(stretch_mean)} pixel values per unit`,
    elsewhere: always,
  },
  stretch_range: {
    label: "95\u00a0% range of stretch",
    help: "95\u00a0% of the map lie between these values.",
    text: ({ stretch_range: [low = 0, high = 0] }) =>
      `${figure(low)} to ${figure(high)} pixel values per unit`,
  },
  surface: {
    label: "Generated surface",
    help: "Area, volume or more of the images of the whole map: the stretch to the power of the dimensions, summed over the latent box.",
    text: ({ surface }) => `${figure(surface)} pixel values^d`,
  },
} as const satisfies Readonly<Record<keyof Judges, JudgeWords>>;

const JUDGES_ROWS: readonly ReportRow[] = Object.values<JudgeWords>(JUDGES).map(({ text, ...words }) => ({
  ...words,
  text: ({ judges }) => judges && text(judges.figures),
}));

/** A founding study's loss with the epochs of its training. */
const studyLoss = ({ epochs, cross_entropy }: Components["StudyLoss"]) =>
  `${figure(cross_entropy)}${epochs === null ? "" : ` after ${integer(epochs)} epochs`}`;

/** What the founding study reached in the same latent space, in words; empty where it has nothing like it. */
export const studyLosses = ({ study_losses = [] }: Pick<Partial<Report>, "study_losses">) =>
  study_losses.map(studyLoss).join(", ");

/** In the order of the table; null: the field has no row of its own. */
const FIELDS: Readonly<Record<keyof Report, ReportRow | readonly ReportRow[] | null>> = {
  /** Names the column. */
  run: null,
  dataset: {
    label: "Data set",
    help: "What it was trained on.",
    text: ({ dataset }) => dataset,
    elsewhere: always,
  },
  latent_dim: {
    label: "Latent space",
    help: "How many numbers describe an image.",
    text: ({ latent_dim, conditional }) => `${latent_dim}D${conditional ? ", conditional" : ""}`,
    elsewhere: always,
  },
  /** In the row of `latent_dim`. */
  conditional: null,
  architecture: {
    label: "Network",
    help: "Architecture and activation.",
    text: ({ architecture, activation }) => [architecture, activation].filter(Boolean).join(", "),
    elsewhere: always,
  },
  /** In the row of `architecture`. */
  activation: null,
  parameters: [
    {
      label: "Generator",
      help: "Number of its parameters, and how many of them are learnt.",
      text: ({ parameters: { generator: network } = {} }) =>
        network && `${integer(network.total)} parameters, ${integer(network.trainable)} learnt`,
    },
    {
      label: "Discriminator",
      help: "Number of its parameters.",
      text: ({ parameters: { discriminator: network } = {} }) =>
        network && `${integer(network.total)} parameters`,
    },
  ],
  epochs: {
    label: "Epochs",
    help: "How often all training images were seen.",
    text: ({ epochs, stopped_early }) => `${integer(epochs)}${stopped_early ? ", stopped early" : ""}`,
    elsewhere: ({ stopped_early }) => !stopped_early,
  },
  /** In the row of `epochs`. */
  stopped_early: null,
  lineage: {
    label: "Forked from",
    help: "The runs whose training states it grew from, the nearest first, and at which epochs.",
    text: ({ lineage }) => lineageWords(lineage) || undefined,
    elsewhere: always,
  },
  extended_at: {
    label: "Extended at",
    help: "Epochs at which it had ended and was extended to more.",
    text: ({ extended_at }) => extensionWords(extended_at) || undefined,
  },
  seconds_per_epoch: {
    label: "Time per epoch",
    help: "Including monitoring.",
    text: ({ seconds_per_epoch }) => optional(seconds_per_epoch, duration),
    elsewhere: always,
  },
  seconds: {
    label: "Total time",
    help: "All epochs, without the final tests.",
    text: ({ seconds }) => optional(seconds, duration),
    elsewhere: always,
  },
  peak_memory_mib: {
    label: "Peak memory",
    help: "Most memory that the training process held.",
    text: ({ peak_memory_mib }) => optional(peak_memory_mib, (mib) => `${integer(mib)} MiB`),
  },
  precision: { label: "Precision", help: "Of the arithmetic.", text: ({ precision }) => precision },
  batch_size: {
    label: "Batch size, seed",
    help: "Images in one step, and the number that decided every random choice.",
    text: ({ batch_size, seed }) =>
      `${optional(batch_size, integer) ?? "–"} images, ${optional(seed, String) ?? "–"}`,
    elsewhere: always,
  },
  /** In the row of `batch_size`. */
  seed: null,
  /** The losses have a chart; their last values say little. */
  generator_loss: null,
  discriminator_loss: null,
  strong_test: [
    {
      label: "Strong two-sample test",
      help: "Cross-entropy of the thorough test at the end, in nats. 0.69, pure guessing, is perfect; at 0 every generated image is recognised.",
      text: ({ strong_test }) => optional(strong_test?.cross_entropy, figure),
      elsewhere: always,
    },
    {
      label: "Strong test, error",
      help: "How often that test is wrong. 50\u00a0% is perfect; at 0\u00a0% every generated image is recognised.",
      text: ({ strong_test }) => optional(strong_test?.error, percent),
      elsewhere: always,
    },
  ],
  study_test: [
    {
      label: "Test of the founding study",
      help: "Cross-entropy of the test at the end as the founding study made it, with a plain network, in nats. 0.69 is perfect.",
      text: ({ study_test }) => optional(study_test?.cross_entropy, figure),
      elsewhere: always,
    },
    {
      label: "Study's test, error",
      help: "How often that test is wrong. 50\u00a0% is perfect.",
      text: ({ study_test }) => optional(study_test?.error, percent),
      elsewhere: always,
    },
  ],
  study_losses: {
    label: "The study's own loss",
    help: "What the founding study reached in the same latent space by its own network, in nats; to be set beside the cross-entropies above.",
    text: studyLosses,
    elsewhere: always,
  },
  weak_test: {
    label: "Weak two-sample test",
    help: "The last small test during the training: cross-entropy in nats (0.69 is perfect) and error (50\u00a0% is perfect).",
    text: ({ weak_test }) =>
      weak_test &&
      `${figure(weak_test.cross_entropy)}, error ${percent(weak_test.error)} at epoch ${weak_test.epoch}`,
    elsewhere: always,
  },
  quality: QUALITY_ROWS,
  judges: JUDGES_ROWS,
  pixel_coverage: [
    {
      label: "Coverage in pixels",
      help: "Share of the real test images to which the map comes at least as near as the mean image of their class usually does. It shows which classes the map lacks.",
      text: ({ pixel_coverage }) => optional(pixel_coverage?.covered, percent),
      elsewhere: always,
    },
    {
      label: "Median distance to the map",
      help: "From a real test image to the nearest image of the map: root mean square over pixels from −1 to 1.",
      text: ({ pixel_coverage }) => optional(pixel_coverage?.median_distance, inPixels),
    },
  ],
  label_fidelity: {
    label: "Label fidelity",
    help: "Share of the images that show the requested class.",
    text: ({ label_fidelity }) => optional(label_fidelity?.overall, percent),
    elsewhere: always,
  },
  map_change: {
    label: "Last map change",
    help: "Share of the map whose class changed with the last map.",
    text: ({ map_change }) => optional(map_change, percent),
    elsewhere: always,
  },
  shares: {
    label: "Classes on the last map",
    help: "Those that cover at least 0.5\u00a0% of it.",
    text: ({ shares }) => shares && `${classesShown(shares)} of ${Object.keys(shares).length}`,
    elsewhere: always,
  },
  dead_units: {
    label: "Dead units, worst layer",
    help: "Share of units that are zero for every image.",
    text: ({ dead_units }) =>
      dead_units && Object.keys(dead_units).length > 0
        ? percent(Math.max(...Object.values(dead_units)))
        : undefined,
    elsewhere: always,
  },
  classifier: {
    label: "Classifier",
    help: "The independent network that names the classes: its loss and error on real test images.",
    text: ({ classifier }) =>
      classifier && `loss ${figure(classifier.loss)}, error ${percent(classifier.validation_error)}`,
  },
  warnings: {
    label: "Warnings",
    help: "Problems that were noticed during the training.",
    text: ({ warnings }) => String(warnings?.length ?? 0),
    elsewhere: always,
  },
  /** In the report's file. */
  libraries: null,
};

export const REPORT_ROWS: readonly ReportRow[] = Object.values(FIELDS).flatMap((rows) => rows ?? []);
