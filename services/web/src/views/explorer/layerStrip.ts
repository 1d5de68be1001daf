/** All layers from the point to the image, averaged over their channels, as a strip that follows the point. */
import type { Activations, LayerActivations } from "../../api/types.ts";
import { figure, percent } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";
import { imageOf, paintImage } from "../../ui/paint.ts";

interface Card {
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
}

export class LayerStrip {
  readonly element: HTMLElement;
  readonly #cards: ReadonlyMap<string, Card>;
  /** Answers in the order in which they came, of which one that is decoded late is not painted any more. */
  #came = 0;
  #painted = 0;

  /** @param chosen called with the name of a layer that is to be looked at closely. */
  constructor(
    layers: readonly { readonly name: string; readonly shape: readonly number[] }[],
    chosen: (layer: string) => void,
  ) {
    this.#cards = new Map(layers.map(({ name, shape }) => [name, card(name, shape, chosen)]));
    this.element = h(
      "div",
      { class: "layer-strip" },
      h("h2", { class: "visually-hidden" }, "Layers"),
      h(
        "ol",
        { class: "layer-row" },
        [...this.#cards.values()].map(({ button }) => h("li", {}, button)),
      ),
    );
  }

  /** @param layer the one that is looked at closely; undefined: none is. */
  choose(layer: string | undefined): void {
    for (const [name, { button }] of this.#cards)
      button.setAttribute("aria-pressed", String(name === layer));
  }

  async show({ layers }: Activations): Promise<void> {
    const number = ++this.#came;
    const averages = await Promise.all(layers.map(({ average }) => imageOf(average)));
    if (number < this.#painted) return;
    this.#painted = number;
    layers.forEach((layer, index) => {
      const [card, average] = [this.#cards.get(layer.name), averages[index]];
      if (!card || !average) return;
      paintImage(card.canvas, average);
      card.canvas.parentElement?.classList.remove("waiting");
      card.button.title = described(layer);
    });
  }
}

function card(name: string, shape: readonly number[], chosen: (layer: string) => void): Card {
  const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
  const button = h(
    "button",
    {
      type: "button",
      class: "layer-card",
      "aria-pressed": "false",
      title: "Look at this layer closely",
      on: { click: () => chosen(name) },
    },
    h("span", { class: "layer-card-picture waiting" }, canvas),
    h("strong", {}, name),
    h("span", { class: "layer-card-shape" }, shape.join("×")),
  );
  return { button, canvas };
}

/** What its picture and its figures say, for a tooltip. */
function described({ average_range: [low = 0, high = 0], mean, dead }: LayerActivations): string {
  return `Average over the channels: black is ${figure(low)}, white ${figure(high)}. Mean ${figure(mean)}, ${percent(dead)} of the units silent. Click to look at its channels and to switch them off.`;
}
