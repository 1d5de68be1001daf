/** The map that is seen as a PNG file: of a surgery the API draws none. */
import { withTexts } from "../../../core/formats/pngText.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import { h } from "../../../ui/dom.ts";
import { paintSheets } from "../../../ui/paint.ts";
import type { SeenMap } from "./seenMap.ts";

/** Pixels along each side of a plane, at least. */
const SIDE = 800;

/**
 * A plane, or the slices of a cube side by side from the lowest.
 *
 * @param title is written into the file, with the link that shows the map again.
 */
export async function mapPicture(map: SeenMap, title: string): Promise<Blob> {
  const sheets = sheetsOf(map);
  const small = h("canvas", {});
  paintSheets(small, sheets, Math.ceil(Math.sqrt(sheets.length)), sheets.length > 1 ? 1 : 0);
  const scale = Math.max(1, Math.ceil(SIDE / small.width));
  const canvas = new OffscreenCanvas(small.width * scale, small.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The map cannot be drawn.");
  context.imageSmoothingEnabled = false;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  const png = await canvas.convertToBlob({ type: "image/png" });
  const file = withTexts(new Uint8Array(await png.arrayBuffer()), { Title: title, Source: location.href });
  return new Blob([file], { type: "image/png" });
}

function sheetsOf({ query, cells, numbers, opacity }: SeenMap): Grid[] {
  const side = query.resolution;
  const size = query.axes.length > 1 ? side * side : side;
  return Array.from({ length: cells.length / size }, (_, sheet) => {
    const [from, to] = [sheet * size, (sheet + 1) * size];
    return {
      columns: side,
      rows: size / side,
      cells: cells.subarray(from, to),
      numbers,
      opacity: opacity?.subarray(from, to),
    };
  });
}
