/**
 * The image of the point, with its class, the classifier's confidence, and the time it took. During surgery it
 * is the image after the edits, and the one before them stands below.
 */

import { classColour } from "../../core/latent/palette.ts";
import { percent } from "../../core/text/format.ts";
import { h, setText } from "../../ui/dom.ts";
import { paintImage } from "../../ui/paint.ts";
import type { Picture } from "./imageLoader.ts";

export class PointImage {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #swatch = h("span", { class: "swatch" });
  readonly #name = h("strong", { class: "point-class" });
  readonly #probability = h("span", { class: "point-probability" });
  readonly #when = h("span", { class: "point-when", hidden: true }, "after the edits");
  readonly #latency = h("span", { class: "latency", title: "Time from the request to the image" });
  readonly #mismatch = h("p", { class: "note-inline", hidden: true });
  readonly #error = h("p", { class: "picture-error", role: "alert", hidden: true });
  readonly #before: HTMLElement;
  readonly #beforeCanvas: HTMLCanvasElement;
  readonly #beforeSwatch = h("span", { class: "swatch" });
  readonly #beforeName = h("span", {});
  readonly #classes: readonly string[];
  #operating = false;

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
    this.#beforeCanvas = h("canvas", { class: "pixels", width, height, role: "img" });
    this.#before = h(
      "div",
      { class: "point-before", hidden: true },
      this.#beforeCanvas,
      h("span", {}, "Before"),
      h("span", { class: "point-line" }, this.#beforeSwatch, this.#beforeName),
    );
    this.element = h(
      "div",
      { class: "point-panel" },
      this.#frame,
      h(
        "div",
        { class: "point-verdict" },
        h("p", { class: "point-line" }, this.#swatch, this.#name, this.#probability, this.#when),
        this.#latency,
        this.#mismatch,
        this.#before,
      ),
    );
  }

  /** @param on whether there are edits: then the image that is generated is the one before them. */
  operating(on: boolean): void {
    this.#operating = on;
    this.#when.hidden = !on;
    if (!on) this.#before.hidden = true;
  }

  /**
   * @param label the requested class, for a conditional model.
   * @param milliseconds duration of the request; undefined if the image was cached.
   */
  show(picture: Picture, label: number | undefined, milliseconds: number | undefined): void {
    setText(
      this.#latency,
      milliseconds === undefined ? "cached" : `${Math.max(1, Math.round(milliseconds))} ms`,
    );
    this.#arrived();
    if (this.#operating) {
      this.#mismatch.hidden = true;
      this.#showBefore(picture);
      return;
    }
    this.#showMain(picture, "Generated image");
    const name = this.#nameOf(picture);
    const differs = label !== undefined && label !== picture.classId;
    this.#mismatch.hidden = !differs;
    if (differs)
      setText(this.#mismatch, `${this.#classes[label] ?? label} was requested, but it looks like ${name}.`);
  }

  /** The image after the edits. */
  operated(picture: Picture): void {
    if (this.#operating) this.#showMain(picture, "Image after the edits");
  }

  fail(message: string): void {
    this.element.classList.add("failed");
    this.#frame.classList.remove("loading");
    this.#error.hidden = false;
    setText(this.#error, message);
  }

  #arrived(): void {
    this.#frame.classList.remove("loading");
    this.#error.hidden = true;
    this.element.classList.remove("failed");
  }

  #showMain(picture: Picture, what: string): void {
    paintImage(this.#canvas, picture.image);
    const name = this.#nameOf(picture);
    this.#swatch.style.background = classColour(picture.classId);
    setText(this.#name, name);
    setText(this.#probability, percent(picture.probability));
    this.#probability.title = "Confidence of the independent classifier";
    this.#canvas.setAttribute("aria-label", `${what}: ${name}, ${percent(picture.probability)}`);
  }

  #showBefore(picture: Picture): void {
    paintImage(this.#beforeCanvas, picture.image);
    const words = `${this.#nameOf(picture)}, ${percent(picture.probability)}`;
    this.#before.hidden = false;
    this.#beforeSwatch.style.background = classColour(picture.classId);
    setText(this.#beforeName, words);
    this.#beforeCanvas.setAttribute("aria-label", `Image before the edits: ${words}`);
  }

  #nameOf({ classId, className }: Picture): string {
    return this.#classes[classId] ?? className;
  }
}
