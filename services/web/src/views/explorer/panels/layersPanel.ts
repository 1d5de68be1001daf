/** The output of each layer at the point: the average over its channels, and all channels on demand. */

import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import type { ActivationsQuery } from "../../../api/queries.ts";
import type { Activations, LayerActivations } from "../../../api/types.ts";
import { h, setText } from "../../../ui/dom.ts";
import { bitmapOf, paintBitmap } from "../../../ui/paint.ts";
import { layerDownloads } from "../../shared/layerDownloads.ts";
import { ActivationsLoader } from "../activationsLoader.ts";
import { ChannelTiles } from "./channelTiles.ts";
import { LayerFigures } from "./layerFigures.ts";

interface Card {
  readonly element: HTMLElement;
  readonly average: HTMLCanvasElement;
  readonly figures: LayerFigures;
  readonly channels: HTMLDetailsElement;
  readonly tiles: ChannelTiles;
  layer: LayerActivations | undefined;
}

export class LayersPanel {
  readonly element: HTMLElement;
  readonly #loader: ActivationsLoader;
  readonly #cards: ReadonlyMap<string, Card>;
  readonly #status = h("p", { class: "quiet-note", role: "status" });

  constructor(
    api: Api,
    model: string,
    layers: readonly { readonly name: string; readonly shape: readonly number[] }[],
    events: { readonly failed: (error: unknown) => void },
  ) {
    this.#cards = new Map(layers.map(({ name, shape }) => [name, this.#card(api, model, name, shape)]));
    this.#loader = new ActivationsLoader(
      api,
      model,
      (answer) => void this.#show(answer),
      (error) => {
        setText(this.#status, messageOf(error));
        events.failed(error);
      },
    );
    this.element = h(
      "div",
      { class: "layers-panel" },
      h(
        "p",
        { class: "panel-lede" },
        "From the point on the left to the image on the right: the output of each layer, averaged over its channels. White is the largest value, black the smallest.",
      ),
      this.#status,
      h(
        "div",
        { class: "layers" },
        [...this.#cards.values()].map(({ element }) => element),
      ),
    );
  }

  /** @param query undefined while the panel is not visible. */
  update(query: ActivationsQuery | undefined): void {
    if (query) this.#loader.ask(query);
  }

  dispose(): void {
    this.#loader.dispose();
  }

  #card(api: Api, model: string, name: string, shape: readonly number[]): Card {
    const average = h("canvas", {
      class: "pixels",
      role: "img",
      "aria-label": `Average output of ${name}`,
    });
    const tiles = new ChannelTiles();
    const figures = new LayerFigures();
    const channels = h(
      "details",
      { class: "layer-channels", on: { toggle: () => void this.#paintTiles(card) } },
      h("summary", {}, `All ${shape.at(-1) ?? ""} channels`),
      tiles.element,
    );
    const element = h(
      "figure",
      { class: "layer" },
      h("div", { class: "layer-picture waiting" }, average),
      h(
        "figcaption",
        {},
        h("strong", {}, name),
        h("span", { class: "quiet-note", title: "Height, width and channels" }, shape.join(" × ")),
      ),
      figures.element,
      h(
        "div",
        { class: "actions" },
        layerDownloads(api, model, name, () => card.layer),
      ),
      (shape.at(-1) ?? 1) > 1 ? channels : null,
    );
    const card: Card = { element, average, figures, channels, tiles, layer: undefined };
    return card;
  }

  async #show(answer: Activations): Promise<void> {
    setText(this.#status, "");
    await Promise.all(
      answer.layers.map(async (layer) => {
        const card = this.#cards.get(layer.name);
        if (!card) return;
        card.layer = layer;
        card.figures.show(layer);
        paintBitmap(card.average, await bitmapOf(layer.average));
        card.average.parentElement?.classList.remove("waiting");
        await this.#paintTiles(card);
      }),
    );
  }

  /** Only while they are open, since there may be hundreds. */
  async #paintTiles(card: Card): Promise<void> {
    if (card.channels.open && card.layer) await card.tiles.show(card.layer);
  }
}
