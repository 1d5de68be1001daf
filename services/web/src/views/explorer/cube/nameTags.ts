/** Names of classes over the picture of a cube. The legend says the same to those who do not see it. */
import type { CubeName } from "../../../core/explorer/cubeNames.ts";
import { classRgb, inkOn } from "../../../core/latent/palette.ts";
import { h } from "../../../ui/dom.ts";

/** How bright the surface under a name is, about. */
const SHADE = 0.8;

export class NameTags {
  readonly element = h("div", { class: "cube-names", "aria-hidden": "true" });
  readonly #classes: readonly string[];
  /** By region. */
  readonly #tags = new Map<number, HTMLElement>();

  constructor(classes: readonly string[]) {
    this.#classes = classes;
  }

  /** Regions have other numbers from now on. */
  clear(): void {
    this.#tags.clear();
    this.element.replaceChildren();
  }

  show(names: readonly CubeName[]): void {
    const shown = new Set(names.map(({ region }) => region));
    for (const [region, tag] of this.#tags) tag.classList.toggle("faded", !shown.has(region));
    for (const { region, classId, x, y } of names) {
      const tag = this.#tags.get(region) ?? this.#add(region, classId);
      tag.style.translate = `${x.toFixed(1)}px ${y.toFixed(1)}px`;
    }
  }

  #add(region: number, classId: number): HTMLElement {
    const [red, green, blue] = classRgb(classId);
    const dark = inkOn([SHADE * red, SHADE * green, SHADE * blue]) === "#14151a";
    const tag = h(
      "span",
      { class: "cube-name", "data-ink": dark ? "dark" : "light" },
      this.#classes[classId] ?? String(classId),
    );
    this.#tags.set(region, tag);
    this.element.append(tag);
    return tag;
  }
}
