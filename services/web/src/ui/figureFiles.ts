/** Figures as files: SVG with the page's font in it, and PNG. */
import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import type { Figure } from "../core/figures/sheet.ts";
import { withTexts } from "../core/formats/pngText.ts";

/** Pixels of a PNG for one of its figure: sharp on a wall. */
const SCALE = 3;
/** How long a font may take, in milliseconds; a figure without it has that of the program that shows it. */
const PATIENCE = 4000;

let font: Promise<string> | undefined;

/** The figure as SVG: real text, in the page's font also where that is not installed. */
export async function svgFile(figure: Figure): Promise<Blob> {
  return new Blob([await withFont(figure)], { type: "image/svg+xml" });
}

/** The same as PNG, with its title and its link in the file. */
export async function pngFile(figure: Figure): Promise<Blob> {
  const url = URL.createObjectURL(await svgFile(figure));
  const image = new Image();
  image.src = url;
  const canvas = document.createElement("canvas");
  try {
    await image.decode();
    canvas.width = figure.width * SCALE;
    canvas.height = figure.height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
  const { title: Title, words: Description, source: Source } = figure;
  return pngWithTexts(canvas, { Title, ...(Description ? { Description } : {}), Source });
}

export async function pngWithTexts(
  canvas: HTMLCanvasElement,
  texts: Readonly<Record<string, string>>,
): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This browser cannot write the picture.");
  return new Blob([withTexts(new Uint8Array(await blob.arrayBuffer()), texts)], { type: "image/png" });
}

async function withFont({ svg }: Figure): Promise<string> {
  font ??= loadFont();
  const face = await font;
  return face === "" ? svg : svg.replace(/<svg[^>]*>/, (start) => `${start}<style>${face}</style>`);
}

/** Empty where the font cannot be had. */
async function loadFont(): Promise<string> {
  try {
    const response = await fetch(interUrl, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return "";
    const data = await dataUrl(await response.blob());
    return `@font-face{font-family:Inter;font-weight:100 900;src:url(${data})}`;
  } catch {
    font = undefined;
    return "";
  }
}

/** A file as an address that contains it. */
export function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("The picture cannot be read."));
    reader.readAsDataURL(file);
  });
}
