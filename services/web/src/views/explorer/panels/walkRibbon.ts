/** The way from A to B as a ribbon in the colours of its classes, with the places of the crossings in percent. */
import { type Crossing, crossingWords, stretchesOf } from "../../../core/explorer/walkRibbon.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { percent } from "../../../core/text/format.ts";
import { fill, h, setText } from "../../../ui/dom.ts";

/** Numbers stand at least this far apart, as a share of the way, so that they do not touch. */
const APART = 0.09;

export class WalkRibbon {
  readonly #classes: readonly string[];
  readonly #stretches = h("div", { class: "ribbon-stretches" });
  readonly #numbers = h("div", { class: "ribbon-numbers" });
  readonly #mark = h("span", { class: "ribbon-mark", hidden: true });
  readonly #words = h("p", { class: "visually-hidden" });
  readonly element = h(
    "div",
    { class: "walk-ribbon" },
    h("div", { class: "ribbon-track", "aria-hidden": "true" }, this.#stretches, this.#mark),
    h("div", { "aria-hidden": "true" }, this.#numbers),
    this.#words,
  );

  constructor(classes: readonly string[]) {
    this.#classes = classes;
  }

  /** @param first class at A. */
  show(crossings: readonly Crossing[], first: string): void {
    fill(
      this.#stretches,
      stretchesOf(crossings, first).map(({ name, start, end }) =>
        h("span", {
          title: `${name}, ${percent(start)} to ${percent(end)}`,
          style: {
            "flex-grow": String(end - start),
            background: classColour(Math.max(0, this.#classes.indexOf(name))),
          },
        }),
      ),
    );
    let last = Number.NEGATIVE_INFINITY;
    fill(
      this.#numbers,
      crossings.map(({ t, from, to }) => {
        if (t - last < APART) return null;
        last = t;
        return h(
          "span",
          { class: "ribbon-number", title: `${from} becomes ${to}`, style: { left: `${t * 100}%` } },
          percent(t),
        );
      }),
    );
    setText(this.#words, crossingWords(crossings, first));
  }

  /** @param t where on the way the point is, 0 to 1; undefined: beside it. */
  mark(t: number | undefined): void {
    this.#mark.hidden = t === undefined;
    if (t !== undefined) this.#mark.style.left = `${t * 100}%`;
  }
}
