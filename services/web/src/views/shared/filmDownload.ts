/** Small buttons that download a picture of a run, or the film of all its pictures. */
import type { DownloadOptions, FilmFormat } from "../../api/client.ts";
import { h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";
import { downloadTextButton } from "./download.ts";

const FORMS: readonly (readonly [name: string, form: FilmFormat])[] = [
  ["GIF", "image/gif"],
  ["MP4", "video/mp4"],
];

export interface FilmOptions {
  /** What is shown, such as "class map". */
  readonly what: string;
  /** Stem of the files' names. */
  readonly file: () => string;
  readonly film: (form: FilmFormat, options: DownloadOptions) => Promise<Blob>;
  readonly notify: Tools["notify"];
}

export interface FilmDownloadOptions extends FilmOptions {
  /** The picture that is shown now, as PNG. */
  readonly picture: () => Promise<Blob>;
}

export interface FilmDownload {
  readonly element: HTMLElement;
  /** @param pictures number of pictures; a film needs two. */
  update(pictures: number): void;
}

/** A button for each format of a film. */
export function filmTextButtons({ what, file, film, notify }: FilmOptions): HTMLButtonElement[] {
  return FORMS.map(([name, form]) =>
    downloadTextButton({
      label: name,
      title: `Download the film of the ${what} through all epochs as ${name}`,
      make: (signal, progress) => film(form, { signal, progress }),
      name: () => `${file()}.${name.toLowerCase()}`,
      notify,
    }),
  );
}

export function filmDownload({ what, file, picture, film, notify }: FilmDownloadOptions): FilmDownload {
  const still = downloadTextButton({
    label: "PNG",
    title: `Download this ${what} as PNG`,
    make: picture,
    name: () => `${file()}.png`,
    notify,
  });
  const films = filmTextButtons({ what, file, film, notify });
  const element = h("span", { class: "film-buttons" }, icon("download"), still, films);
  return {
    element,
    update(pictures) {
      element.hidden = pictures === 0;
      for (const button of films) button.hidden = pictures < 2;
    },
  };
}
