/** The curves of the step sizes of a training that goes on. */
import type { StepSizes } from "../../api/types.ts";
import type { Sample } from "../maths/scale.ts";

export interface StepSizeCurve {
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** One curve where both networks have the same step sizes. Where the training goes on, they jump. */
export function stepSizeCurves(sizes: StepSizes): StepSizeCurve[] {
  const { epochs, generator, discriminator, goes_on_after } = sizes;
  const samples = (own: readonly number[]) =>
    epochs.flatMap((epoch, index): Sample[] => {
      const size = own[index] ?? 0;
      const next = own[index + 1] ?? size;
      const jumps = epoch === goes_on_after && next !== size;
      return jumps
        ? [
            [epoch, size],
            [epoch, next],
          ]
        : [[epoch, size]];
    });
  if (generator.every((size, index) => size === discriminator[index])) {
    return [{ label: "both networks", samples: samples(generator) }];
  }
  return [
    { label: "generator", samples: samples(generator) },
    { label: "discriminator", samples: samples(discriminator) },
  ];
}
