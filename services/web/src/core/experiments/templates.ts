/** Experiments to start from. */
import { ACTIVATION_NAMES } from "../vocabulary/training.ts";
import type { ExperimentDraft } from "./draft.ts";

export interface ExperimentTemplate {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly draft: Omit<ExperimentDraft, "name">;
}

const activations = (dataset: string, epochs: number, weakEvery: number): ExperimentTemplate["draft"] => ({
  base: {
    dataset,
    epochs,
    monitor: { map_every: weakEvery, weak_test_every: weakEvery },
    export: { every: epochs },
  },
  vary: [{ path: "network.activation.name", values: ACTIVATION_NAMES }],
  seeds: [0, 1, 2],
});

export const EXPERIMENT_TEMPLATES: readonly ExperimentTemplate[] = [
  {
    id: "activations-digits",
    title: "Activations, digits",
    text: "Which activation learns best? Five of them on small digits, three seeds each.",
    draft: activations("digits", 100, 20),
  },
  {
    id: "activations-mnist",
    title: "Activations, MNIST",
    text: "The founding study's comparison: 500 epochs, measured every 100. It takes days without a GPU.",
    draft: activations("mnist", 500, 100),
  },
  {
    id: "dimensions-digits",
    title: "Dimensions, digits",
    text: "How much better are three or four latent dimensions than two?",
    draft: { ...activations("digits", 100, 20), vary: [{ path: "latent.dim", values: [2, 3, 4] }] },
  },
];
