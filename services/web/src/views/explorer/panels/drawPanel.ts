/** Draw a digit or open a picture, and find the model's images that are most like it and their places. */
import type { Api } from "../../../api/client.ts";
import { isAbort, messageOf } from "../../../api/problem.ts";
import type { Located, ModelView, Place } from "../../../api/types.ts";
import { seenWords } from "../../../core/explorer/locatedWords.ts";
import { type Frame, frameOf, strokeOf } from "../../../core/explorer/pen.ts";
import { type Point, rounded } from "../../../core/latent/vector.ts";
import { axisName, coordinate, figure, percent } from "../../../core/text/format.ts";
import { button, select } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { imageOf, paintImage } from "../../../ui/paint.ts";
import { Drawing } from "./drawing.ts";
import { JudgementView } from "./judgementView.ts";
import { framedPicture } from "./pictureFrame.ts";

/** How many of the data's images are looked at to find how thick their strokes are, and how they lie. */
const MEASURED_IMAGES = 12;

export interface DrawEvents {
  readonly found: (point: Point, label: number | undefined) => void;
  /** @param places of the image, the best first; undefined: there is no image any more. */
  readonly places: (places: FoundPlaces | undefined) => void;
}

/** Where an image lies, by a version. */
export interface FoundPlaces {
  readonly version: number;
  readonly places: readonly Place[];
}

export class DrawPanel {
  readonly element: HTMLElement;
  readonly #api: Api;
  readonly #model: ModelView;
  readonly #events: DrawEvents;
  readonly #drawing: Drawing;
  readonly #seen = h("p", { class: "drawn-seen" });
  readonly #result = h("div", { class: "located" });
  readonly #judgement = new JudgementView();
  readonly #judges = h(
    "section",
    { class: "drawn-judges", hidden: true },
    h("h3", {}, "What the judges say of your image"),
    this.#judgement.element,
  );
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #go: HTMLButtonElement;
  readonly #halt: HTMLButtonElement;
  #measured = false;
  /** How drawings lie in the data's images; undefined: they are no drawings. */
  #frame: Frame | undefined;
  #version = 0;
  #label: number | undefined;
  #abort: AbortController | undefined;

  constructor(api: Api, model: ModelView, events: DrawEvents) {
    this.#api = api;
    this.#model = model;
    this.#events = events;
    this.#drawing = new Drawing(this.#side, {
      changed: (blank) => {
        this.#go.disabled = blank;
      },
      ended: () => void this.#locateDrawing(),
      cleared: () => this.#forget(),
    });
    this.#go = button({
      label: "Find its place",
      kind: "primary",
      disabled: true,
      click: () => void this.#locateDrawing(),
    });
    this.#halt = button({ label: "Stop", icon: "stop", kind: "plain", click: () => this.#stop() });
    this.#halt.hidden = true;
    const classes = model.conditional ? model.classes : [];
    const file = h("input", {
      type: "file",
      accept: "image/png,image/jpeg,image/webp",
      class: "visually-hidden",
      on: { change: () => void this.#take(file) },
    });
    this.element = h(
      "div",
      { class: "draw-panel" },
      this.#drawing.element,
      h(
        "div",
        { class: "draw-result" },
        h(
          "div",
          { class: "actions" },
          this.#go,
          button({ label: "Clear", kind: "plain", click: () => this.#drawing.clear() }),
          h("label", { class: "button quiet" }, file, "Open a picture"),
        ),
        classes.length > 0
          ? h(
              "label",
              { class: "choice" },
              "Among images of",
              select(
                "Label to search among",
                [
                  { value: "", label: "all labels" },
                  ...classes.map((name, id) => ({ value: String(id), label: name })),
                ],
                "",
                (value) => {
                  this.#label = value === "" ? undefined : Number(value);
                },
              ),
            )
          : null,
        h(
          "p",
          { class: "panel-lede" },
          marked(
            "Draw something that the model has learnt. The classifier says what it sees; of the model's images of that, those that are most like yours are pinned on the map, and the point moves to the best.",
          ),
        ),
        h("div", { class: "draw-search" }, this.#status, this.#halt),
        this.#seen,
        this.#result,
        this.#judges,
      ),
    );
  }

  /** @param visible whether the panel is open. */
  update(version: number, visible: boolean): void {
    this.#version = version;
    if (!visible || this.#measured) return;
    this.#measured = true;
    void this.#measure();
  }

  dispose(): void {
    this.#abort?.abort();
  }

  /** Pixels along a side of the model's images. */
  get #side(): number {
    return this.#model.image_shape[0] ?? 28;
  }

  /** Finds how thick the strokes of the data's images are, and how what they show lies. */
  async #measure(): Promise<void> {
    const side = this.#side;
    const load = async (index: number) => {
      const file = await this.#api.testImage(this.#model.card.dataset, index, side);
      return greysOf(await createImageBitmap(file), side);
    };
    try {
      const images = await Promise.all(Array.from({ length: MEASURED_IMAGES }, (_, index) => load(index)));
      const stroke = strokeOf(images, side);
      if (stroke) this.#drawing.stroke = stroke;
      this.#frame = frameOf(images, side);
      if (this.#frame) this.#drawing.frame = this.#frame;
    } catch {
      // The images are an improvement: without them, strokes and frame are as usual.
    }
  }

  #forget(): void {
    this.#stop();
    fill(this.#result);
    setText(this.#seen, "");
    this.#judges.hidden = true;
    this.#events.places(undefined);
  }

  async #locateDrawing(): Promise<void> {
    const image = await this.#drawing.framed();
    if (image) await this.#locate(image);
  }

  async #take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    let picture: Blob = file;
    try {
      if (this.#frame) picture = await framedPicture(file, this.#side, this.#frame);
    } catch {
      // What the browser cannot read, the gateway refuses in words.
    }
    await this.#locate(picture);
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#halt.hidden = true;
    setText(this.#status, "");
  }

  async #locate(image: Blob): Promise<void> {
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#halt.hidden = false;
    setText(this.#status, "Searching the latent space…");
    let words = "";
    try {
      const query = { version: this.#version, label: this.#label };
      const judged = this.#judge(image, query, abort.signal);
      const found = await this.#api.locate(this.#model.name, image, query, abort.signal);
      if (abort.signal.aborted) return;
      await this.#show(found);
      this.#events.found(rounded(found.point), found.label ?? undefined);
      await judged;
    } catch (error) {
      if (!abort.signal.aborted && !isAbort(error)) words = messageOf(error);
    }
    if (this.#abort !== abort) return;
    this.#stop();
    setText(this.#status, words);
  }

  /** The judges are an addition: a version without them shows the place alone. */
  async #judge(
    image: Blob,
    query: { readonly version: number; readonly label: number | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const [judgement] = (await this.#api.judgeImage(this.#model.name, image, query, signal)).judgements;
      if (!judgement) return;
      this.#judgement.show(judgement);
      this.#judges.hidden = false;
    } catch {
      this.#judges.hidden = true;
    }
  }

  async #show(found: Located): Promise<void> {
    const compared = await this.#picture(found.compared, "Your image as it was searched for");
    const places = [found as Place, ...found.alternatives];
    setText(this.#seen, seenWords(found));
    this.#events.places({ version: found.version, places });
    fill(
      this.#result,
      h(
        "figure",
        { class: "located-place" },
        compared,
        h("figcaption", {}, h("strong", {}, "Searched for")),
      ),
      await Promise.all(places.map((place, index) => this.#place(place, index))),
    );
  }

  async #place(place: Place, index: number): Promise<HTMLElement> {
    const name = place.class.label;
    const point = place.point.map((value, axis) => `${axisName(axis)} ${coordinate(value)}`).join("  ");
    return h(
      "button",
      {
        type: "button",
        class: "located-place",
        title: point,
        "aria-label": `Place ${index + 1}: ${name}, distance ${figure(place.distance)}. Move the point there.`,
        on: { click: () => this.#events.found(rounded(place.point), place.label ?? undefined) },
      },
      await this.#picture(place.image, `Image of ${name}`),
      h(
        "strong",
        {},
        h("span", { class: "pin-number", "aria-hidden": "true" }, String(index + 1)),
        ` ${name}`,
      ),
      h(
        "span",
        {
          class: "quiet-note",
          title: "Root mean square difference of the pixels: 0 is the same image, 1 is black against white",
        },
        `distance ${figure(place.distance)}`,
      ),
      h("span", { class: "quiet-note" }, `${percent(place.class.probability)} sure`),
    );
  }

  async #picture(base64: string, label: string): Promise<HTMLCanvasElement> {
    const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": label });
    paintImage(canvas, await imageOf(base64));
    return canvas;
  }
}

/** Brightness of a square image, as the mean over its channels: `side` × `side` pixels, 0 to 255. */
function greysOf(bitmap: ImageBitmap, side: number): number[] {
  const canvas = h("canvas", { width: side, height: side });
  const context = canvas.getContext("2d");
  context?.drawImage(bitmap, 0, 0, side, side);
  bitmap.close();
  const data = context?.getImageData(0, 0, side, side).data ?? new Uint8ClampedArray(4 * side * side);
  return Array.from({ length: side * side }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(4 * index, 4 * index + 3);
    return (red + green + blue) / 3;
  });
}
