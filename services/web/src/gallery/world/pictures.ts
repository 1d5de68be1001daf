/** Images for the made-up generator, mixed from a sheet of real digits. */
import type { Point } from "../../core/latent/vector.ts";
import sheetUrl from "../data/digits.png";
import { probabilities } from "./field.ts";

const SIDE = 28;
const SAMPLES = 6;
const NOISE = 70;

let loading: Promise<Uint8ClampedArray> | undefined;

async function sheet(): Promise<Uint8ClampedArray> {
  loading ??= (async () => {
    const bitmap = await createImageBitmap(await (await fetch(sheetUrl)).blob());
    const context = canvasOf(bitmap.width, bitmap.height).context;
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  })();
  return loading;
}

function canvasOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no off-screen canvas.");
  return { canvas, context };
}

/** Grey values, 28 × 28: classes mixed by their probability, samples by the place in the latent space. */
export async function greysOf(point: Point, epoch: number, label?: number): Promise<Float32Array> {
  const digits = await sheet();
  const image = new Float32Array(SIDE * SIDE);
  const [x = 0, y = 0] = point;
  const place = (((x + y + 2) / 4) * (SAMPLES - 1) * 2) % (SAMPLES - 1);
  const first = Math.floor(place);
  const share = place - first;
  probabilities(point, epoch, label).forEach((weight, id) => {
    if (weight < 0.01) return;
    for (let index = 0; index < image.length; index++) {
      const row = id * SIDE + Math.floor(index / SIDE);
      const at = (sample: number) =>
        digits[(row * SAMPLES * SIDE + sample * SIDE + (index % SIDE)) * 4] ?? 0;
      image[index] = (image[index] ?? 0) + weight * (at(first) * (1 - share) + at(first + 1) * share);
    }
  });
  const early = Math.max(0, 1 - epoch / 25);
  for (let index = 0; index < image.length; index++) {
    const noise = Math.abs(Math.sin(index * 12.9898 + epoch * 78.233) * 43758.5453) % 1;
    image[index] = (image[index] ?? 0) * (1 - early * 0.6) + noise * NOISE * early;
  }
  return image;
}

/** A sheet of images, `across` in a row, as PNG. */
export async function pngOf(
  points: readonly Point[],
  across: number,
  epoch: number,
  label?: number,
  gap = 0,
) {
  const images = await Promise.all(points.map((point) => greysOf(point, epoch, label)));
  return pngOfGreys(images, SIDE, across, gap);
}

/** Ten images of each of the first classes, a row each. */
export async function samplesPng(classes: number): Promise<Blob> {
  const digits = await sheet();
  const images = Array.from({ length: classes * 10 }, (_, number) => {
    const [row, column] = [Math.floor(number / 10) * SIDE, (number % SAMPLES) * SIDE];
    return Float32Array.from({ length: SIDE * SIDE }, (_, index) => {
      const at = (row + Math.floor(index / SIDE)) * SAMPLES * SIDE + column + (index % SIDE);
      return digits[at * 4] ?? 0;
    });
  });
  return pngOfGreys(images, SIDE, 10);
}

/** Square images of grey values, 0 to 255, `across` in a row, as PNG. */
export async function pngOfGreys(
  images: readonly Float32Array[],
  side: number,
  across: number,
  gap = 0,
): Promise<Blob> {
  const down = Math.ceil(images.length / across);
  const { canvas, context } = canvasOf(across * (side + gap) - gap, down * (side + gap) - gap);
  images.forEach((image, number) => {
    const data = new ImageData(side, side);
    image.forEach((grey, index) => {
      data.data.fill(grey, index * 4, index * 4 + 3);
      data.data[index * 4 + 3] = 255;
    });
    context.putImageData(
      data,
      (number % across) * (side + gap),
      Math.floor(number / across) * (side + gap),
    );
  });
  return canvas.convertToBlob({ type: "image/png" });
}

export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
