/** All channels of a layer as numbered tiles; with `toggled` each is a button that selects its channel. */
import type { LayerActivations } from "../../../api/types.ts";
import { fill, h, setAttribute } from "../../../ui/dom.ts";
import { imageOf } from "../../../ui/paint.ts";

interface Tile {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

export class ChannelTiles {
  readonly element = h("div", { class: "channel-tiles", role: "group" });
  readonly #toggled: ((channel: number) => void) | undefined;
  #tiles: readonly Tile[] = [];
  #chosen: readonly number[] = [];
  /** Answers in the order in which they came, of which one that is decoded late is not painted any more. */
  #came = 0;
  #painted = 0;

  /** @param toggled called with the number of a channel that was chosen; undefined: they are only looked at. */
  constructor(toggled?: (channel: number) => void) {
    this.#toggled = toggled;
  }

  /** Marks channels as selected. */
  choose(channels: readonly number[]): void {
    this.#chosen = channels;
    this.#tiles.forEach(({ element }, channel) => {
      element.classList.toggle("chosen", channels.includes(channel));
      if (this.#toggled) setAttribute(element, "aria-pressed", String(channels.includes(channel)));
    });
  }

  async show({
    name,
    shape,
    channels,
  }: Pick<LayerActivations, "name" | "shape" | "channels">): Promise<void> {
    const number = ++this.#came;
    const image = await imageOf(channels);
    if (number < this.#painted) return;
    this.#painted = number;
    const [height = 1, width = 1, count = 1] = shape;
    if (this.#tiles.length !== count) this.#build(count);
    this.element.setAttribute("aria-label", `Channels of ${name}`);
    // The picture has them side by side, as many in a row as in a column.
    const across = Math.ceil(Math.sqrt(count));
    this.#tiles.forEach(({ canvas }, channel) => {
      canvas.width = width;
      canvas.height = height;
      const [x, y] = [(channel % across) * width, Math.floor(channel / across) * height];
      canvas.getContext("2d")?.drawImage(image, x, y, width, height, 0, 0, width, height);
    });
  }

  #build(count: number): void {
    this.#tiles = Array.from({ length: count }, (_, channel) => {
      const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
      const number = h("span", { class: "tile-number" }, String(channel));
      const toggled = this.#toggled;
      const element = toggled
        ? h(
            "button",
            {
              type: "button",
              class: "channel-tile",
              "aria-pressed": "false",
              "aria-label": `Channel ${channel}`,
              on: { click: () => toggled(channel) },
            },
            canvas,
            number,
          )
        : h("span", { class: "channel-tile" }, canvas, number);
      return { element, canvas };
    });
    fill(
      this.element,
      this.#tiles.map(({ element }) => element),
    );
    this.choose(this.#chosen);
  }
}
