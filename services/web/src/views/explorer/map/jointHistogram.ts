/** Two themes of one map against each other; a rectangle that is drawn in it marks the cells of the map. */

import { figureMenu } from "../../../charts/figureMenu.ts";
import { jointFigure } from "../../../core/figures/jointFigure.ts";
import {
  type Brush,
  brushAfter,
  brushBetween,
  jointCounts,
  markedBy,
  shareOf,
} from "../../../core/latent/jointHistogram.ts";
import type { Numbers } from "../../../core/latent/scalarMap.ts";
import { figure, integer, percent } from "../../../core/text/format.ts";
import { button } from "../../../ui/controls.ts";
import { fill, h, setText, svg } from "../../../ui/dom.ts";

const BINS = 32;
/** The rectangle that the keyboard begins with: high along the first theme, low along the second. */
const FIRST: Brush = { left: 0.5, right: 1, bottom: 0, top: 0.5 };
/** A drag that is shorter than this share of a side is a click, which clears the rectangle. */
const STILL = 0.02;

export class JointHistogram {
  readonly element: HTMLElement;
  readonly #plot = svg("svg", {
    class: "joint-plot",
    viewBox: `0 0 ${BINS} ${BINS}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  readonly #rectangle = h("span", { class: "joint-brush", hidden: true });
  readonly #dot = h("span", { class: "joint-dot", hidden: true });
  readonly #frame: HTMLElement;
  readonly #lede = h("p", { class: "joint-lede" });
  readonly #words = h("p", { class: "quiet-note", role: "status" });
  readonly #clear: HTMLButtonElement;
  readonly #x = { title: h("span", { class: "joint-title" }), low: h("span", {}), high: h("span", {}) };
  readonly #y = { title: h("span", { class: "joint-title" }), low: h("span", {}), high: h("span", {}) };
  readonly #brushed: (brush: Brush | undefined) => void;
  #numbers: readonly [Numbers, Numbers] | undefined;
  #brush: Brush | undefined;
  #start: readonly [number, number] | undefined;

  /** @param brushed called with the rectangle while it changes; undefined: there is none. */
  constructor(brushed: (brush: Brush | undefined) => void) {
    this.#brushed = brushed;
    this.#frame = h(
      "div",
      {
        class: "joint-frame",
        tabindex: 0,
        role: "application",
        "aria-roledescription": "histogram",
        on: { keydown: (event) => this.#key(event) },
      },
      this.#plot,
      this.#rectangle,
      this.#dot,
    );
    this.#clear = button({ label: "Unmark", kind: "quiet", click: () => this.#set(undefined) });
    const downloads = figureMenu("both themes against each other", (ground, caption) => {
      if (!this.#numbers) throw new Error("There is nothing to draw yet.");
      const [x, y] = this.#numbers;
      const title = `${x.theme.title} and ${y.theme.title.toLowerCase()}`;
      return jointFigure({ ...caption, title, x, y, bins: BINS, brush: this.#brush, ground });
    });
    this.element = h(
      "section",
      { class: "joint", "aria-label": "Both themes against each other", hidden: true },
      h(
        "div",
        { class: "joint-figure" },
        h("div", { class: "joint-y", "aria-hidden": "true" }, this.#y.high, this.#y.title, this.#y.low),
        this.#frame,
        h("div", { class: "joint-x", "aria-hidden": "true" }, this.#x.low, this.#x.title, this.#x.high),
      ),
      h(
        "div",
        { class: "joint-words" },
        h("h2", { class: "section-title" }, "One against the other"),
        this.#lede,
        h("div", { class: "joint-foot" }, this.#words, this.#clear, downloads),
      ),
    );
    this.#listen();
  }

  /** The rectangle stays, and marks the cells of the changed maps. */
  update(x: Numbers, y: Numbers): void {
    this.#numbers = [x, y];
    for (const [axis, numbers] of [
      [this.#x, x],
      [this.#y, y],
    ] as const) {
      setText(axis.title, numbers.theme.title);
      setText(axis.low, figure(numbers.low));
      setText(axis.high, figure(numbers.high));
    }
    setText(
      this.#lede,
      `Every cell of the map by both themes: ${x.theme.title} to the right, ${y.theme.title} upwards. The stronger the colour, the more cells.`,
    );
    this.#frame.setAttribute(
      "aria-label",
      `${x.theme.title} to the right, ${y.theme.title} upwards. Drag a rectangle to mark its cells on the map. With the keyboard, Enter begins a rectangle, the arrow keys move it, with Shift they resize it, and Delete removes it.`,
    );
    const counts = jointCounts(x, y, BINS);
    const most = Math.log1p(Math.max(...counts));
    const bars = [...counts].flatMap((count, index) =>
      count === 0
        ? []
        : [
            svg("rect", {
              x: index % BINS,
              y: BINS - 1 - Math.floor(index / BINS),
              width: 1.02,
              height: 1.02,
              "fill-opacity": (0.12 + 0.88 * (Math.log1p(count) / most)).toFixed(3),
            }),
          ],
    );
    // Where a theme has two sides, its middle is drawn.
    const middles = [
      x.theme.ramp === "diverging" ? { x1: BINS / 2, x2: BINS / 2, y1: 0, y2: BINS } : undefined,
      y.theme.ramp === "diverging" ? { x1: 0, x2: BINS, y1: BINS / 2, y2: BINS / 2 } : undefined,
    ];
    fill(
      this.#plot,
      bars,
      middles.map((line) => line && svg("line", { class: "joint-middle", ...line })),
    );
    this.#describe();
  }

  /** Shows where a cell lies, by its index in the map; undefined: none. */
  hover(index: number | undefined): void {
    const numbers = this.#numbers;
    this.#dot.hidden = index === undefined || !numbers;
    if (index === undefined || !numbers) return;
    const [x, y] = numbers.map((one) => shareOf(one, one.values[index] ?? Number.NaN));
    this.#dot.style.left = `${(x ?? 0) * 100}%`;
    this.#dot.style.bottom = `${(y ?? 0) * 100}%`;
  }

  #set(brush: Brush | undefined): void {
    this.#brush = brush;
    this.#describe();
    this.#brushed(brush);
  }

  #describe(): void {
    const [brush, numbers] = [this.#brush, this.#numbers];
    this.#rectangle.hidden = brush === undefined;
    this.#clear.hidden = brush === undefined;
    if (!brush || !numbers) {
      setText(this.#words, "Drag a rectangle to mark its cells on the map.");
      return;
    }
    this.#rectangle.style.left = `${brush.left * 100}%`;
    this.#rectangle.style.right = `${(1 - brush.right) * 100}%`;
    this.#rectangle.style.bottom = `${brush.bottom * 100}%`;
    this.#rectangle.style.top = `${(1 - brush.top) * 100}%`;
    const marked = markedBy(...numbers, brush).reduce((sum, one) => sum + one, 0);
    const share = percent(marked / Math.max(1, numbers[0].values.length));
    setText(this.#words, `${integer(marked)} cells are marked, ${share} of the map.`);
  }

  #listen(): void {
    const frame = this.#frame;
    const at = (event: PointerEvent): readonly [number, number] => {
      const box = this.#plot.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    };
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      frame.setPointerCapture(event.pointerId);
      this.#start = at(event);
    });
    frame.addEventListener("pointermove", (event) => {
      if (this.#start) this.#set(brushBetween(this.#start, at(event)));
    });
    const release = (event: PointerEvent) => {
      const start = this.#start;
      this.#start = undefined;
      if (!start) return;
      const [x, y] = at(event);
      if (Math.hypot(x - start[0], y - start[1]) < STILL) this.#set(undefined);
    };
    frame.addEventListener("pointerup", release);
    frame.addEventListener("pointercancel", release);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const brush = this.#brush;
    if (event.key === "Enter" && !brush) this.#set(FIRST);
    else if ((event.key === "Delete" || event.key === "Backspace") && brush) this.#set(undefined);
    else {
      const next = brush && brushAfter(brush, event.key, event.shiftKey);
      if (!next) return;
      this.#set(next);
    }
    event.preventDefault();
  }
}
