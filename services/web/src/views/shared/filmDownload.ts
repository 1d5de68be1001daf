/** The film of all pictures of a run or a model, for the list of a download menu. */
import type { DownloadOptions, FilmFormat } from "../../api/client.ts";
import type { MenuFile } from "../../ui/downloadMenu.ts";

const FORMS: readonly (readonly [name: string, form: FilmFormat])[] = [
  ["GIF", "image/gif"],
  ["MP4", "video/mp4"],
];

export interface FilmOptions {
  /** Stem of the files' names. */
  readonly file: () => string;
  readonly film: (form: FilmFormat, options: DownloadOptions) => Promise<Blob>;
}

export function filmFiles({ file, film }: FilmOptions): readonly MenuFile[] {
  return FORMS.map(([name, form]) => ({
    label: name,
    name: () => `${file()}.${name.toLowerCase()}`,
    make: (signal, progress) => film(form, { signal, progress }),
  }));
}
