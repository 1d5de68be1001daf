/** The curves of the step sizes of a training that goes on. */
import type { StepSizes } from "../../api/types.ts";
import type { Sample } from "../maths/scale.ts";

export interface StepSizeCurve {
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** One curve where both networks have the same step sizes. */
export function stepSizeCurves({ epochs, generator, discriminator }: StepSizes): StepSizeCurve[] {
  const samples = (sizes: readonly number[]) =>
    epochs.map((epoch, index): Sample => [epoch, sizes[index] ?? 0]);
  if (generator.every((size, index) => size === discriminator[index])) {
    return [{ label: "both networks", samples: samples(generator) }];
  }
  return [
    { label: "generator", samples: samples(generator) },
    { label: "discriminator", samples: samples(discriminator) },
  ];
}
