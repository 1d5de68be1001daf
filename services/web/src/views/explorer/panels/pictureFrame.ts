/** A picture of bright strokes on black, framed like the data's images before its place is looked for. */
import { type Frame, framing, onBlack } from "../../../core/explorer/pen.ts";
import { h } from "../../../ui/dom.ts";

/** Pixels along a side of the framed picture. */
const SIDE = 280;

/**
 * A picture whose drawing lies as those in the data.
 *
 * @param side of the model's images, in pixels: a picture of that size is framed already.
 * @param wanted how the data's drawings lie.
 * @returns the file itself if it is no drawing on black.
 */
export async function framedPicture(file: Blob, side: number, wanted: Frame): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  if (width === side && height === side) return file;
  const part = Math.min(width, height);
  const [left, top] = [(width - part) / 2, (height - part) / 2];
  const canvas = h("canvas", { width: SIDE, height: SIDE });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return file;
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(bitmap, left, top, part, part, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const ink = Array.from({ length: SIDE * SIDE }, (_, index) =>
    Math.max(data[4 * index] ?? 0, data[4 * index + 1] ?? 0, data[4 * index + 2] ?? 0),
  );
  const frame = onBlack(ink, SIDE) ? framing(ink, SIDE, 0, wanted) : undefined;
  if (!frame) return file;
  const size = SIDE * frame.scale;
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(
    bitmap,
    left,
    top,
    part,
    part,
    SIDE / 2 - frame.x * frame.scale,
    SIDE / 2 - frame.y * frame.scale,
    size,
    size,
  );
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/png"));
}
