/** Marked cells of a map: the others lie under a veil, and the marked ones have an outline. */
import { borderPath, type Grid } from "../../../core/latent/classMap.ts";
import { cellFrame } from "../../../core/latent/plane.ts";
import { h, setAttribute, svg } from "../../../ui/dom.ts";

export class MapVeil {
  readonly #canvas = h("canvas", { class: "pixels" });
  readonly #outline = svg("path", { class: "veil-outline" });
  readonly #outlineUnder = svg("path", { class: "veil-outline under" });
  readonly #overlay = svg(
    "svg",
    { class: "map-overlay", preserveAspectRatio: "none" },
    this.#outlineUnder,
    this.#outline,
  );
  readonly #sheet = h("div", { class: "map-sheet" }, this.#canvas, this.#overlay);
  readonly element = h("div", { class: "map-veil", "aria-hidden": "true", hidden: true }, this.#sheet);

  /** @param marked 1 for each marked cell, 0 for the others; undefined: there is no veil. */
  show(marked: Grid | undefined): void {
    this.element.hidden = marked === undefined;
    if (!marked) return;
    const { columns, rows, cells } = marked;
    const { offset, size } = cellFrame(columns);
    const upright = rows === 1 ? { offset: 0, size: 1 } : { offset, size };
    Object.assign(this.#sheet.style, {
      left: `${offset * 100}%`,
      width: `${size * 100}%`,
      top: `${upright.offset * 100}%`,
      height: `${upright.size * 100}%`,
    });
    this.#canvas.width = columns;
    this.#canvas.height = rows;
    const image = new ImageData(columns, rows);
    cells.forEach((one, index) => {
      const row = rows - 1 - Math.floor(index / columns);
      const at = (row * columns + (index % columns)) * 4;
      // A grey that hides most of what is below it, in light and dark.
      if (!one) image.data.set([96, 97, 104, 205], at);
    });
    this.#canvas.getContext("2d")?.putImageData(image, 0, 0);
    setAttribute(this.#overlay, "viewBox", `0 0 ${columns} ${rows}`);
    const path = borderPath(marked);
    this.#outline.setAttribute("d", path);
    this.#outlineUnder.setAttribute("d", path);
  }
}
