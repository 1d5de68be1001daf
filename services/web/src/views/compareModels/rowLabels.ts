/** The labels of the matrix's rows: what a row shows, its scale, and a button for what it can show more of. */
import type { Range } from "../../core/compare/greyScale.ts";
import type { LayerRow } from "../../core/compare/lineup.ts";
import { axisName, figure } from "../../core/text/format.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { layerKey, placeIn, type RowKey } from "./rows.ts";

export class RowLabels {
  readonly elements: readonly HTMLElement[];
  readonly #labels: ReadonlyMap<RowKey, HTMLElement>;
  readonly #axes = h("p", { class: "row-detail" });
  readonly #scales = new Map<string, HTMLElement>();
  readonly #toggles = new Map<string, HTMLButtonElement>();

  /** @param toggled called with the name of a layer whose channels are to be shown or hidden. */
  constructor(layers: readonly LayerRow[], toggled: (layer: string) => void) {
    const labels: [RowKey, HTMLElement][] = [
      ["map", label("Map", this.#axes)],
      ["image", label("Image", detail("at the point, with its class"))],
      ["judges", label("Judges", detail("how real the image is to them; the middle is 50\u00a0%"))],
    ];
    for (const row of layers) labels.push([layerKey(row), this.#layer(row, toggled)]);
    this.#labels = new Map(labels);
    this.elements = [...this.#labels.values()];
  }

  place(rows: readonly RowKey[]): void {
    for (const [key, element] of this.#labels) placeIn(rows, key, element);
  }

  axes([right = 0, up]: readonly number[], low: number, high: number): void {
    const names = up === undefined ? `${axisName(right)} →` : `${axisName(right)} →, ${axisName(up)} ↑`;
    setText(this.#axes, `${names}, from ${String(low).replace("-", "−")} to ${high}`);
  }

  /** @param range black and white of the row; undefined: each picture has its own. */
  scale(layer: string, range: Range | undefined): void {
    const element = this.#scales.get(layer);
    if (!element) return;
    fill(
      element,
      range
        ? [h("span", {}, figure(range[0])), greyBar(), h("span", {}, figure(range[1]))]
        : "each in its own greys",
    );
  }

  opened(layers: readonly string[]): void {
    for (const [name, toggle] of this.#toggles) {
      toggle.setAttribute("aria-expanded", String(layers.includes(name)));
    }
  }

  #layer({ name, shape, channels }: LayerRow, toggled: (layer: string) => void): HTMLElement {
    const scale = h("p", { class: "row-scale" });
    this.#scales.set(name, scale);
    const toggle = h(
      "button",
      {
        type: "button",
        class: "text-button",
        "aria-expanded": "false",
        "aria-label": `All ${channels} channels of ${name}`,
        on: { click: () => toggled(name) },
      },
      `All ${channels} channels`,
    );
    if (channels > 1) this.#toggles.set(name, toggle);
    return label(name, detail(shape.join("\u00a0×\u00a0")), scale, channels > 1 ? toggle : null);
  }
}

function label(title: string, ...more: (HTMLElement | null)[]): HTMLElement {
  return h("div", { class: "row-label" }, h("h3", {}, title), more);
}

function detail(text: string): HTMLElement {
  return h("p", { class: "row-detail" }, text);
}

/** Black to white. A canvas, so that it is in the picture of the matrix too. */
function greyBar(): HTMLCanvasElement {
  const bar = h("canvas", { class: "grey-bar", width: 64, height: 1, "aria-hidden": "true" });
  const context = bar.getContext("2d");
  for (let x = 0; context && x < 64; x++) {
    const grey = Math.round((x / 63) * 255);
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(x, 0, 1, 1);
  }
  return bar;
}
