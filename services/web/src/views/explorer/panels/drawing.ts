/** A square to draw on, with pointer and keys, in strokes as thick and as blurred as those of a data set. */
import {
  blurred,
  type Frame,
  framing,
  movedPen,
  type Spot,
  type Stroke,
  USUAL_FRAME,
  USUAL_STROKE,
} from "../../../core/explorer/pen.ts";
import { h } from "../../../ui/dom.ts";

/** Pixels along a side of the drawing. */
const SIDE = 280;

export interface DrawingEvents {
  /** @param blank whether nothing is drawn. */
  readonly changed: (blank: boolean) => void;
  /** A stroke of the pointer has ended. */
  readonly ended: () => void;
  readonly cleared: () => void;
}

export class Drawing {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #pen = h("span", { class: "pen", "aria-hidden": "true", hidden: true });
  readonly #side: number;
  readonly #events: DrawingEvents;
  /** The lines that were drawn, as shares of the square. */
  #lines: Spot[][] = [];
  #stroke: Stroke = USUAL_STROKE;
  /** How a drawing is framed. */
  frame: Frame = USUAL_FRAME;
  #spot: Spot = { x: 0.5, y: 0.5 };
  #down = false;

  /** @param side pixels along a side of the images that strokes are measured in. */
  constructor(side: number, events: DrawingEvents) {
    this.#side = side;
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
    this.element = h("div", { class: "drawing-frame" }, this.#canvas, this.#pen);
    this.#listen();
  }

  /** How strokes are to be; what was drawn before is drawn anew. */
  set stroke(stroke: Stroke) {
    this.#stroke = stroke;
    this.#paint();
  }

  clear(): void {
    this.#lines = [];
    this.#down = false;
    this.#paint();
    this.#events.cleared();
  }

  /** The drawing on black, framed like those of the data; undefined: nothing is drawn. */
  async framed(): Promise<Blob | undefined> {
    const pixels = this.#canvas.getContext("2d")?.getImageData(0, 0, SIDE, SIDE).data;
    const ink = pixels?.filter((_, index) => index % 4 === 3);
    // The frame holds blurred strokes: at 1.5 deviations beyond an edge, a fifteenth of its brightness is left.
    const { width, blur } = this.#stroke;
    const sharpFrame = { ...this.frame, extent: this.frame.extent - (3 * blur) / this.#side };
    const frame = ink && framing(ink, SIDE, this.#pixels(width), sharpFrame);
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
      this.#events.ended();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === " ") {
      this.#down = !this.#down;
      if (this.#down) this.#begin(this.#spot);
    } else if (event.key === "Delete" || event.key === "Backspace") this.clear();
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

  /** As it will be compared, but for the frame. */
  #paint(): void {
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, SIDE, SIDE);
    this.#trace(context, ({ x, y }) => ({ x: x * SIDE, y: y * SIDE }));
    // Blurred by the style, since not every browser blurs while it draws.
    const scale = this.#canvas.clientWidth / this.#side;
    this.#canvas.style.filter = `blur(${this.#stroke.blur * scale}px)`;
    this.#events.changed(this.#lines.length === 0);
  }

  /** Draws all lines with the pen. @param at where a spot lies on the canvas, in pixels. */
  #trace(context: CanvasRenderingContext2D, at: (spot: Spot) => Spot): void {
    context.strokeStyle = "#ffffff";
    context.lineWidth = this.#pixels(this.#stroke.width);
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const line of this.#lines) {
      const [first, ...rest] = line.map(at);
      if (!first) continue;
      context.beginPath();
      context.moveTo(first.x, first.y);
      // A line to its own start makes a dot.
      for (const { x, y } of rest.length > 0 ? rest : [first]) context.lineTo(x, y);
      context.stroke();
    }
  }

  /** A length in pixels of the images, in pixels of the drawing. */
  #pixels(length: number): number {
    return (length * SIDE) / this.#side;
  }
}
