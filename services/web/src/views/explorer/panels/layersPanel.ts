/** The output of each layer at the point: the average over its channels, and all channels on demand. */

import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import type { ActivationsQuery } from "../../../api/queries.ts";
import type { Activations, LayerActivations } from "../../../api/types.ts";
import { latest } from "../../../core/requests/latest.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { figure, percent } from "../../../core/text/format.ts";
import { button, saveBlob } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { bitmapOf, paintBitmap, pngOf } from "../../../ui/paint.ts";

/** Answers that are cached; each contains the pictures of all channels of all layers. */
const KEPT = 24;

interface Card {
  readonly element: HTMLElement;
  readonly average: HTMLCanvasElement;
  readonly figures: HTMLElement;
  readonly channels: HTMLDetailsElement;
  readonly mosaic: HTMLCanvasElement;
  layer: LayerActivations | undefined;
}

export class LayersPanel {
  readonly element: HTMLElement;
  readonly #ask: { ask(query: ActivationsQuery): void; cancel(): void };
  readonly #api: Api;
  readonly #model: string;
  readonly #answers = new Lru<string, Activations>(KEPT);
  readonly #cards: ReadonlyMap<string, Card>;
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  #key = "";

  /** @param operate opens the surgery of a layer; if absent, there is no button for it. */
  constructor(
    api: Api,
    model: string,
    layers: readonly { readonly name: string; readonly shape: readonly number[] }[],
    events: { readonly operate?: (layer: string) => void; readonly failed: (error: unknown) => void },
  ) {
    this.#api = api;
    this.#model = model;
    this.#cards = new Map(
      layers.map(({ name, shape }) => [name, this.#card(model, name, shape, events.operate)]),
    );
    this.#ask = latest<ActivationsQuery, Activations>(
      (query, signal) => this.#load(query, signal),
      (answer) => void this.#show(answer),
      (error) => {
        this.#key = "";
        setText(this.#status, messageOf(error));
        events.failed(error);
      },
      1,
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
    const key = query ? JSON.stringify(query) : "";
    if (!query || key === this.#key) return;
    this.#key = key;
    const known = this.#answers.get(key);
    if (known) {
      // A running request is older, and its answer would replace this one.
      this.#ask.cancel();
      void this.#show(known);
    } else this.#ask.ask(query);
  }

  /** Load an answer into the cache without showing it. */
  async prefetch(query: ActivationsQuery, signal: AbortSignal): Promise<void> {
    if (!this.#answers.get(JSON.stringify(query))) await this.#load(query, signal);
  }

  dispose(): void {
    this.#ask.cancel();
  }

  async #load(query: ActivationsQuery, signal: AbortSignal): Promise<Activations> {
    const answer = await this.#api.activations(this.#model, query, signal);
    this.#answers.set(JSON.stringify(query), answer);
    return answer;
  }

  #card(
    model: string,
    name: string,
    shape: readonly number[],
    operate: ((layer: string) => void) | undefined,
  ): Card {
    const average = h("canvas", {
      class: "pixels",
      role: "img",
      "aria-label": `Average output of ${name}`,
    });
    const mosaic = h("canvas", { class: "pixels", role: "img", "aria-label": `All channels of ${name}` });
    const figures = h("dl", { class: "layer-figures" });
    // The file from the response, since it contains the recipe.
    const save = () => {
      const { layer } = card;
      if (layer) saveBlob(pngOf(channels.open ? layer.channels : layer.average), `${model}-${name}.png`);
    };
    const channels = h(
      "details",
      { class: "layer-channels", on: { toggle: () => void this.#paintMosaic(card) } },
      h("summary", {}, `All ${shape.at(-1) ?? ""} channels`),
      mosaic,
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
      figures,
      h(
        "div",
        { class: "actions" },
        operate
          ? button({
              label: "Operate",
              kind: "quiet",
              title: "Switch off parts of this layer and see what disappears",
              click: () => operate(name),
            })
          : null,
        button({
          label: `Save ${name} as PNG`,
          icon: "download",
          kind: "quiet",
          iconOnly: true,
          click: save,
        }),
      ),
      (shape.at(-1) ?? 1) > 1 ? channels : null,
    );
    const card: Card = { element, average, figures, channels, mosaic, layer: undefined };
    return card;
  }

  async #show(answer: Activations): Promise<void> {
    setText(this.#status, "");
    await Promise.all(
      answer.layers.map(async (layer) => {
        const card = this.#cards.get(layer.name);
        if (!card) return;
        card.layer = layer;
        const [low = 0, high = 0] = layer.average_range;
        const facts: [string, string, string][] = [
          ["Mean", figure(layer.mean), "Mean output of all units of the layer"],
          ["Silent", percent(layer.dead), "Share of units whose output is exactly zero at this point"],
          [
            "Black to white",
            `${figure(low)} to ${figure(high)}`,
            "Smallest and largest value in the picture",
          ],
        ];
        fill(
          card.figures,
          facts.map(([term, value, title]) => h("div", { title }, h("dt", {}, term), h("dd", {}, value))),
        );
        paintBitmap(card.average, await bitmapOf(layer.average));
        card.average.parentElement?.classList.remove("waiting");
        await this.#paintMosaic(card);
      }),
    );
  }

  /** Only while it is open, since it may have hundreds of channels. */
  async #paintMosaic(card: Card): Promise<void> {
    if (card.channels.open && card.layer) paintBitmap(card.mosaic, await bitmapOf(card.layer.channels));
  }
}
