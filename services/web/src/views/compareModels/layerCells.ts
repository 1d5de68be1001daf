/** One model's layers at the point: the average over the channels of each, and all channels on demand. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../api/client.ts";
import { messageOf } from "../../api/problem.ts";
import type { ActivationsQuery } from "../../api/queries.ts";
import type { Activations, LayerActivations } from "../../api/types.ts";
import { greyTable, type Range, regreyed } from "../../core/compare/greyScale.ts";
import type { LayerRow } from "../../core/compare/lineup.ts";
import { type Latest, latest } from "../../core/requests/latest.ts";
import { figure, percent } from "../../core/text/format.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { imageOf } from "../../ui/paint.ts";
import { layerDownloads } from "../shared/layerDownloads.ts";

/** The scales that all columns share in one row. */
export interface RowGreys {
  readonly average: Range;
  readonly channels: Range;
}

export interface ShownLayer {
  readonly figures: LayerActivations;
  readonly average: HTMLImageElement;
  readonly channels: HTMLImageElement;
}

export class LayerCells {
  /** By the layer's name. */
  readonly cells: ReadonlyMap<string, LayerCell>;
  /** What was last answered. */
  readonly shown: ReadonlySignal<ReadonlyMap<string, ShownLayer>>;
  readonly #shown = signal<ReadonlyMap<string, ShownLayer>>(new Map());
  readonly #ask: Latest<ActivationsQuery>;
  #key = "";

  constructor(api: Api, model: string, rows: readonly LayerRow[], failed: (error: unknown) => void) {
    this.shown = this.#shown;
    this.cells = new Map(rows.map((row) => [row.name, new LayerCell(api, model, row.name)]));
    this.#ask = latest<ActivationsQuery, ReadonlyMap<string, ShownLayer>>(
      async (query, signal_) => shownOf(await api.activations(model, query, signal_)),
      (answer) => {
        this.#shown.value = answer;
        for (const [name, cell] of this.cells) if (!answer.has(name)) cell.lack();
      },
      (error) => {
        this.#key = "";
        for (const cell of this.cells.values()) cell.fail(messageOf(error));
        failed(error);
      },
      1,
    );
  }

  /** @param query undefined while the layers are not shown. */
  update(query: ActivationsQuery | undefined): void {
    const key = query ? JSON.stringify(query) : "";
    if (!query || key === this.#key) return;
    this.#key = key;
    this.#ask.ask(query);
  }

  dispose(): void {
    this.#ask.cancel();
  }
}

async function shownOf({ layers }: Activations): Promise<ReadonlyMap<string, ShownLayer>> {
  const decoded = await Promise.all(
    layers.map(async (figures) => {
      const [average, channels] = await Promise.all([imageOf(figures.average), imageOf(figures.channels)]);
      return [figures.name, { figures, average, channels }] as const;
    }),
  );
  return new Map(decoded);
}

export class LayerCell {
  readonly element: HTMLElement;
  readonly #name: string;
  readonly #average: HTMLCanvasElement;
  readonly #channels: HTMLCanvasElement;
  readonly #picture: HTMLElement;
  readonly #facts = h("dl", { class: "cell-facts" });
  readonly #note = h("p", { class: "quiet-note", hidden: true });
  #layer: ShownLayer | undefined;

  constructor(api: Api, model: string, name: string) {
    this.#name = name;
    this.#average = h("canvas", {
      class: "pixels",
      role: "img",
      "aria-label": `Average output of ${name}`,
    });
    this.#channels = h("canvas", {
      class: "pixels cell-channels",
      role: "img",
      "aria-label": `All channels of ${name}`,
      hidden: true,
    });
    this.#picture = h(
      "div",
      { class: "cell-picture waiting" },
      this.#average,
      layerDownloads(api, model, `${name} of ${model}`, () => this.#layer?.figures),
    );
    this.element = h(
      "div",
      { class: "matrix-cell layer-cell" },
      h("div", { class: "cell-beside" }, this.#picture, this.#facts),
      this.#note,
      this.#channels,
    );
  }

  /** @param greys the row's scales; undefined: the picture has its own. */
  show(layer: ShownLayer, greys: RowGreys | undefined, open: boolean): void {
    this.#layer = layer;
    this.#note.hidden = true;
    this.#picture.hidden = false;
    this.#picture.classList.remove("waiting");
    const { figures } = layer;
    const range = rangeOf(figures.average_range);
    paintGrey(this.#average, layer.average, range, greys?.average);
    this.#channels.hidden = !open || (figures.shape.at(-1) ?? 1) < 2;
    if (!this.#channels.hidden) {
      paintGrey(this.#channels, layer.channels, rangeOf(figures.range), greys?.channels);
    }
    const facts: [string, string, string][] = [
      ["Mean", figure(figures.mean), "Mean output of all units of the layer"],
      ["Silent", percent(figures.dead), "Share of units whose output is exactly zero at this point"],
      ["From", figure(range[0]), "Smallest value in the picture"],
      ["To", figure(range[1]), "Largest value in the picture"],
    ];
    fill(
      this.#facts,
      facts.map(([term, value, title]) => h("div", { title }, h("dt", {}, term), h("dd", {}, value))),
    );
  }

  lack(): void {
    this.#layer = undefined;
    this.#picture.hidden = true;
    this.#channels.hidden = true;
    fill(this.#facts);
    this.#note.hidden = false;
    setText(this.#note, `This model has no layer ${this.#name}.`);
  }

  fail(message: string): void {
    if (this.#layer) return;
    this.#picture.classList.remove("waiting");
    this.#note.hidden = false;
    setText(this.#note, message);
  }
}

export function rangeOf([low = 0, high = 0]: readonly number[]): Range {
  return [low, high];
}

function paintGrey(
  canvas: HTMLCanvasElement,
  image: HTMLImageElement,
  own: Range,
  shared: Range | undefined,
): void {
  const { width, height } = image;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  context.drawImage(image, 0, 0);
  if (!shared) return;
  const { data } = context.getImageData(0, 0, width, height);
  context.putImageData(new ImageData(regreyed(data, greyTable(own, shared)), width), 0, 0);
}
