/** The whole matrix as a PNG for a paper: in light colours, without controls, whatever the screen is like. */
import { elementPicture } from "../../ui/elementPicture.ts";
import { pngWithTexts } from "../../ui/figureFiles.ts";

/** Pixels of the page. */
const LABELS = 128;
const COLUMN = 256;
const GAP = 24;
const PADDING = 48;

/**
 * @param figure the element that holds the matrix and its caption.
 * @param scale pixels of the picture for one of the page.
 */
export async function matrixPicture(figure: HTMLElement, columns: number, scale: number): Promise<Blob> {
  const picture = inPrint(figure, LABELS + columns * (COLUMN + GAP) + PADDING, () =>
    elementPicture(figure, { scale, background: "#ffffff" }),
  );
  // The link restores the view that the picture shows.
  return pngWithTexts(picture, { Title: "Models side by side", Source: location.href });
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
