/** A small map for each label of a conditional model; cells that show another class are hatched. */
import { isAbort, messageOf } from "../../../api/problem.ts";
import { sharesOf } from "../../../core/latent/classMap.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { percent } from "../../../core/text/format.ts";
import { h, setText } from "../../../ui/dom.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { paintGrid, paintMarks } from "../../../ui/paint.ts";

/** Cells along each side of a small map. */
export const SMALL_CELLS = 28;

export interface LabelMapsEvents {
  /** uint8[SMALL_CELLS²]. */
  readonly load: (label: number, signal: AbortSignal) => Promise<Uint8Array>;
  readonly chosen: (label: number) => void;
}

export class LabelMaps {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #events: LabelMapsEvents;
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #cards: {
    button: HTMLButtonElement;
    cells: HTMLCanvasElement;
    marks: HTMLCanvasElement;
    share: HTMLElement;
  }[];
  #key = "";
  #abort = new AbortController();

  constructor(classes: readonly string[], events: LabelMapsEvents) {
    this.#classes = classes;
    this.#events = events;
    this.#cards = classes.map((name, label) => {
      const cells = h("canvas", { class: "pixels small-map-cells", "aria-hidden": "true" });
      const marks = h("canvas", { class: "small-map-marks", "aria-hidden": "true" });
      const share = h("span", { class: "small-map-share" });
      const button = h(
        "button",
        {
          type: "button",
          class: "small-map",
          "aria-pressed": "false",
          title: `Show the map of ${name}`,
          on: { click: () => events.chosen(label) },
        },
        h("span", { class: "small-map-picture" }, cells, marks),
        h(
          "span",
          { class: "small-map-caption" },
          h("span", { class: "swatch", style: { background: classColour(label) } }),
          h("strong", {}, name),
          share,
        ),
      );
      return { button, cells, marks, share };
    });
    this.element = h(
      "div",
      { class: "label-maps" },
      this.#status,
      h(
        "div",
        { class: "small-maps" },
        this.#cards.map(({ button }) => button),
      ),
      h(
        "p",
        { class: "panel-lede" },
        marked(
          "One map for each label that can be requested. Hatched cells show a different class; the percentage is the share of cells that show the requested one.",
        ),
      ),
    );
  }

  /** @param key identifies what the maps depend on; undefined while they are not visible. */
  update(key: string | undefined, mapLabel: number | undefined): void {
    this.#cards.forEach(({ button }, label) => {
      button.setAttribute("aria-pressed", String(label === mapLabel));
    });
    if (key === undefined || key === this.#key) return;
    this.#key = key;
    this.#abort.abort();
    this.#abort = new AbortController();
    void this.#load(this.#abort.signal);
  }

  dispose(): void {
    this.#abort.abort();
  }

  async #load(signal: AbortSignal): Promise<void> {
    for (const [label, { cells, marks, share }] of this.#cards.entries()) {
      setText(this.#status, `Drawing ${label + 1} of ${this.#cards.length}`);
      try {
        const map = await this.#events.load(label, signal);
        if (signal.aborted) return;
        const grid = { columns: SMALL_CELLS, rows: map.length / SMALL_CELLS, cells: map };
        paintGrid(cells, grid);
        paintMarks(marks, grid, label);
        setText(share, percent(sharesOf(map, this.#classes.length)[label] ?? 0));
      } catch (error) {
        if (signal.aborted || isAbort(error)) return;
        this.#key = "";
        setText(this.#status, messageOf(error));
        return;
      }
    }
    setText(this.#status, "");
  }
}
