/** How the map is drawn, and what is drawn on it, switched on and off below its legend. */
import type { ModelView } from "../../../api/types.ts";
import { SURE } from "../../../core/latent/sureness.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { percent } from "../../../core/text/format.ts";
import { scalarThemes } from "../../../core/themes/theme.ts";
import { h } from "../../../ui/dom.ts";

const FADE_HELP = `The less sure the classifier is of a class, the fainter its colour; from ${percent(SURE)} on it is full. By itself this is on while the classifier is less sure than that on more than half of the map.`;
const COARSE_HELP =
  "Shows the cells of the map's first picture, each of them computed. Without it, once nothing moves, the map is drawn more finely, and a cube with smooth surfaces: the cells along every border are computed, and those between computed cells of one class are filled in with it.";
const PICTURES_HELP =
  "Lays generated images on the map, each at its point and framed in the colour of its class, and shows the one under the pointer";

export interface SwitchedOn {
  /** Whether colours fade; undefined: the map shows no classes, or nothing is known of them. */
  readonly fades: boolean | undefined;
  readonly real: ExplorerState["real"];
  /** Whether the map keeps its coarse cells; undefined: it is not one that is refined. */
  readonly coarse: ExplorerState["coarse"] | undefined;
  /** Whether generated images lie on the map; undefined: it is no plane. */
  readonly pictures: ExplorerState["pictures"] | undefined;
}

export class MapSwitches {
  readonly element: HTMLElement;
  readonly #fade: HTMLInputElement;
  readonly #fadeLabel: HTMLElement;
  readonly #real: HTMLInputElement;
  readonly #coarse: HTMLInputElement;
  readonly #coarseLabel: HTMLElement;
  readonly #pictures: HTMLInputElement;
  readonly #picturesLabel: HTMLElement;

  constructor(model: ModelView, change: (change: Partial<ExplorerState>, done: boolean) => void) {
    const box = (key: "fade" | "real" | "coarse" | "pictures"): HTMLInputElement => {
      const input = h("input", {
        type: "checkbox",
        class: "switch",
        on: { change: () => change({ [key]: input.checked ? "yes" : "no" }, true) },
      });
      return input;
    };
    this.#fade = box("fade");
    this.#real = box("real");
    this.#coarse = box("coarse");
    this.#coarseLabel = h(
      "label",
      { class: "choice show-cells", title: COARSE_HELP, hidden: true },
      this.#coarse,
      "Show cells",
    );
    this.#fadeLabel = h(
      "label",
      { class: "choice", title: FADE_HELP, hidden: true },
      this.#fade,
      "Fade where unsure",
    );
    this.#pictures = box("pictures");
    this.#picturesLabel = h(
      "label",
      { class: "choice show-pictures", title: PICTURES_HELP, hidden: true },
      this.#pictures,
      "Pictures",
    );
    this.element = h(
      "div",
      { class: "map-switches" },
      this.#fadeLabel,
      this.#coarseLabel,
      this.#picturesLabel,
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

  update({ fades, real, coarse, pictures }: SwitchedOn): void {
    this.#fadeLabel.hidden = fades === undefined;
    this.#fade.checked = fades === true;
    this.#real.checked = real === "yes";
    this.#coarseLabel.hidden = coarse === undefined;
    this.#coarse.checked = coarse === "yes";
    this.#picturesLabel.hidden = pictures === undefined;
    this.#pictures.checked = pictures === "yes";
  }

  /** Shows at its switch whether the fine map is on its way, or the pictures are. */
  waiting(of: "coarse" | "pictures", on: boolean): void {
    const label = of === "coarse" ? this.#coarseLabel : this.#picturesLabel;
    label.classList.toggle("on-its-way", on);
  }
}
