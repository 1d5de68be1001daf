/** Reports as the rows of one table, a column for each run. Pure. */
import type { Report, RunView } from "../../api/types.ts";
import { duration, figure, integer, percent } from "../text/format.ts";

export interface ReportRow {
  readonly label: string;
  /** What it means, for whoever meets it for the first time. */
  readonly help: string;
  /** One for each report, in words with units; a dash where it was not measured. */
  readonly cells: readonly string[];
}

/** A report, or as much of one as can be told of a run that has none. */
export type Known = Partial<Report> &
  Pick<Report, "dataset" | "latent_dim" | "conditional" | "epochs" | "warnings">;

/** What a run tells before its report is written, or when none will be. */
export function knownOf({ spec, epoch, seconds_per_epoch, metrics, warnings }: RunView): Known {
  return {
    dataset: spec.dataset,
    architecture: spec.network?.architecture ?? null,
    activation: spec.network?.activation?.name ?? null,
    latent_dim: spec.latent?.dim ?? 2,
    conditional: spec.conditional ?? false,
    epochs: epoch,
    ...(seconds_per_epoch === null ? {} : { seconds_per_epoch }),
    batch_size: spec.batch_size ?? null,
    seed: spec.seed ?? null,
    shares: metrics?.shares ?? null,
    map_change: metrics?.map_change ?? null,
    dead_units: metrics?.dead_units ?? null,
    warnings,
  };
}

interface Line {
  readonly label: string;
  readonly help: string;
  readonly of: (report: Known) => string | null | undefined;
}

const optional = (value: number | null | undefined, words: (value: number) => string) =>
  value === null || value === undefined ? undefined : words(value);

const LINES: readonly Line[] = [
  { label: "Data set", help: "What was learned.", of: ({ dataset }) => dataset },
  {
    label: "Latent space",
    help: "How many numbers describe an image.",
    of: ({ latent_dim, conditional }) => `${latent_dim}D${conditional ? ", conditional" : ""}`,
  },
  {
    label: "Network",
    help: "Architecture and activation.",
    of: ({ architecture, activation }) => [architecture, activation].filter(Boolean).join(", "),
  },
  {
    label: "Generator",
    help: "Number of its parameters; those that are learnt.",
    of: ({ parameters: { generator: one } = {} }) =>
      one && `${integer(one.total)} parameters, ${integer(one.trainable)} learnt`,
  },
  {
    label: "Discriminator",
    help: "Number of its parameters.",
    of: ({ parameters: { discriminator: one } = {} }) => one && `${integer(one.total)} parameters`,
  },
  {
    label: "Epochs",
    help: "How often all training images were seen.",
    of: ({ epochs, stopped_early }) => `${integer(epochs)}${stopped_early ? ", stopped early" : ""}`,
  },
  {
    label: "Time per epoch",
    help: "With its monitoring.",
    of: ({ seconds_per_epoch }) => optional(seconds_per_epoch, duration),
  },
  {
    label: "Time in all",
    help: "All epochs, without the final tests.",
    of: ({ seconds }) => optional(seconds, duration),
  },
  {
    label: "Peak memory",
    help: "Most memory that the training process held.",
    of: ({ peak_memory_mib }) => optional(peak_memory_mib, (mib) => `${integer(mib)} MiB`),
  },
  { label: "Precision", help: "Of the arithmetic.", of: ({ precision }) => precision },
  {
    label: "Batch size, seed",
    help: "Images in one step; what decided every random choice.",
    of: ({ batch_size, seed }) =>
      `${optional(batch_size, integer) ?? "–"} images, ${optional(seed, String) ?? "–"}`,
  },
  {
    label: "Weak two-sample test",
    help: "Error of the last small test during the training. 50\u00a0% is perfect, 0\u00a0% fools nobody.",
    of: ({ weak_test }) => weak_test && `${percent(weak_test.error)} at epoch ${weak_test.epoch}`,
  },
  {
    label: "Strong two-sample test",
    help: "Error of the thorough test at the end. 50\u00a0% is perfect, 0\u00a0% fools nobody.",
    of: ({ strong_test }) => optional(strong_test?.error, percent),
  },
  {
    label: "Fréchet distance",
    help: "Between generated and real test images, as the classifier sees them. 0 is best.",
    of: ({ quality }) => optional(quality?.frechet_distance, figure),
  },
  {
    label: "Precision of the images",
    help: "Share of the generated images that lie among real ones.",
    of: ({ quality }) => optional(quality?.precision, percent),
  },
  {
    label: "Recall",
    help: "Share of the real images that lie among generated ones.",
    of: ({ quality }) => optional(quality?.recall, percent),
  },
  {
    label: "Coverage",
    help: "Share of the real images that have a generated neighbour.",
    of: ({ quality }) => optional(quality?.coverage, percent),
  },
  {
    label: "Label fidelity",
    help: "Share of the images that are of the class that was asked for.",
    of: ({ label_fidelity }) => optional(label_fidelity?.overall, percent),
  },
  {
    label: "Last map change",
    help: "Share of the map whose class changed with the last map.",
    of: ({ map_change }) => optional(map_change, percent),
  },
  {
    label: "Classes on the last map",
    help: "That cover at least 0.5\u00a0% of it.",
    of: ({ shares }) =>
      shares &&
      `${Object.values(shares).filter((share) => share >= 0.005).length} of ${Object.keys(shares).length}`,
  },
  {
    label: "Dead units, worst layer",
    help: "Share of units that are silent for every image.",
    of: ({ dead_units }) =>
      dead_units && Object.keys(dead_units).length > 0
        ? percent(Math.max(...Object.values(dead_units)))
        : undefined,
  },
  {
    label: "Classifier",
    help: "The independent network that names the classes: loss and error on real test images.",
    of: ({ classifier }) =>
      classifier && `loss ${figure(classifier.loss)}, error ${percent(classifier.validation_error)}`,
  },
  {
    label: "Warnings",
    help: "Troubles that were seen during the training.",
    of: ({ warnings }) => String(warnings?.length ?? 0),
  },
];

/** Rows that no report has anything for are left out. */
export function reportRows(reports: readonly Known[]): ReportRow[] {
  return LINES.map(({ label, help, of }) => ({
    label,
    help,
    cells: reports.map((report) => of(report) || "–"),
  })).filter(({ cells }) => cells.some((cell) => cell !== "–"));
}
