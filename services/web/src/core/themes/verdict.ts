/** What discriminator and two-sample network say of an image, in one sentence. */

export type Opinion = "real" | "generated" | "unsure";

/** How far a probability lies from one half at least where a network has an opinion. */
const SURE = 0.05;

/** @param probability of being a real image, 0 to 1. */
export function opinionOf(probability: number): Opinion {
  if (Math.abs(probability - 0.5) < SURE) return "unsure";
  return probability > 0.5 ? "real" : "generated";
}

const SENTENCES: Readonly<Record<Opinion, Readonly<Record<Opinion, string>>>> = {
  real: {
    real: "Both take this for real: the discriminator, and a network that was trained apart from it.",
    generated: "The discriminator takes this for real, an independent network does not.",
    unsure: "The discriminator takes this for real, an independent network cannot tell.",
  },
  generated: {
    real: "The discriminator takes this for generated, an independent network takes it for real.",
    generated:
      "Both take this for generated: the discriminator, and a network that was trained apart from it.",
    unsure: "The discriminator takes this for generated, an independent network cannot tell.",
  },
  unsure: {
    real: "The discriminator cannot tell, an independent network takes this for real.",
    generated: "The discriminator cannot tell, an independent network takes this for generated.",
    unsure: "Neither can tell whether this is real: not the discriminator, and not an independent network.",
  },
};

/** @param discriminator and `twoSample`: probabilities of being a real image, 0 to 1. */
export function verdictOf(discriminator: number, twoSample: number): string {
  return SENTENCES[opinionOf(discriminator)][opinionOf(twoSample)];
}
