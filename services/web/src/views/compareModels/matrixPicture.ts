/** The whole matrix as a PNG for a paper: in light colours, without controls, whatever the screen is like. */
import { withTexts } from "../../core/formats/pngText.ts";
import { elementPicture } from "../../ui/elementPicture.ts";

/** Pixels of the page. */
const LABELS = 128;
const COLUMN = 256;
const GAP = 24;
const PADDING = 48;
/** So that a column of the picture is printed sharply at 4 cm. */
const SCALE = 2;

/** @param figure the element that holds the matrix and its caption. */
export async function matrixPicture(figure: HTMLElement, columns: number): Promise<Blob> {
  const picture = inPrint(figure, LABELS + columns * (COLUMN + GAP) + PADDING, () =>
    elementPicture(figure, { scale: SCALE, background: "#ffffff" }),
  );
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This browser cannot write the picture.");
  // The link restores the view that the picture shows.
  const texts = { Title: "Models side by side", Source: location.href };
  return new Blob([withTexts(new Uint8Array(await blob.arrayBuffer()), texts)], { type: "image/png" });
}

/** Runs `draw` while the figure looks as it shall in print. Nothing of that reaches the screen. */
function inPrint<T>(figure: HTMLElement, width: number, draw: () => T): T {
  const before = figure.style.cssText;
  figure.classList.add("in-picture");
  figure.style.colorScheme = "light";
  figure.style.width = `${width}px`;
  try {
    return draw();
  } finally {
    figure.classList.remove("in-picture");
    figure.style.cssText = before;
  }
}
