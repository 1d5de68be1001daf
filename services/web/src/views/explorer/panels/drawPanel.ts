/** Draw a digit or open a picture, and find the nearest image of the model and its place. */
import type { Api } from "../../../api/client.ts";
import { isAbort, messageOf } from "../../../api/problem.ts";
import type { Located, ModelView, Place } from "../../../api/types.ts";
import {
  blurred,
  framing,
  movedPen,
  type Spot,
  type Stroke,
  strokeOf,
  USUAL_STROKE,
} from "../../../core/explorer/pen.ts";
import { type Point, rounded } from "../../../core/latent/vector.ts";
import { axisName, coordinate, figure, percent } from "../../../core/text/format.ts";
import { button, select } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { bitmapOf, paintBitmap } from "../../../ui/paint.ts";
import { JudgementView } from "./judgementView.ts";

/** Pixels along a side of the drawing. */
const SIDE = 280;
/** How many of the data's images are looked at to find how thick their strokes are. */
const STROKE_IMAGES = 12;

export interface DrawEvents {
  readonly found: (point: Point, label: number | undefined) => void;
}

export class DrawPanel {
  readonly element: HTMLElement;
  readonly #api: Api;
  readonly #model: ModelView;
  readonly #events: DrawEvents;
  readonly #canvas: HTMLCanvasElement;
  readonly #pen = h("span", { class: "pen", "aria-hidden": "true", hidden: true });
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
  /** The lines that were drawn, as shares of the square. */
  #lines: Spot[][] = [];
  #stroke: Stroke = USUAL_STROKE;
  #measured = false;
  #spot: Spot = { x: 0.5, y: 0.5 };
  #down = false;
  #blank = true;
  #version = 0;
  #label: number | undefined;
  #abort: AbortController | undefined;

  constructor(api: Api, model: ModelView, events: DrawEvents) {
    this.#api = api;
    this.#model = model;
    this.#events = events;
    this.#canvas = h("canvas", {
      class: "drawing",
      width: SIDE,
      height: SIDE,
      tabindex: 0,
      role: "application",
      "aria-label":
        "Drawing. Drag to draw. With the keyboard, the arrow keys move the pen, space lowers and lifts it, and Delete clears the drawing.",
      on: { keydown: (event) => this.#key(event) },
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
      h("div", { class: "drawing-frame" }, this.#canvas, this.#pen),
      h(
        "div",
        { class: "draw-result" },
        h(
          "div",
          { class: "actions" },
          this.#go,
          button({ label: "Clear", kind: "plain", click: () => this.#clear() }),
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
          "Draw something that the model has learnt. Its place is the point whose image differs least from yours, pixel by pixel; the point moves there.",
        ),
        h("div", { class: "draw-search" }, this.#status, this.#halt),
        this.#result,
        this.#judges,
      ),
    );
    this.#listen();
    this.#clear();
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

  // Drawing --------------------------------------------------------------------------------

  #listen(): void {
    const canvas = this.#canvas;
    const spotOf = (event: PointerEvent): Spot => {
      const box = canvas.getBoundingClientRect();
      return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.#down = true;
      this.#pen.hidden = true;
      this.#spot = spotOf(event);
      this.#begin(this.#spot);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.#down || !canvas.hasPointerCapture(event.pointerId)) return;
      this.#spot = spotOf(event);
      this.#extend(this.#spot);
    });
    const up = () => {
      if (!this.#down) return;
      this.#down = false;
      if (!this.#blank) void this.#locateDrawing();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === " ") {
      this.#down = !this.#down;
      if (this.#down) this.#begin(this.#spot);
    } else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else {
      const next = movedPen(this.#spot, event.key);
      if (!next) return;
      if (this.#down) this.#extend(next);
      this.#spot = next;
    }
    event.preventDefault();
    this.#pen.hidden = false;
    this.#pen.classList.toggle("down", this.#down);
    this.#pen.style.left = `${this.#spot.x * 100}%`;
    this.#pen.style.top = `${this.#spot.y * 100}%`;
  }

  #begin(at: Spot): void {
    this.#lines.push([at]);
    this.#paint();
  }

  #extend(to: Spot): void {
    this.#lines.at(-1)?.push(to);
    this.#paint();
  }

  /** As it will be compared, but for the frame: strokes as thick and as blurred as the data's. */
  #paint(): void {
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, SIDE, SIDE);
    this.#trace(context, ({ x, y }) => ({ x: x * SIDE, y: y * SIDE }));
    // Blurred by the style, since not every browser blurs while it draws.
    const { clientWidth } = this.#canvas;
    this.#canvas.style.filter = `blur(${(this.#stroke.blur * clientWidth) / this.#side}px)`;
    this.#blank = this.#lines.length === 0;
    this.#go.disabled = this.#blank;
  }

  /** Draws all lines with the pen. @param at where a spot lies on the canvas, in pixels. */
  #trace(context: CanvasRenderingContext2D, at: (spot: Spot) => Spot): void {
    context.strokeStyle = "#ffffff";
    context.lineWidth = this.#pixels(this.#stroke.width);
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const line of this.#lines) {
      context.beginPath();
      const [first, ...rest] = line.map(at);
      if (!first) continue;
      context.moveTo(first.x, first.y);
      // A line to its own start makes a dot.
      for (const { x, y } of rest.length > 0 ? rest : [first]) context.lineTo(x, y);
      context.stroke();
    }
  }

  /** Pixels along a side of the model's images. */
  get #side(): number {
    return this.#model.image_shape[0] ?? 28;
  }

  /** A length in pixels of the model's images, in pixels of the drawing. */
  #pixels(length: number): number {
    return (length * SIDE) / this.#side;
  }

  /** Finds how thick the strokes of the data's images are; what was drawn by then is drawn anew. */
  async #measure(): Promise<void> {
    const side = this.#side;
    const load = async (index: number) => {
      const file = await this.#api.testImage(this.#model.card.dataset, index, side);
      return greysOf(await createImageBitmap(file), side);
    };
    try {
      const images = await Promise.all(Array.from({ length: STROKE_IMAGES }, (_, index) => load(index)));
      this.#stroke = strokeOf(images, side) ?? USUAL_STROKE;
      this.#paint();
    } catch {
      // The images are an improvement: without them, the strokes are as usual.
    }
  }

  #clear(): void {
    this.#lines = [];
    this.#down = false;
    this.#paint();
    this.#stop();
    setText(this.#status, "");
    fill(this.#result);
    this.#judges.hidden = true;
  }

  /** The drawing on black, framed like the digits of the data sets. */
  async #framed(): Promise<Blob | undefined> {
    const pixels = this.#canvas.getContext("2d")?.getImageData(0, 0, SIDE, SIDE).data;
    const ink = pixels?.filter((_, index) => index % 4 === 3);
    const frame = ink && framing(ink, SIDE, this.#pixels(this.#stroke.width));
    const canvas = h("canvas", { width: SIDE, height: SIDE });
    const context = canvas.getContext("2d");
    if (!frame || !context) return undefined;
    const { scale, x, y } = frame;
    context.fillRect(0, 0, SIDE, SIDE);
    this.#trace(context, (spot) => ({
      x: SIDE / 2 + (spot.x * SIDE - x) * scale,
      y: SIDE / 2 + (spot.y * SIDE - y) * scale,
    }));
    const image = context.getImageData(0, 0, SIDE, SIDE);
    const sharp = image.data.filter((_, index) => index % 4 === 0);
    const soft = blurred(sharp, SIDE, this.#pixels(this.#stroke.blur));
    for (const [index, grey] of soft.entries()) image.data.set([grey, grey, grey, 255], 4 * index);
    context.putImageData(image, 0, 0);
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
  }

  // Finding --------------------------------------------------------------------------------

  async #locateDrawing(): Promise<void> {
    const image = await this.#framed();
    if (image) await this.#locate(image);
  }

  async #take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = "";
    if (file) await this.#locate(file);
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
    const compared = await this.#picture(found.compared, "Your drawing at the size of the model's images");
    const places = [found as Place, ...found.alternatives];
    fill(
      this.#result,
      h("figure", { class: "located-place" }, compared, h("figcaption", {}, "Yours")),
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
        "aria-label": `${index === 0 ? "Nearest image" : "Next nearest image"}: ${name}, distance ${figure(place.distance)}. Move the point there.`,
        on: { click: () => this.#events.found(rounded(place.point), place.label ?? undefined) },
      },
      await this.#picture(place.image, `Image of ${name}`),
      h("strong", {}, index === 0 ? `Nearest: ${name}` : name),
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
    paintBitmap(canvas, await bitmapOf(base64));
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
