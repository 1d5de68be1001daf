/** A network as a picture: one block a stage, as high as its image and as wide as it has channels. */
import type { NetworkPreview } from "../../api/types.ts";
import { integer } from "../../core/format.ts";
import { h, svg } from "../../ui/dom.ts";

const DRAWN = new Set(["Dense", "Conv", "ConvTranspose", "Embedding"]);
const HEIGHT = 84;

export function networkFigure(title: string, network: NetworkPreview): HTMLElement {
  return h(
    "div",
    { class: "network" },
    h(
      "div",
      { class: "network-head" },
      h("h3", {}, title),
      h("span", { class: "network-total" }, `${integer(network.total)} parameters`),
    ),
    blocks(title, network),
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
              h("td", { title: layer.name }, layer.type),
              h("td", {}, layer.output_shape.join(" × ")),
              h("td", { class: "number" }, layer.parameters ? integer(layer.parameters) : "–"),
            ),
          ),
        ),
      ),
    ),
  );
}

function blocks(title: string, network: NetworkPreview): SVGElement {
  const stages = network.layers.filter((layer) => DRAWN.has(layer.type));
  const sizes = stages.map(({ output_shape: shape }) => {
    const flat = shape.length < 3;
    const [height = 1] = shape;
    const channels = shape.at(-1) ?? 1;
    return {
      label: shape.join("×"),
      height: flat ? HEIGHT * 0.9 : Math.max(10, HEIGHT * Math.sqrt(height / 64) * 0.98),
      width: flat ? 5 : Math.max(5, Math.min(46, 5 * Math.log2(channels + 1))),
      flat,
    };
  });
  const gap = 14;
  const width = sizes.reduce((sum, size) => sum + size.width + gap, -gap);
  let x = 0;
  return svg(
    "svg",
    {
      class: "network-figure",
      viewBox: `-2 -2 ${Math.max(width, 60) + 4} ${HEIGHT + 4}`,
      role: "img",
      "aria-label": `${title}: ${sizes.map((size) => size.label).join(", ")}`,
    },
    sizes.map((size, index) => {
      const block = svg(
        "g",
        {},
        svg("title", {}, size.label),
        index > 0
          ? svg("path", { class: "network-flow", d: `M${x - gap + 3} ${HEIGHT / 2}h${gap - 6}` })
          : null,
        svg("rect", {
          class: size.flat ? "network-block flat" : "network-block",
          x,
          y: (HEIGHT - size.height) / 2,
          width: size.width,
          height: size.height,
          rx: 2,
        }),
      );
      x += size.width + gap;
      return block;
    }),
  );
}
