/** Runs that grew from one another: a root that was extended, forks, a fork of a fork, and a deleted one. */
import type { RunView } from "../../api/types.ts";
import { type CannedRun, cannedRun } from "./runs.ts";

type Origin = NonNullable<RunView["origin"]>;

const CHANGED_RATE = [
  { field: "optimizer.generator.learning_rate", before: 0.0001, after: 0.0004 },
  { field: "optimizer.generator.schedule", before: "constant", after: "cosine" },
];
const CHANGED_LOSS = [
  { field: "loss", before: "bce", after: "hinge" },
  { field: "optimizer.discriminator.name", before: "adam", after: "nadam" },
];
const taken: Origin["taken_over"] = {
  generator_optimizer: "taken",
  discriminator_optimizer: "taken",
  average: "none",
};

export function familyRuns(): CannedRun[] {
  const plot = { state: "succeeded" as const, dataset: "mnist", allStates: true, seconds: 71 };
  return [
    cannedRun({ ...plot, name: "plain", epoch: 80, epochs: 80, hoursAgo: 30, extendedAt: [50] }),
    cannedRun({
      ...plot,
      name: "warmer",
      epoch: 90,
      epochs: 90,
      hoursAgo: 20,
      drift: [0, 0.34],
      lineage: [{ run: "plain", epoch: 20 }],
      origin: { changes: CHANGED_RATE, taken_over: taken },
      settings: { optimizer: { generator: { learning_rate: 0.0004, schedule: "cosine" } } },
    }),
    cannedRun({
      ...plot,
      name: "hinge",
      epoch: 70,
      epochs: 70,
      hoursAgo: 9,
      drift: [0, -0.22],
      lineage: [{ run: "plain", epoch: 40 }],
      origin: { changes: CHANGED_LOSS, taken_over: { ...taken, discriminator_optimizer: "begun_anew" } },
      settings: { loss: "hinge" },
    }),
    cannedRun({
      ...plot,
      name: "hinge-smoothed",
      state: "running",
      epoch: 73,
      epochs: 100,
      hoursAgo: 0.4,
      drift: [-0.2, -0.36],
      lineage: [
        { run: "hinge", epoch: 60 },
        { run: "plain", epoch: 40 },
      ],
      origin: {
        changes: [{ field: "regularization.ema", before: 0, after: 0.999 }],
        taken_over: { ...taken, average: "begun_anew" },
      },
      settings: { loss: "hinge", regularization: { ema: 0.999 } },
    }),
    cannedRun({
      ...plot,
      name: "narrow-again",
      epoch: 60,
      epochs: 60,
      hoursAgo: 12,
      drift: [0.06, 0.16],
      lineage: [
        { run: "narrow", epoch: 30 },
        { run: "plain", epoch: 10 },
      ],
      origin: { changes: [], taken_over: taken },
    }),
  ];
}

/** A fork that has trained nothing yet. */
export function waitingFork(): CannedRun[] {
  return [
    ...familyRuns(),
    cannedRun({
      name: "patient",
      state: "queued",
      dataset: "mnist",
      epoch: 40,
      epochs: 60,
      hoursAgo: 0.1,
      lineage: [{ run: "plain", epoch: 40 }],
      origin: { changes: [{ field: "batch_size", before: 256, after: 64 }], taken_over: taken },
    }),
  ];
}
