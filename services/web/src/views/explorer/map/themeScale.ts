/** Legend of maps of numbers: the ramp with its numbers, what its ends mean, and the value at the point. */
import { rampGradient } from "../../../core/latent/ramps.ts";
import { meanOf, type Numbers, type Scale } from "../../../core/latent/scalarMap.ts";
import { signed } from "../../../core/text/format.ts";
import { unitOf } from "../../../core/themes/theme.ts";
import { h, setText } from "../../../ui/dom.ts";
import { setMarked } from "../../../ui/glossary/terms.ts";
import { ThemeValue } from "./themeValue.ts";

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
  readonly #here = new ThemeValue();
  readonly #mean = h("p", { class: "scale-mean" });
  readonly #values = h("div", { class: "scale-values" }, this.#here.element, this.#mean);
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
    this.#values,
  );

  /** Of one map. @param value of the map at the point; undefined: none is known. */
  update(numbers: Numbers, value: number | undefined): void {
    const { values, low, high } = numbers;
    this.show(numbers);
    this.#values.hidden = false;
    const mean = meanOf(values);
    setText(this.#mean, mean === undefined ? "" : `Mean of the map ${signed(mean)}`);
    this.#here.update(numbers, value);
    const known = value !== undefined && !Number.isNaN(value);
    this.#mark.hidden = !known || high <= low;
    if (!known) return;
    const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    this.#mark.style.left = `${share * 100}%`;
  }

  /** The range alone, as of several maps. */
  show({ theme, low, high }: Scale): void {
    this.element.hidden = false;
    this.element.setAttribute("aria-label", `Legend of ${theme.title}`);
    setMarked(this.#title, theme.title);
    setText(this.#words, theme.description);
    this.#bar.style.backgroundImage = rampGradient(theme.ramp ?? "sequential");
    setText(this.#ends.low, signed(low));
    setText(this.#ends.middle, signed((low + high) / 2));
    setText(this.#ends.high, signed(high));
    setText(this.#meanings.low, theme.low);
    setText(this.#meanings.high, theme.high);
    setText(this.#unit, unitOf(theme) ? `In ${unitOf(theme)}` : "");
    this.#values.hidden = true;
  }
}
