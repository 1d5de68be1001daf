/** Real images as dots over a flat map; the keyboard reaches them as one group. */
import type { RealImage, RealImageList } from "../../../api/types.ts";
import { classColour } from "../../../core/latent/palette.ts";
import type { Plane } from "../../../core/latent/plane.ts";
import { type Dot, dotBeside, dotsOf, firstDot } from "../../../core/latent/realDots.ts";
import type { Point } from "../../../core/latent/vector.ts";
import { figure } from "../../../core/text/format.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { Tooltip } from "../../../ui/overlays.ts";

export class RealDots {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #picked: (images: readonly RealImage[]) => void;
  readonly #tooltip: Tooltip;
  #dots: readonly Dot[] = [];
  #buttons: readonly HTMLButtonElement[] = [];
  #key = "";
  #list: RealImageList | undefined;

  /** @param picked called with the images of the dot that was chosen, the nearest to the map first. */
  constructor(
    classes: readonly string[],
    host: HTMLElement,
    picked: (images: readonly RealImage[]) => void,
  ) {
    this.#classes = classes;
    this.#picked = picked;
    this.#tooltip = new Tooltip(host);
    this.element = h("div", {
      class: "real-dots",
      role: "group",
      "aria-label": "Real images. The arrow keys move between them, Enter shows one.",
      hidden: true,
      on: { keydown: (event) => this.#keyed(event) },
    });
  }

  /** @param list undefined: no real images are shown. */
  update(list: RealImageList | undefined, plane: Plane, point: Point): void {
    const held = point.filter((_, axis) => !plane.axes.includes(axis));
    const key = JSON.stringify([plane, held]);
    if (list === this.#list && key === this.#key) return;
    this.#list = list;
    this.#key = key;
    this.#dots = list ? dotsOf(list.images, plane, point, list.distance.p90) : [];
    this.element.hidden = this.#dots.length === 0;
    const first = firstDot(this.#dots);
    this.#buttons = this.#dots.map((dot, index) => this.#button(dot, index === first));
    fill(this.element, this.#buttons);
  }

  dispose(): void {
    this.#tooltip.dispose();
  }

  /** @param reached whether it is the one at which the keyboard arrives. */
  #button(dot: Dot, reached: boolean): HTMLButtonElement {
    const words = this.#words(dot);
    const button = h("button", {
      type: "button",
      class: "real-dot",
      tabindex: reached ? 0 : -1,
      "aria-label": words,
      "aria-pressed": "false",
      style: {
        left: `${dot.x * 100}%`,
        top: `${dot.y * 100}%`,
        "--size": String(dot.size),
        "--fade": String(dot.fade),
        "--class": classColour(dot.label),
      },
      on: {
        // A press on a dot is none on the map below it.
        pointerdown: (event) => event.stopPropagation(),
        pointermove: (event) => {
          event.stopPropagation();
          if (event.pointerType !== "touch") this.#tip(event, dot, words);
        },
        pointerleave: () => this.#tooltip.hide(),
        click: () => {
          for (const other of this.#buttons) other.setAttribute("aria-pressed", String(other === button));
          this.#picked(dot.images);
        },
      },
    });
    return button;
  }

  #tip(event: PointerEvent, dot: Dot, words: string): void {
    const text = h("strong", {});
    setText(text, words);
    const swatch = h("span", { class: "swatch", style: { background: classColour(dot.label) } });
    this.#tooltip.show(event.clientX, event.clientY, swatch, text);
  }

  #words({ label, images }: Dot): string {
    const name = this.#classes[label] ?? String(label);
    const distance = figure(images[0]?.distance ?? 0);
    return images.length === 1
      ? `Real ${name}, distance ${distance}`
      : `${images.length} real ${name}, the nearest at distance ${distance}`;
  }

  #keyed(event: KeyboardEvent): void {
    const from = this.#buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = dotBeside(this.#dots, from, event.key);
    const next = to === undefined ? undefined : this.#buttons[to];
    if (!next) return;
    event.preventDefault();
    for (const button of this.#buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus({ preventScroll: true });
  }
}
