/** Draw a digit or open a picture, and find the nearest image of the model and its place. */
import type { Api } from "../../../api/client.ts";
import { isAbort, messageOf } from "../../../api/problem.ts";
import type { Located, Place } from "../../../api/types.ts";
import { framing, movedPen, type Spot } from "../../../core/explorer/pen.ts";
import { type Point, rounded } from "../../../core/latent/vector.ts";
import { axisName, coordinate, figure, percent } from "../../../core/text/format.ts";
import { button, select } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { bitmapOf, paintBitmap } from "../../../ui/paint.ts";
import { JudgementView } from "./judgementView.ts";

const SIDE = 280;
const PEN = 22;

export interface DrawEvents {
  readonly found: (point: Point, label: number | undefined) => void;
}

export class DrawPanel {
  readonly element: HTMLElement;
  readonly #api: Api;
  readonly #model: string;
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
  #spot: Spot = { x: 0.5, y: 0.5 };
  #down = false;
  #blank = true;
  #version = 0;
  #label: number | undefined;
  #abort: AbortController | undefined;

  /** @param classes classes of a conditional model; empty otherwise. */
  constructor(api: Api, model: string, classes: readonly string[], events: DrawEvents) {
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
      click: () => (this.#abort ? this.#stop() : void this.#locateDrawing()),
    });
    const file = h("input", {
      type: "file",
      accept: "image/png,image/jpeg,image/webp",
      class: "visually-hidden",
      on: { change: () => void this.#take(file) },
    });
    this.element = h(
      "div",
      { class: "draw-panel" },
      h(
        "div",
        { class: "draw-side" },
        h("div", { class: "drawing-frame" }, this.#canvas, this.#pen),
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
      ),
      h(
        "div",
        { class: "draw-result" },
        h(
          "p",
          { class: "panel-lede" },
          "Draw something that the model has learnt. Its place is the point whose image differs least from yours, pixel by pixel; the point moves there.",
        ),
        this.#status,
        this.#result,
        this.#judges,
      ),
    );
    this.#listen();
    this.#clear();
  }

  update(version: number): void {
    this.#version = version;
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
      this.#stroke(this.#spot, this.#spot);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.#down || !canvas.hasPointerCapture(event.pointerId)) return;
      const next = spotOf(event);
      this.#stroke(this.#spot, next);
      this.#spot = next;
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
      if (this.#down) this.#stroke(this.#spot, this.#spot);
    } else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else {
      const next = movedPen(this.#spot, event.key);
      if (!next) return;
      if (this.#down) this.#stroke(this.#spot, next);
      this.#spot = next;
    }
    event.preventDefault();
    this.#pen.hidden = false;
    this.#pen.classList.toggle("down", this.#down);
    this.#pen.style.left = `${this.#spot.x * 100}%`;
    this.#pen.style.top = `${this.#spot.y * 100}%`;
  }

  #stroke(from: Spot, to: Spot): void {
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.strokeStyle = "#ffffff";
    context.lineWidth = PEN;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(from.x * SIDE, from.y * SIDE);
    context.lineTo(to.x * SIDE, to.y * SIDE);
    context.stroke();
    this.#blank = false;
    this.#go.disabled = false;
  }

  #clear(): void {
    const context = this.#canvas.getContext("2d");
    context?.clearRect(0, 0, SIDE, SIDE);
    this.#blank = true;
    this.#down = false;
    this.#go.disabled = true;
    this.#stop();
    setText(this.#status, "");
    fill(this.#result);
    this.#judges.hidden = true;
  }

  /** The drawing on black, framed like the digits of the data sets. */
  async #framed(): Promise<Blob | undefined> {
    const pixels = this.#canvas.getContext("2d")?.getImageData(0, 0, SIDE, SIDE).data;
    const ink = pixels?.filter((_, index) => index % 4 === 3);
    const frame = ink && framing(ink, SIDE);
    const canvas = h("canvas", { width: SIDE, height: SIDE });
    const context = canvas.getContext("2d");
    if (!frame || !context) return undefined;
    context.fillRect(0, 0, SIDE, SIDE);
    context.translate(SIDE / 2, SIDE / 2);
    context.scale(frame.scale, frame.scale);
    context.drawImage(this.#canvas, -frame.x, -frame.y);
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
    setText(this.#go.querySelector("span") ?? this.#go, "Find its place");
  }

  async #locate(image: Blob): Promise<void> {
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    setText(this.#go.querySelector("span") ?? this.#go, "Stop");
    setText(this.#status, "Searching the latent space…");
    try {
      const query = { version: this.#version, label: this.#label };
      const judged = this.#judge(image, query, abort.signal);
      const found = await this.#api.locate(this.#model, image, query, abort.signal);
      if (abort.signal.aborted) return;
      setText(this.#status, "");
      await this.#show(found);
      this.#events.found(rounded(found.point), found.label ?? undefined);
      await judged;
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) {
        if (this.#abort === undefined) setText(this.#status, "");
      } else setText(this.#status, messageOf(error));
    }
    if (this.#abort === abort) this.#stop();
  }

  /** The judges are an addition: a version without them shows the place alone. */
  async #judge(
    image: Blob,
    query: { readonly version: number; readonly label: number | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const [judgement] = (await this.#api.judgeImage(this.#model, image, query, signal)).judgements;
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
