/** The image of the point, with its class, the classifier's confidence, and the time it took. */

import { classColour } from "../../core/latent/palette.ts";
import { percent } from "../../core/text/format.ts";
import { h, setText } from "../../ui/dom.ts";
import { paintBitmap } from "../../ui/paint.ts";
import type { Picture } from "./imageLoader.ts";

export class PointImage {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #swatch = h("span", { class: "swatch" });
  readonly #name = h("strong", { class: "point-class" });
  readonly #probability = h("span", { class: "point-probability" });
  readonly #latency = h("span", { class: "latency", title: "Time from the request to the image" });
  readonly #mismatch = h("p", { class: "note-inline", hidden: true });
  readonly #error = h("p", { class: "picture-error", role: "alert", hidden: true });
  readonly #classes: readonly string[];

  constructor(classes: readonly string[], imageShape: readonly number[]) {
    this.#classes = classes;
    const [height = 28, width = 28] = imageShape;
    this.#canvas = h("canvas", {
      class: "pixels",
      width,
      height,
      role: "img",
      "aria-label": "Generated image",
    });
    this.#frame = h(
      "div",
      { class: "point-image loading", style: { "aspect-ratio": `${width} / ${height}` } },
      this.#canvas,
      this.#error,
    );
    this.element = h(
      "div",
      { class: "point-panel" },
      this.#frame,
      h(
        "div",
        { class: "point-verdict" },
        h("p", { class: "point-line" }, this.#swatch, this.#name, this.#probability),
        this.#latency,
        this.#mismatch,
      ),
    );
  }

  /**
   * @param label the requested class, for a conditional model.
   * @param milliseconds duration of the request; undefined if the image was cached.
   */
  show(picture: Picture, label: number | undefined, milliseconds: number | undefined): void {
    paintBitmap(this.#canvas, picture.bitmap);
    this.#frame.classList.remove("loading");
    this.#error.hidden = true;
    this.element.classList.remove("failed");
    const name = this.#classes[picture.classId] ?? picture.className;
    this.#swatch.style.background = classColour(picture.classId);
    setText(this.#name, name);
    setText(this.#probability, percent(picture.probability));
    this.#probability.title = "Confidence of the independent classifier";
    setText(
      this.#latency,
      milliseconds === undefined ? "cached" : `${Math.max(1, Math.round(milliseconds))} ms`,
    );
    this.#canvas.setAttribute("aria-label", `Generated image: ${name}, ${percent(picture.probability)}`);
    const differs = label !== undefined && label !== picture.classId;
    this.#mismatch.hidden = !differs;
    if (differs)
      setText(this.#mismatch, `${this.#classes[label] ?? label} was requested, but it looks like ${name}.`);
  }

  fail(message: string): void {
    this.element.classList.add("failed");
    this.#frame.classList.remove("loading");
    this.#error.hidden = false;
    setText(this.#error, message);
  }
}
