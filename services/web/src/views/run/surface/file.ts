/** The loss surface as a PNG that stands alone: with its title, axes and legend. */
import {
  type Box,
  bandColour,
  type Contours,
  paintContours,
  paintPath,
  pixelOf,
} from "../../../charts/contours.ts";
import { AXES, axisTicks, NETWORKS } from "../../../core/surface/surface.ts";
import { integer } from "../../../core/text/format.ts";
import { h } from "../../../ui/dom.ts";
import { signed } from "./plot.ts";

const [WIDTH, HEIGHT] = [900, 760];
const BOX: Box = { left: 84, top: 64, width: 784, height: 548 };
/** Pixels of the file by pixels of the drawing. */
const SCALE = 2;
const INK = "#1a1b20";
const SOFT = "#50525b";

export async function surfacePng(contours: Contours): Promise<Blob> {
  const canvas = h("canvas", { width: WIDTH * SCALE, height: HEIGHT * SCALE });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the file.");
  context.scale(SCALE, SCALE);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const family = getComputedStyle(document.body).fontFamily;
  const write = (
    text: string,
    x: number,
    y: number,
    {
      size = 13,
      colour = SOFT,
      align = "center",
    }: { size?: number; colour?: string; align?: CanvasTextAlign } = {},
  ) => {
    context.font = `${size}px ${family}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  const { surface } = contours;
  paintContours(context, BOX, contours);
  paintPath(context, BOX, surface);
  const grey = surface.loss.flat().includes(null) ? " Grey: no finite loss." : "";
  const [first, last] = [surface.path[0], surface.path.at(-1)];
  write(
    `${surface.run}: loss of the ${NETWORKS[surface.network].toLowerCase()} around its training`,
    BOX.left,
    30,
    { size: 18, colour: INK, align: "left" },
  );
  write(
    `The line is the path from epoch ${integer(first?.epoch ?? 0)} to epoch ${integer(last?.epoch ?? 0)}, with a dot for each state.${grey}`,
    BOX.left,
    50,
    { align: "left" },
  );
  writeAxes(contours, write);
  writeRotated(context, AXES[surface.directions][1], write);
  writeLegend(context, contours.edges, write);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot make the file."))),
      "image/png",
    );
  });
}

type Write = (
  text: string,
  x: number,
  y: number,
  options?: { size?: number; colour?: string; align?: CanvasTextAlign },
) => void;

function writeAxes({ surface }: Contours, write: Write): void {
  const [xs, ys] = surface.axes;
  const bottom = BOX.top + BOX.height;
  for (const value of axisTicks(xs, 12)) {
    write(signed(value), pixelOf(surface, BOX, [value, ys[0] ?? 0])[0], bottom + 20);
  }
  for (const value of axisTicks(ys, 10)) {
    write(signed(value), BOX.left - 10, pixelOf(surface, BOX, [xs[0] ?? 0, value])[1] + 4, {
      align: "right",
    });
  }
  write(AXES[surface.directions][0], BOX.left + BOX.width / 2, bottom + 44);
}

function writeRotated(context: CanvasRenderingContext2D, text: string, write: Write): void {
  context.save();
  context.translate(24, BOX.top + BOX.height / 2);
  context.rotate(-Math.PI / 2);
  write(text, 0, 0);
  context.restore();
}

function writeLegend(context: CanvasRenderingContext2D, edges: readonly number[], write: Write): void {
  const bands = edges.length - 1;
  const top = BOX.top + BOX.height + 66;
  const width = BOX.width / bands;
  for (let band = 0; band < bands; band++) {
    context.fillStyle = bandColour(band, bands);
    context.fillRect(BOX.left + band * width, top, width + 0.5, 14);
  }
  edges.forEach((edge, index) => {
    if (index % 3 !== 0) return;
    const align = index === 0 ? "left" : index === bands ? "right" : "center";
    write(signed(edge), BOX.left + index * width, top + 34, { align });
  });
  write("loss", BOX.left - 10, top + 12, { align: "right" });
}
