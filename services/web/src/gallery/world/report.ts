/** The report of a canned run that has succeeded. */
import type { Report, RunView } from "../../api/types.ts";
import { CLASSES } from "./field.ts";
import { judgesAt } from "./themes.ts";

const SHA256 = "3f9ac1d20b7e4586".repeat(4);

/** Its network learns its images by heart from epoch 15 on. */
const STUDY_CURVE = [1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((epoch) => ({
  epoch,
  error: 0.012 + 0.15 * Math.exp(-epoch / 2.5),
  cross_entropy: 0.0362 + 0.4 * Math.exp(-epoch / 2.5) + 0.0006 * Math.max(0, epoch - 15),
}));

/** A good training, although the strong test is wrong only about every thirtieth image. */
export function cannedReport(run: RunView): Report {
  const conditional = run.spec.conditional ?? false;
  const curve = [0.118, 0.071, 0.049, 0.041, 0.034, 0.0328].map((error, index) => ({
    epoch: index + 1,
    error,
    cross_entropy: 2.6 * error,
  }));
  const tester = {
    network: "conv 5×5×64, conv 3×3×128, conv 3×3×256, dense 256, dense 2",
    parameters: 1_421_826,
    precision: "mixed_bfloat16",
    seed: 0,
    epochs: 6,
    learning_rate: 0.0005,
    training_images: 8000,
    trained_on: "test" as const,
    choosing_images: 0,
    held_out_images: 2000,
  };
  const latentDim = run.spec.latent?.dim ?? 2;
  return {
    run: run.name,
    dataset: run.spec.dataset,
    architecture: "dcgan28",
    activation: "leaky_relu",
    latent_dim: latentDim,
    conditional,
    seed: 0,
    batch_size: 256,
    parameters: {
      generator: { total: 1_101_632, trainable: 1_076_160, non_trainable: 25_472 },
      discriminator: { total: 212_865, trainable: 212_865, non_trainable: 0 },
    },
    epochs: run.epoch,
    stopped_early: false,
    lineage: run.lineage ?? [],
    extended_at: run.extended_at ?? [],
    seconds: run.epoch * (run.seconds_per_epoch ?? 0),
    seconds_per_epoch: run.seconds_per_epoch ?? 0,
    peak_memory_mib: 2310,
    precision: "mixed_bfloat16",
    generator_loss: 0.74,
    discriminator_loss: 1.33,
    weak_test: null,
    strong_test: {
      error: 0.0328,
      cross_entropy: 0.0853,
      p_value: 0,
      band: [0.4845, 0.5155],
      epoch: 6,
      curve,
      tester,
    },
    study_test: {
      error: 0.0121,
      cross_entropy: 0.0362,
      p_value: 0,
      band: [0.4902, 0.5098],
      epoch: 15,
      curve: STUDY_CURVE,
      tester: {
        ...tester,
        network: "conv 5×5×32, conv 3×3×64, conv 3×3×128, dense 128, dense 2, without batch normalisation",
        parameters: 355_714,
        epochs: 50,
        trained_on: "training" as const,
        training_images: 6000,
        choosing_images: 5000,
        held_out_images: 5000,
      },
    },
    study_losses:
      run.spec.dataset === "mnist" && latentDim === 2 && !conditional
        ? [
            { epochs: 1000, cross_entropy: 0.0055 },
            { epochs: 5000, cross_entropy: 0.0154 },
          ]
        : [],
    classifier: {
      sha256: SHA256,
      accuracy: 0.994,
      loss: 0.0176,
      validation_error: 0.006,
      image_shape: [28, 28, 1],
      classes: CLASSES.length,
    },
    quality: {
      classifier_sha256: SHA256,
      feature_dim: 128,
      real_images: 10_000,
      generated_images: 10_000,
      frechet_distance: 9.42,
      frechet_floor: 0.213,
      kernel_distance: 0.0641,
      kernel_distance_std: 0.0032,
      kernel_subset_size: 1000,
      precision: 0.912,
      recall: 0.436,
      density: 1.04,
      coverage: 0.671,
      classifier_score: 9.31,
      classifier_score_real: 9.81,
    },
    label_fidelity: conditional
      ? {
          overall: 0.976,
          labels: Object.fromEntries(CLASSES.map((name, id) => [name, 1 - 0.008 * (id % 5)])),
        }
      : null,
    judges: { epoch: run.epoch, figures: judgesAt(1) },
    pixel_coverage: {
      epoch: run.epoch,
      median_distance: 0.214,
      covered: 0.57,
      classes: Object.fromEntries(
        CLASSES.map((name, id) => {
          const covered = [0.71, 0.93, 0.48, 0.55, 0.39, 0.31, 0.66, 0.74, 0.42, 0.51][id] ?? 0.5;
          return [
            name,
            {
              images: 980 + ((id * 37) % 160),
              median_distance: 0.3 - 0.16 * covered,
              usual_distance: 0.19 + 0.01 * (id % 4),
              covered,
            },
          ];
        }),
      ),
    },
    shares: run.metrics?.shares ?? null,
    map_change: run.metrics?.map_change ?? null,
    dead_units: run.metrics?.dead_units ?? null,
    warnings: [],
    libraries: {},
  };
}
