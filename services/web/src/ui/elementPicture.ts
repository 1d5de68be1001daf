/**
 * A part of the page as a picture. It draws what figures consist of, at the places where the page has it: plain
 * backgrounds, borders and outlines, canvases, paths of SVG, and text. Buttons and other controls are to be hidden first.
 */

export interface ElementPictureOptions {
  /** Pixels of the picture for one of the page. */
  readonly scale: number;
  readonly background: string;
}

/** Everything is read and drawn at once, so that styles which are set for the picture alone are never seen. */
export function elementPicture(
  root: HTMLElement,
  { scale, background }: ElementPictureOptions,
): HTMLCanvasElement {
  const origin = root.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(root.scrollWidth * scale);
  canvas.height = Math.round(root.scrollHeight * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the picture.");
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.translate(-origin.left, -origin.top);
  drawElement(context, root);
  return canvas;
}

function drawElement(context: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
  if (style.clipPath !== "none") return;
  context.save();
  context.globalAlpha *= Number(style.opacity);
  if (style.overflow === "hidden" && box.width > 0) {
    outline(context, box, style);
    context.clip();
  }
  drawBox(context, box, style);
  if (element instanceof HTMLCanvasElement) drawCanvas(context, element, box, style);
  else if (element instanceof SVGSVGElement) drawPaths(context, element, box);
  else {
    for (const child of element.childNodes) {
      if (child instanceof Element) drawElement(context, child);
      else if (child instanceof Text) drawText(context, child, style);
    }
  }
  context.restore();
}

function outline(context: CanvasRenderingContext2D, box: DOMRect, style: CSSStyleDeclaration): void {
  const radius = style.borderTopLeftRadius.endsWith("%")
    ? (Number.parseFloat(style.borderTopLeftRadius) / 100) * box.width
    : Number.parseFloat(style.borderTopLeftRadius) || 0;
  context.beginPath();
  context.roundRect(box.left, box.top, box.width, box.height, radius);
}

function drawBox(context: CanvasRenderingContext2D, box: DOMRect, style: CSSStyleDeclaration): void {
  if (box.width === 0 || box.height === 0) return;
  outline(context, box, style);
  if (!isClear(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor;
    context.fill();
  }
  const width = Number.parseFloat(style.borderTopWidth);
  const framed = width > 0 && Number.parseFloat(style.borderLeftWidth) > 0;
  if (framed && style.borderTopStyle !== "none" && !isClear(style.borderTopColor)) {
    context.save();
    context.clip();
    context.lineWidth = 2 * width;
    context.strokeStyle = style.borderTopColor;
    context.stroke();
    context.restore();
  }
  drawOutline(context, box, style);
}

/** Around a circle or a rectangle, as its `outline` is. */
function drawOutline(context: CanvasRenderingContext2D, box: DOMRect, style: CSSStyleDeclaration): void {
  const width = Number.parseFloat(style.outlineWidth);
  if (style.outlineStyle !== "solid" || !(width > 0)) return;
  const around = new DOMRect(box.x - width / 2, box.y - width / 2, box.width + width, box.height + width);
  outline(context, around, style);
  context.lineWidth = width;
  context.strokeStyle = style.outlineColor;
  context.stroke();
}

function isClear(colour: string): boolean {
  return colour === "transparent" || /[,/]\s*0\)$/.test(colour);
}

function drawCanvas(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  box: DOMRect,
  style: CSSStyleDeclaration,
): void {
  if (canvas.width === 0 || canvas.height === 0) return;
  context.imageSmoothingEnabled = style.imageRendering === "auto";
  context.drawImage(canvas, box.left, box.top, box.width, box.height);
}

/** Strokes of paths, whose widths do not grow with the drawing. */
function drawPaths(context: CanvasRenderingContext2D, drawing: SVGSVGElement, box: DOMRect): void {
  const { width, height } = drawing.viewBox.baseVal ?? {};
  if (!width || !height) return;
  const toPage = new DOMMatrix([box.width / width, 0, 0, box.height / height, box.left, box.top]);
  for (const path of drawing.querySelectorAll("path")) {
    const style = getComputedStyle(path);
    const placed = new Path2D();
    placed.addPath(new Path2D(path.getAttribute("d") ?? ""), toPage);
    context.lineWidth = Number.parseFloat(style.strokeWidth) || 1;
    context.strokeStyle = style.stroke;
    if (style.stroke !== "none") context.stroke(placed);
  }
}

/** Line by line, as the page has broken it. */
function drawText(context: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration): void {
  if (node.data.trim() === "") return;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.letterSpacing = style.letterSpacing === "normal" ? "0px" : style.letterSpacing;
  context.fillStyle = style.color;
  context.textBaseline = "alphabetic";
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText(node.data);
  for (const { text, box } of linesOf(node)) {
    const baseline = box.top + (box.height - ascent - descent) / 2 + ascent;
    context.fillText(text, box.left, baseline);
  }
}

function linesOf(node: Text): { readonly text: string; readonly box: DOMRect }[] {
  const range = document.createRange();
  const lines: { text: string; box: DOMRect }[] = [];
  for (let at = 0; at < node.data.length; at++) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const [box] = range.getClientRects();
    const last = lines.at(-1);
    const character = node.data[at] ?? "";
    if (!box) continue;
    if (last && Math.abs(last.box.top - box.top) < box.height / 2) last.text += character;
    else if (character.trim() !== "") lines.push({ text: character, box });
  }
  return lines;
}
