/** Small pictures of a run or a model: its class map, and its images. */
import { isAbort } from "../../api/problem.ts";
import type { ByteArray } from "../../core/formats/npy.ts";
import { h } from "../../ui/dom.ts";
import { paintArray } from "../../ui/paint.ts";
import { decodeInto } from "../../ui/picture.ts";

/** A square that shows a skeleton until its picture is loaded, and a pattern if there is none. */
export function mapThumbnail(label: string, load: (() => Promise<ByteArray>) | undefined): HTMLElement {
  const canvas = h("canvas", { class: "pixels", role: "img", "aria-label": label });
  const frame = h("div", { class: `thumbnail ${load ? "loading" : "none"}` }, canvas);
  if (load) void shown(frame, async () => void paintArray(canvas, await load()));
  return frame;
}

export function imageThumbnail(label: string, load: (() => Promise<Blob>) | undefined): HTMLElement {
  const image = h("img", { class: "pixels", alt: label });
  const frame = h("div", { class: `thumbnail ${load ? "loading" : "none"}` }, image);
  if (load) {
    void shown(frame, async () => void (await decodeInto(image, await load())));
  }
  return frame;
}

async function shown(frame: HTMLElement, paint: () => Promise<void>): Promise<void> {
  try {
    await paint();
    frame.className = "thumbnail";
  } catch (error) {
    if (!isAbort(error)) frame.className = "thumbnail none";
  }
}
