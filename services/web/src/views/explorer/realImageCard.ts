/** A real image beside the generated one of its nearest point, and how they differ. */
import type { Api } from "../../api/client.ts";
import { isAbort, messageOf } from "../../api/problem.ts";
import type { RealImage } from "../../api/types.ts";
import { rampRgb, TOP_LEVEL } from "../../core/latent/ramps.ts";
import type { Point } from "../../core/latent/vector.ts";
import { figure } from "../../core/text/format.ts";
import { button } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import { imageOf, paintImage } from "../../ui/paint.ts";

export interface RealImageEvents {
  /** The point moves to where the image lies. */
  readonly found: (point: Point) => void;
}

export interface RealImageContext {
  readonly version: number;
  readonly label: number | undefined;
  readonly dataset: string;
}

export class RealImageCard {
  readonly element: HTMLElement;
  readonly #api: Api;
  readonly #model: string;
  readonly #classes: readonly string[];
  readonly #side: number;
  readonly #events: RealImageEvents;
  readonly #title = h("h2", {}, "Real image");
  readonly #count = h("span", { class: "quiet-note" });
  readonly #next: HTMLButtonElement;
  readonly #real = picture("Real image");
  readonly #generated = picture("Generated image of its point");
  readonly #difference = picture(
    "Difference: orange where the real image is brighter, blue where it is darker",
  );
  readonly #words = h("p", { class: "real-image-words", role: "status" });
  #images: readonly RealImage[] = [];
  #place = 0;
  #context: RealImageContext | undefined;
  #abort = new AbortController();

  /** @param side of the model's images, in pixels. */
  constructor(api: Api, model: string, classes: readonly string[], side: number, events: RealImageEvents) {
    this.#api = api;
    this.#model = model;
    this.#classes = classes;
    this.#side = side;
    this.#events = events;
    this.#next = button({
      label: "Next image of this dot",
      icon: "chevron",
      kind: "quiet",
      iconOnly: true,
      click: () => this.#go((this.#place + 1) % this.#images.length),
    });
    const close = button({
      label: "Close the real image",
      icon: "close",
      kind: "quiet",
      iconOnly: true,
      click: () => this.close(),
    });
    this.element = h(
      "section",
      { class: "real-image", "aria-label": "Real image", hidden: true },
      h(
        "div",
        { class: "real-image-head" },
        this.#title,
        h("div", { class: "actions" }, this.#count, this.#next, close),
      ),
      h(
        "div",
        { class: "real-image-three" },
        captioned(this.#real, "real"),
        captioned(this.#generated, "generated"),
        captioned(this.#difference, "difference"),
      ),
      this.#words,
    );
  }

  show(images: readonly RealImage[], context: RealImageContext): void {
    this.#images = images;
    this.#context = context;
    this.element.hidden = false;
    this.#next.hidden = images.length < 2;
    this.#go(0);
  }

  close(): void {
    this.#abort.abort();
    this.element.hidden = true;
  }

  dispose(): void {
    this.#abort.abort();
  }

  #go(place: number): void {
    const image = this.#images[place];
    if (!image || !this.#context) return;
    this.#place = place;
    setText(this.#count, this.#images.length > 1 ? `${place + 1} of ${this.#images.length}` : "");
    setText(this.#title, `Real ${this.#classes[image.label] ?? image.label}`);
    this.#events.found(image.point);
    this.#abort.abort();
    this.#abort = new AbortController();
    void this.#load(image, this.#context, this.#abort.signal);
  }

  async #load(image: RealImage, context: RealImageContext, signal: AbortSignal): Promise<void> {
    const { version, label, dataset } = context;
    const query = { points: [image.point], label: label === undefined ? undefined : image.label, version };
    try {
      const [file, answer] = await Promise.all([
        this.#api.testImage(dataset, image.index, this.#side, signal),
        this.#api.generate(this.#model, query, signal),
      ]);
      const [real, generated] = await Promise.all([
        createImageBitmap(file),
        imageOf(answer.images[0] ?? ""),
      ]);
      if (signal.aborted) return;
      paintImage(this.#real, real);
      paintImage(this.#generated, generated);
      paintDifference(this.#difference, this.#real, this.#generated);
      setText(this.#words, this.#describe(image, dataset));
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) setText(this.#words, messageOf(error));
    }
  }

  #describe({ index, label, distance, class: seen }: RealImage, dataset: string): string {
    const name = this.#classes[label] ?? String(label);
    const same =
      seen.index === label
        ? `and its nearest image is a ${seen.label} too`
        : `but its nearest image is a ${seen.label}`;
    return `Test image ${index} of ${dataset} is a ${name}, ${same}. They differ by ${figure(distance)} pixel values (root mean square, −1 to 1).`;
  }
}

function picture(label: string): HTMLCanvasElement {
  return h("canvas", { class: "pixels", width: 28, height: 28, role: "img", "aria-label": label });
}

function captioned(canvas: HTMLCanvasElement, caption: string): HTMLElement {
  return h("figure", {}, canvas, h("figcaption", {}, caption));
}

/** Real minus generated, as the mean over the channels, in the colours of both sides of a middle. */
function paintDifference(
  to: HTMLCanvasElement,
  real: HTMLCanvasElement,
  generated: HTMLCanvasElement,
): void {
  const { width, height } = generated;
  to.width = width;
  to.height = height;
  const pixels = (canvas: HTMLCanvasElement) =>
    canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const [one, other] = [pixels(real), pixels(generated)];
  const image = new ImageData(width, height);
  for (let at = 0; at < image.data.length; at += 4) {
    const grey = (data: Uint8ClampedArray) =>
      ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
    const share = (grey(one) - grey(other) + 255) / 510;
    image.data.set([...rampRgb("diverging", Math.round(share * TOP_LEVEL)), 255], at);
  }
  to.getContext("2d")?.putImageData(image, 0, 0);
}
