/** Keep the film of a run's snapshots or maps as a file: a small pair of buttons beside the picture. */
import type { FilmForm } from "../../api/client.ts";
import { messageOf } from "../../api/problem.ts";
import { h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";

const FORMS: readonly (readonly [name: string, form: FilmForm])[] = [
  ["GIF", "image/gif"],
  ["MP4", "video/mp4"],
];

/**
 * @param what is filmed, in words: "class map".
 * @param keep makes and saves the film.
 * @param failed told why it could not be had.
 */
export function filmButtons(
  what: string,
  keep: (form: FilmForm, suffix: string) => Promise<void>,
  failed: (sentence: string) => void,
): HTMLElement {
  return h(
    "span",
    { class: "film-buttons" },
    icon("download"),
    FORMS.map(([name, form]) => {
      const button: HTMLButtonElement = h(
        "button",
        {
          type: "button",
          class: "text-button",
          title: `Film of the ${what} through all epochs, as ${name}`,
          "aria-label": `Download the film of the ${what} as ${name}`,
          on: { click: () => void make() },
        },
        name,
      );
      /** A film takes seconds to make; until it is there the button waits. */
      const make = async () => {
        button.disabled = true;
        try {
          await keep(form, name.toLowerCase());
        } catch (error) {
          failed(messageOf(error));
        } finally {
          button.disabled = false;
        }
      };
      return button;
    }),
  );
}
