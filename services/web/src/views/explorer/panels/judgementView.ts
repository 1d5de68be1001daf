/** What the three judges say of one image: a sentence, two probabilities around one half, and all classes. */
import type { Judgement } from "../../../api/types.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { figure, percent } from "../../../core/text/format.ts";
import { verdictOf } from "../../../core/themes/verdict.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { opinion } from "../../shared/opinion.ts";

const WORDS = {
  discriminator: {
    label: "Discriminator",
    brief: "Discriminator",
    help: "Trained against this generator, at this epoch",
  },
  two_sample: {
    label: "Two-sample network",
    brief: "Two-sample net",
    help: "Trained apart, at this export, to tell generated images from real ones",
  },
} as const;

export class JudgementView {
  readonly #sentence = h("p", { class: "judges-verdict", role: "status" });
  readonly #opinions = h("div", { class: "opinions" });
  readonly #classes = h("dl", { class: "judged-classes" });
  readonly element = h(
    "div",
    { class: "judgement" },
    this.#sentence,
    h(
      "div",
      { class: "judges" },
      h(
        "section",
        {},
        h("h3", {}, "Real or generated?"),
        this.#opinions,
        h(
          "p",
          { class: "opinion-scale", "aria-hidden": "true" },
          h("span", {}, "generated"),
          h("span", {}, "50 %"),
          h("span", {}, "real"),
        ),
      ),
      h("section", {}, h("h3", {}, "Classifier"), this.#classes),
    ),
  );

  show(judgement: Judgement): void {
    const { classes, discriminator, two_sample } = judgement;
    setText(this.#sentence, verdictOf(discriminator.probability, two_sample.probability));
    fill(this.#opinions, opinionsOf(judgement));
    fill(
      this.#classes,
      classes.map(({ label, index, probability }) =>
        h(
          "div",
          { class: probability < 0.005 ? "unlikely" : "" },
          h("dt", {}, h("span", { class: "swatch", style: { background: classColour(index) } }), label),
          h(
            "dd",
            {},
            h(
              "span",
              { class: "judged-track", "aria-hidden": "true" },
              h("span", {
                class: "judged-bar",
                style: { width: `${probability * 100}%`, background: classColour(index) },
              }),
            ),
            h("span", { class: "judged-share" }, percent(probability)),
          ),
        ),
      ),
    );
  }
}

/** Whether discriminator and two-sample network take an image for real, each as a line with a bar. */
function opinionsOf({ discriminator, two_sample }: Judgement): HTMLElement[] {
  const { help, label } = WORDS.discriminator;
  return [
    opinion(label, discriminator.probability, { help, more: `score ${figure(discriminator.score)}` }),
    opinion(WORDS.two_sample.label, two_sample.probability, { help: WORDS.two_sample.help }),
  ];
}

/** The same in few words. */
export function briefOpinionsOf({ discriminator, two_sample }: Judgement): HTMLElement[] {
  return [
    opinion(WORDS.discriminator.brief, discriminator.probability, { help: WORDS.discriminator.help }),
    opinion(WORDS.two_sample.brief, two_sample.probability, { help: WORDS.two_sample.help }),
  ];
}
