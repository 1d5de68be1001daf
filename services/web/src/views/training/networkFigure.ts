/** A network as a picture: one block per stage, as high as its image; the width grows with the channels. */
import type { NetworkPreview } from "../../api/types.ts";
import { integer } from "../../core/text/format.ts";
import { h, svg } from "../../ui/dom.ts";

const DRAWN = new Set(["Conv", "ConvTranspose"]);
const HEIGHT = 76;
const WIDTH = 320;

/** The narrow end of a network: the latent coordinates of a generator, or the output of a discriminator. */
export interface NarrowEnd {
  readonly at: "start" | "end";
  readonly numbers: number;
}

export function networkFigure(title: string, network: NetworkPreview, narrow: NarrowEnd): HTMLElement {
  return h(
    "div",
    { class: "network" },
    h(
      "div",
      { class: "network-head" },
      h("h3", {}, title),
      h("span", { class: "network-total" }, `${integer(network.total)} parameters`),
    ),
    blocks(title, network, narrow),
    h(
      "p",
      { class: "network-note" },
      network.non_trainable
        ? `${integer(network.trainable)} learnt, ${integer(network.non_trainable)} statistics`
        : "all of them learnt",
    ),
    h(
      "details",
      { class: "layers" },
      h("summary", {}, "Layers"),
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Layer"),
            h("th", { scope: "col" }, "Output"),
            h("th", { scope: "col", class: "number" }, "Parameters"),
          ),
        ),
        h(
          "tbody",
          {},
          network.layers.map((layer) =>
            h(
              "tr",
              {},
              h("td", { title: layer.name }, typeWords(layer.type)),
              h("td", {}, layer.output_shape.join(" × ")),
              h("td", { class: "number" }, layer.parameters ? integer(layer.parameters) : "–"),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A layer's type as words: "FourierFeatures" is "Fourier features". */
function typeWords(type: string): string {
  return type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The stages from left to right: single numbers as dots, long vectors as bars, images as blocks. */
function blocks(title: string, network: NetworkPreview, narrow: NarrowEnd): SVGElement {
  const images = network.layers.filter((layer) => DRAWN.has(layer.type) && layer.output_shape.length === 3);
  const vectors = network.layers.filter((layer) => layer.type === "Dense" || layer.type === "Flatten");
  const long = vectors.find((layer) => (layer.output_shape[0] ?? 0) > 1);
  const stages = images.map(({ output_shape: [side = 1, , channels = 1] }) => imageStage(side, channels));
  const vector = long ? [vectorStage(long.output_shape[0] ?? 1)] : [];
  const dots = dotStage(narrow.numbers);
  const drawn = narrow.at === "start" ? [dots, ...vector, ...stages] : [...stages, ...vector, dots];
  const largest = Math.max(...images.map(({ output_shape: [side = 1] }) => side));
  const step = WIDTH / drawn.length;
  return svg(
    "svg",
    {
      class: "network-figure",
      viewBox: `0 0 ${WIDTH} ${HEIGHT + 20}`,
      role: "img",
      "aria-label": `${title}: ${drawn.map(({ label }) => label).join(", ")}`,
    },
    svg("path", { class: "network-flow", d: `M${step / 2} ${HEIGHT / 2}H${WIDTH - step / 2}` }),
    drawn.map((stage, index) => {
      const x = step * (index + 0.5);
      return svg("g", {}, stage.draw(x, largest), svg("text", { x, y: HEIGHT + 14 }, stage.label));
    }),
  );
}

interface Stage {
  readonly label: string;
  /** @param largest side of the largest image, which fills the height. */
  draw(x: number, largest: number): SVGElement[];
}

function imageStage(side: number, channels: number): Stage {
  return {
    label: `${side}×${side}×${channels}`,
    draw(x, largest) {
      const height = Math.max(12, (HEIGHT * side) / largest);
      const width = 4 + 4.5 * Math.log2(channels);
      const y = (HEIGHT - height) / 2;
      return [svg("rect", { class: "network-block", x: x - width / 2, y, width, height, rx: 2 })];
    },
  };
}

function vectorStage(length: number): Stage {
  return {
    label: integer(length),
    draw: (x) => [
      svg("rect", { class: "network-unit", x: x - 2, y: 2, width: 4, height: HEIGHT - 4, rx: 2 }),
    ],
  };
}

function dotStage(count: number): Stage {
  const shown = Math.min(count, 6);
  return {
    label: String(count),
    draw: (x) =>
      Array.from({ length: shown }, (_, index) =>
        svg("circle", {
          class: "network-unit",
          cx: x,
          cy: HEIGHT / 2 + (index - (shown - 1) / 2) * 11,
          r: 3.5,
        }),
      ),
  };
}
