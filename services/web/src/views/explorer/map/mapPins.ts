/** Places of a drawing as numbered pins over a flat map. */
import type { Place } from "../../../api/types.ts";
import { type Pin, pinsOf } from "../../../core/latent/pins.ts";
import type { Plane } from "../../../core/latent/plane.ts";
import type { Point } from "../../../core/latent/vector.ts";
import { fill, h } from "../../../ui/dom.ts";

export class MapPins {
  readonly element = h("div", {
    class: "map-pins",
    role: "group",
    "aria-label": "Places of your drawing",
    hidden: true,
  });
  readonly #chosen: (place: Place) => void;
  #key = "";

  constructor(chosen: (place: Place) => void) {
    this.#chosen = chosen;
  }

  update(places: readonly Place[], plane: Plane, point: Point): void {
    const pins = pinsOf(places, plane, point);
    const key = JSON.stringify(pins.map(({ numbers, x, y, place }) => [numbers, x, y, place.class.label]));
    if (key === this.#key) return;
    this.#key = key;
    this.element.hidden = pins.length === 0;
    fill(
      this.element,
      pins.map((pin) => this.#button(pin)),
    );
  }

  #button({ numbers, place, x, y }: Pin): HTMLButtonElement {
    const words = `Place ${numbers.join(", ")} of your drawing: ${place.class.label}. Move the point there.`;
    return h(
      "button",
      {
        type: "button",
        class: "map-pin",
        title: words,
        "aria-label": words,
        style: { left: `${x * 100}%`, top: `${y * 100}%` },
        on: {
          // A press on a pin is none on the map below it.
          pointerdown: (event) => event.stopPropagation(),
          pointermove: (event) => event.stopPropagation(),
          click: () => this.#chosen(place),
        },
      },
      numbers.join(" "),
    );
  }
}
