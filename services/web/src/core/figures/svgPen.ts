/** Writes down as SVG what is drawn with the calls of a canvas. */
import { Markup, tag } from "./markup.ts";

/** The part of a canvas's context that drawings share with it. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineJoin"
  | "lineCap"
  | "beginPath"
  | "closePath"
  | "moveTo"
  | "lineTo"
  | "quadraticCurveTo"
  | "arc"
  | "stroke"
  | "fillRect"
> & { fill(rule?: CanvasFillRule): void };

export class SvgPen implements Pen {
  fillStyle: Pen["fillStyle"] = "#000000";
  strokeStyle: Pen["strokeStyle"] = "#000000";
  lineWidth = 1;
  lineJoin: CanvasLineJoin = "miter";
  lineCap: CanvasLineCap = "butt";
  readonly #drawn: string[] = [];
  #path: string[] = [];

  /** What was drawn. */
  get markup(): Markup {
    return new Markup(this.#drawn.join(""));
  }

  beginPath(): void {
    this.#path = [];
  }

  closePath(): void {
    this.#path.push("Z");
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${short(x)} ${short(y)}`);
  }

  quadraticCurveTo(middleX: number, middleY: number, x: number, y: number): void {
    this.#path.push(`Q${short(middleX)} ${short(middleY)} ${short(x)} ${short(y)}`);
  }

  /** Whole circles alone are drawn. */
  arc(x: number, y: number, radius: number): void {
    const [r, across] = [short(radius), short(2 * radius)];
    this.#path.push(
      `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 -${across} 0Z`,
    );
  }

  fill(rule: CanvasFillRule = "nonzero"): void {
    this.#add({ fill: String(this.fillStyle), "fill-rule": rule === "evenodd" ? rule : undefined });
  }

  stroke(): void {
    this.#add({
      fill: "none",
      stroke: String(this.strokeStyle),
      "stroke-width": this.lineWidth,
      "stroke-linejoin": this.lineJoin,
      "stroke-linecap": this.lineCap,
    });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#drawn.push(tag("rect", { x, y, width, height, fill: String(this.fillStyle) }).text);
  }

  #add(style: Readonly<Record<string, string | number | undefined>>): void {
    if (this.#path.length > 0) this.#drawn.push(tag("path", { ...style, d: this.#path.join("") }).text);
  }
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
