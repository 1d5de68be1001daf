/** What a judge thinks of an image, as a bar. */
import { levelOf, rampColour } from "../../core/latent/ramps.ts";
import { percent } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";
import { marked } from "../../ui/glossary/terms.ts";

/** A bar from the middle to the side that the network leans to, in the colours of its map. */
export function opinion(
  label: string,
  probability: number,
  { help, more }: { readonly help?: string; readonly more?: string } = {},
): HTMLElement {
  const [left, right] = [Math.min(0.5, probability), Math.max(0.5, probability)];
  return h(
    "div",
    { class: "opinion" },
    h(
      "p",
      { class: "opinion-line" },
      h("span", {}, marked(label)),
      more ? h("span", { class: "opinion-more" }, more) : null,
      h("strong", { title: help }, percent(probability), h("span", { class: "visually-hidden" }, " real")),
    ),
    h(
      "div",
      { class: "opinion-track", "aria-hidden": "true" },
      h("span", {
        class: "opinion-bar",
        style: {
          left: `${left * 100}%`,
          width: `${(right - left) * 100}%`,
          background: rampColour("diverging", levelOf(probability, 0, 1)),
        },
      }),
      h("span", { class: "opinion-middle" }),
    ),
  );
}
