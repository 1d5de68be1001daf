/** What else is drawn on the map, switched on and off below its legend: faded colours, and real images. */
import type { ModelView } from "../../../api/types.ts";
import { SURE } from "../../../core/latent/sureness.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { percent } from "../../../core/text/format.ts";
import { scalarThemes } from "../../../core/themes/theme.ts";
import { h } from "../../../ui/dom.ts";

const FADE_HELP = `The less sure the classifier is of a class, the fainter its colour; from ${percent(SURE)} on it is full. By itself this is on while the classifier is less sure than that on more than half of the map.`;

export class MapSwitches {
  readonly element: HTMLElement;
  readonly #fade: HTMLInputElement;
  readonly #fadeLabel: HTMLElement;
  readonly #real: HTMLInputElement;

  constructor(model: ModelView, change: (change: Partial<ExplorerState>, done: boolean) => void) {
    const box = (key: "fade" | "real"): HTMLInputElement => {
      const input = h("input", {
        type: "checkbox",
        class: "switch",
        on: { change: () => change({ [key]: input.checked ? "yes" : "no" }, true) },
      });
      return input;
    };
    this.#fade = box("fade");
    this.#real = box("real");
    this.#fadeLabel = h(
      "label",
      { class: "choice", title: FADE_HELP, hidden: true },
      this.#fade,
      "Fade where unsure",
    );
    this.element = h(
      "div",
      { class: "map-switches" },
      this.#fadeLabel,
      // Models without themes of numbers were exported before real images were looked for.
      scalarThemes(model.themes).length > 0
        ? h(
            "label",
            {
              class: "choice",
              title: "Shows real test images as dots, at the points whose images are nearest",
            },
            this.#real,
            "Real images",
          )
        : null,
    );
  }

  /** @param fades whether colours fade; undefined: the map shows no classes, or nothing is known of them. */
  update(fades: boolean | undefined, real: ExplorerState["real"]): void {
    this.#fadeLabel.hidden = fades === undefined;
    this.#fade.checked = fades === true;
    this.#real.checked = real === "yes";
  }
}
