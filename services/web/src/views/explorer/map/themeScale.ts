/** Legend of a map of numbers: the ramp with its numbers, what its ends mean, and the value at the point. */
import { levelOf, rampColour, rampGradient } from "../../../core/latent/ramps.ts";
import { meanOf, type Numbers } from "../../../core/latent/scalarMap.ts";
import { figure } from "../../../core/text/format.ts";
import { leaning, unitOf, valueText } from "../../../core/themes/theme.ts";
import { h, setText } from "../../../ui/dom.ts";

export class ThemeScale {
  readonly #words = h("p", { class: "scale-words" });
  readonly #bar = h("div", { class: "scale-bar", "aria-hidden": "true" });
  readonly #mark = h("span", { class: "scale-mark", hidden: true });
  readonly #ends = {
    low: h("span", {}),
    middle: h("span", {}),
    high: h("span", {}),
  };
  readonly #meanings = { low: h("span", {}), high: h("span", {}) };
  readonly #unit = h("p", { class: "scale-unit" });
  readonly #swatch = h("span", { class: "swatch" });
  readonly #value = h("strong", {});
  readonly #meaning = h("span", { class: "scale-meaning" });
  readonly #here = h("p", { class: "scale-here", hidden: true }, this.#swatch, "At the point", this.#value);
  readonly #mean = h("p", { class: "scale-mean" });
  readonly #title = h("h2", { class: "section-title" });
  readonly element = h(
    "section",
    { class: "scale", hidden: true },
    this.#title,
    this.#words,
    h(
      "div",
      { class: "scale-figure" },
      h("div", { class: "scale-track" }, this.#bar, this.#mark),
      h("div", { class: "scale-numbers" }, this.#ends.low, this.#ends.middle, this.#ends.high),
      h("div", { class: "scale-meanings" }, this.#meanings.low, this.#meanings.high),
    ),
    this.#unit,
    h("div", { class: "scale-values" }, this.#here, this.#meaning, this.#mean),
  );

  /** @param value of the map at the point; undefined: none is known. */
  update({ theme, values, low, high }: Numbers, value: number | undefined): void {
    const ramp = theme.ramp ?? "sequential";
    this.element.setAttribute("aria-label", `Legend of ${theme.title}`);
    setText(this.#title, theme.title);
    setText(this.#words, theme.description);
    this.#bar.style.background = rampGradient(ramp);
    setText(this.#ends.low, figure(low));
    setText(this.#ends.middle, figure((low + high) / 2));
    setText(this.#ends.high, figure(high));
    setText(this.#meanings.low, theme.low);
    setText(this.#meanings.high, theme.high);
    setText(this.#unit, unitOf(theme) ? `In ${unitOf(theme)}` : "");
    const mean = meanOf(values);
    setText(this.#mean, mean === undefined ? "" : `Mean of the map ${figure(mean)}`);
    const known = value !== undefined && !Number.isNaN(value);
    this.#here.hidden = !known;
    this.#mark.hidden = !known || high <= low;
    setText(this.#meaning, known ? leaning(theme, value, low, high) : "");
    if (!known) return;
    const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    this.#mark.style.left = `${share * 100}%`;
    this.#swatch.style.background = rampColour(ramp, levelOf(value, low, high));
    setText(this.#value, valueText({ ...theme, unit: "" }, value));
  }
}
