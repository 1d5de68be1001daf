/** A picture in its sizes, for the list of a download menu. */
import type { Api } from "../../api/client.ts";
import { pictureSizes, scaleSuffix } from "../../core/formats/enlargement.ts";
import type { MenuFile } from "../../ui/downloadMenu.ts";

export interface PictureFilesOptions {
  /** "PNG" or "GIF", after a comma where something else is to be said first. */
  readonly form: string;
  /** Of its own, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Name of the file without its ending. */
  readonly stem: () => string;
  /** @param scale pixels a side for every one; undefined: its own size. */
  readonly load: (scale: number | undefined, options: Parameters<MenuFile["make"]>) => Promise<Blob>;
}

/** Its own size, and enlarged. */
export function pictureFiles({
  form,
  width,
  height,
  stem,
  load,
}: PictureFilesOptions): readonly MenuFile[] {
  return pictureSizes(width, height).map(({ scale, label }) => ({
    label: `${form}, ${label}`,
    name: () => `${stem()}${scaleSuffix(scale)}.${form.slice(-3).toLowerCase()}`,
    make: (...options) => load(scale === 1 ? undefined : scale, options),
  }));
}

/** Of a picture that is in hand: enlarged it comes from the gateway, with a recipe of that size. */
export function recipePictureFiles(
  api: Api,
  file: Blob,
  size: { readonly width: number; readonly height: number },
  stem: () => string,
): readonly MenuFile[] {
  return pictureFiles({
    form: "PNG",
    ...size,
    stem,
    load: async (scale, [signal]) => (scale === undefined ? file : api.enlarged(file, scale, signal)),
  });
}
