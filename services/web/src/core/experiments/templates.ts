/** Experiments to start from. */
import type { SpecDraft } from "../../api/types.ts";
import { ACTIVATION_NAMES, CONDITIONING_NAMES, LOSS_NAMES } from "../vocabulary/training.ts";
import type { ExperimentDraft } from "./draft.ts";

export interface ExperimentTemplate {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly draft: Omit<ExperimentDraft, "name">;
}

/** What the runs of an experiment share; all else has its default. */
const base = (dataset: string, epochs: number, weakEvery: number): SpecDraft => ({
  dataset,
  epochs,
  monitor: { map_every: weakEvery, weak_test_every: weakEvery },
  export: { every: epochs },
});
const DIGITS = base("digits", 100, 20);
const SEEDS = [0, 1, 2];

/** Generators with each activation, against one and the same discriminator. */
const activations = (shared: SpecDraft): ExperimentTemplate["draft"] => ({
  base: {
    ...shared,
    network: { discriminator_activation: { name: "leaky_relu", negative_slope: 0.3 } },
  },
  vary: [{ path: "network.activation.name", values: ACTIVATION_NAMES }],
  seeds: SEEDS,
});

export const EXPERIMENT_TEMPLATES: readonly ExperimentTemplate[] = [
  {
    id: "activations-digits",
    title: "Activations, digits",
    text: "Which activation makes the best generator? Each with three seeds on small digits, against one and the same discriminator.",
    draft: activations(DIGITS),
  },
  {
    id: "activations-mnist",
    title: "Activations, MNIST",
    text: "The founding study's comparison of generators: 500 epochs, measured every 100. It takes days without a GPU.",
    draft: activations(base("mnist", 500, 100)),
  },
  {
    id: "dimensions-digits",
    title: "Dimensions, digits",
    text: "How much better are three or four latent dimensions than two?",
    draft: { base: DIGITS, vary: [{ path: "latent.dim", values: [2, 3, 4] }], seeds: SEEDS },
  },
  {
    id: "folds-digits",
    title: "Folds, digits",
    text: "What do none to three folds of a two-dimensional space gain, and what do they do to its map?",
    draft: { base: DIGITS, vary: [{ path: "latent.folds", values: [0, 1, 2, 3] }], seeds: SEEDS },
  },
  {
    id: "conditioning-digits",
    title: "Conditioning, digits",
    text: "Multiply or projection: which one shows the digit that was asked for? Compare them by their label fidelity.",
    draft: {
      base: { ...DIGITS, conditional: true, latent: { dim: 3 } },
      vary: [{ path: "network.conditioning", values: CONDITIONING_NAMES }],
      seeds: SEEDS,
    },
  },
  {
    id: "losses-digits",
    title: "Losses, digits",
    text: "Which way of scoring the discriminator works best? All with both gradient penalties, which the relativistic loss is meant to have.",
    draft: {
      base: { ...DIGITS, network: { dropout: 0 }, regularization: { r1: 1, r2: 1 } },
      vary: [{ path: "loss", values: LOSS_NAMES }],
      seeds: SEEDS,
    },
  },
];
