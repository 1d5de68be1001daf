/** What all charts over epochs have in common: size, axes, cursor. In SVG, one unit per pixel. */
import { CHART_HEIGHT, CHART_WIDTH, chartFigure, type Key } from "../core/figures/chartFigure.ts";
import { GROUNDS, type GroundName } from "../core/figures/ground.ts";
import type { Caption, Figure } from "../core/figures/sheet.ts";
import { linear } from "../core/maths/scale.ts";
import { h, svg } from "../ui/dom.ts";
import { marked } from "../ui/glossary/terms.ts";
import { inlinedSvg, inScheme, resolvedColour } from "../ui/inlinedSvg.ts";
import { axes, type EpochEvent, eventLines, type Frame, MARGIN } from "./axes.ts";
import { figureMenu } from "./figureMenu.ts";

export interface ChartOptions {
  readonly title: string;
  /** What the vertical axis counts, with its unit. */
  readonly yLabel: string;
  /** Text of a number on the vertical axis; with as many decimals as it needs if not given. */
  readonly tick?: (value: number) => string;
  readonly height?: number;
  /** Called with the epoch that was clicked, or chosen by the arrow keys. */
  readonly picked?: (epoch: number) => void;
}

/** The epochs that a chart shows. */
export interface EpochSpan {
  /** 1 if not given. */
  readonly firstEpoch?: number;
  readonly lastEpoch: number;
  /** Epochs after which something happened, and what. */
  readonly events?: readonly EpochEvent[];
  /** Whether nothing more will be measured. */
  readonly over?: boolean;
}

/** Ends of the horizontal axis; of a single epoch, two. */
export function extentOf({ firstEpoch = 1, lastEpoch }: EpochSpan): readonly [number, number] {
  return [firstEpoch, Math.max(firstEpoch + 1, lastEpoch)];
}

/** One value of the read-out of an epoch. */
export interface ReadOut {
  readonly label: string;
  readonly value: string;
  readonly colour: string;
}

/**
 * The figure, its header with the read-out, and the epoch that the pointer or the arrow keys select.
 * A chart sets `draw`, which fills the plot, and `readOut`, which returns the values at an epoch.
 */
export class ChartShell {
  readonly element: HTMLElement;
  readonly #plot: HTMLElement;
  readonly #header: HTMLElement;
  readonly #downloads: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #options: ChartOptions;
  readonly #height: number;
  #cursor: SVGElement | undefined;
  #frame: Frame | undefined;
  #epochs: readonly number[] = [];
  #hovered: number | undefined;
  /** Epoch that the rest of the page shows; marked while neither pointer nor keys select another. */
  #marked: number | undefined;
  #width = 0;
  draw: (width: number, height: number) => { frame: Frame; layers: SVGElement[] } | undefined = () =>
    undefined;
  /** Marked by lines across the plot. */
  events: readonly EpochEvent[] = [];
  /** Whether nothing more will be measured. */
  over = false;
  readOut: (epoch: number) => ReadOut[] = () => [];
  /** Values while no epoch is selected, or none before the last; those of the last epoch if not set. */
  atRest: (() => ReadOut[]) | undefined;
  /** What the colours mean, for the chart as a file. */
  legend: () => readonly Key[] = () => [];

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#height = options.height ?? 200;
    this.#header = h("div", { class: "chart-readout" });
    this.#plot = h("div", {
      class: "chart-plot",
      tabindex: 0,
      role: "group",
      "aria-label": `${options.title}, chart. Use the left and right arrow keys to ${options.picked ? "move the epoch" : "read its values"}.`,
      style: { height: `${this.#height}px` },
    });
    this.#downloads = figureMenu(options.title, (ground, caption) => this.#figure(ground, caption));
    this.#downloads.hidden = true;
    this.element = h(
      "figure",
      { class: "chart" },
      h(
        "figcaption",
        {},
        h("span", { class: "chart-title" }, marked(options.title)),
        this.#header,
        this.#downloads,
      ),
      this.#plot,
    );
    this.#observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width === this.#width) return;
      this.#width = width;
      this.render();
    });
    this.#observer.observe(this.#plot);
    this.#listen();
  }

  /** Epochs that have values, in order. */
  set epochs(epochs: readonly number[]) {
    this.#epochs = epochs;
    this.render();
  }

  mark(epoch: number | undefined): void {
    this.#marked = epoch;
    this.#moveCursor();
  }

  render(): void {
    if (this.#width < 40) return;
    const drawing = this.draw(this.#width, this.#height);
    this.#downloads.hidden = !drawing;
    if (!drawing) {
      this.#frame = undefined;
      this.#plot.replaceChildren(
        h("p", { class: "chart-empty" }, this.over ? "Not measured." : "Not measured yet."),
      );
      const names = this.atRest?.() ?? [];
      this.#header.replaceChildren(...names.map((item) => readOutItem({ ...item, value: "" })));
      return;
    }
    this.#frame = drawing.frame;
    this.#cursor = svg("line", {
      class: "chart-cursor",
      y1: MARGIN.top,
      y2: this.#height - MARGIN.bottom,
      visibility: "hidden",
    });
    this.#plot.replaceChildren(
      svg(
        "svg",
        { width: this.#width, height: this.#height, "aria-hidden": "true" },
        this.#content(drawing),
        this.#cursor,
      ),
    );
    this.#moveCursor();
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #content({ frame, layers }: { frame: Frame; layers: SVGElement[] }): SVGElement[] {
    const { yLabel, tick } = this.#options;
    return [...axes(frame, yLabel, tick), ...eventLines(frame, this.events), ...layers];
  }

  /** Drawn anew for the file, as wide as a slide wants it. */
  #figure(ground: GroundName, caption: Caption): Figure {
    const [width, height] = [CHART_WIDTH, CHART_HEIGHT];
    const drawing = this.draw(width, height);
    if (!drawing) throw new Error("There is nothing to draw yet.");
    const { scheme } = GROUNDS[ground];
    const element = svg("svg", { class: "chart-file", width, height }, this.#content(drawing));
    this.#plot.append(element);
    try {
      const keys = this.legend().map((key) => ({ ...key, colour: resolvedColour(key.colour, scheme) }));
      const markup = inScheme(element, scheme, () => inlinedSvg(element));
      return chartFigure({ ...caption, drawing: markup, width, height, keys, ground });
    } finally {
      element.remove();
    }
  }

  #listen(): void {
    const plot = this.#plot;
    plot.addEventListener("pointermove", (event) => this.#hover(this.#epochAt(event)));
    plot.addEventListener("pointerleave", () => this.#hover(undefined));
    plot.addEventListener("blur", () => this.#hover(undefined));
    plot.addEventListener("click", (event) => {
      const epoch = this.#epochAt(event);
      if (epoch !== undefined) this.#options.picked?.(epoch);
    });
    plot.addEventListener("keydown", (event) => {
      const next = this.#reached(event.key);
      if (next === undefined) return;
      event.preventDefault();
      this.#hover(next);
      this.#options.picked?.(next);
    });
  }

  /** The epoch that a key leads to; undefined: it leads nowhere. */
  #reached(key: string): number | undefined {
    const epochs = this.#epochs;
    if (key === "Home") return epochs[0];
    if (key === "End") return epochs.at(-1);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const from = this.#hovered ?? this.#marked ?? epochs.at(-1);
    if (!step || from === undefined) return undefined;
    const next = step < 0 ? epochs.findLast((epoch) => epoch < from) : epochs.find((epoch) => epoch > from);
    return next ?? (step < 0 ? epochs[0] : epochs.at(-1));
  }

  #epochAt(event: MouseEvent): number | undefined {
    if (!this.#frame) return undefined;
    const x = this.#frame.x.invert(event.clientX - this.#plot.getBoundingClientRect().left);
    let nearest: number | undefined;
    for (const epoch of this.#epochs) {
      if (nearest === undefined || Math.abs(epoch - x) < Math.abs(nearest - x)) nearest = epoch;
    }
    return nearest;
  }

  #hover(epoch: number | undefined): void {
    this.#hovered = epoch;
    this.#moveCursor();
  }

  #moveCursor(): void {
    if (!this.#frame || !this.#cursor) return;
    const pointed = this.#hovered ?? this.#marked;
    const { x } = this.#frame;
    if (pointed === undefined || pointed < x.low || pointed > x.high) {
      this.#cursor.setAttribute("visibility", "hidden");
    } else {
      this.#cursor.setAttribute("visibility", "visible");
      this.#cursor.setAttribute("x1", String(x.at(pointed)));
      this.#cursor.setAttribute("x2", String(x.at(pointed)));
    }
    const { values, epoch } = this.#read();
    this.#header.replaceChildren(
      ...values.map(readOutItem),
      ...(epoch === undefined ? [] : [h("span", { class: "readout-epoch" }, `epoch ${epoch}`)]),
    );
  }

  /** The values that are read out, and their epoch where that has to be said. */
  #read(): { readonly values: readonly ReadOut[]; readonly epoch?: number | undefined } {
    const last = this.#epochs.at(-1);
    if (last === undefined) return { values: this.atRest?.() ?? [] };
    if (this.#hovered !== undefined) return { values: this.readOut(this.#hovered), epoch: this.#hovered };
    const marked = this.#marked ?? last;
    if (marked >= last) return { values: this.atRest?.() ?? this.readOut(last) };
    // What is not measured at every epoch has the value that was measured last.
    const measured = this.#epochs.findLast((epoch) => epoch <= marked);
    return { values: this.readOut(measured ?? marked), epoch: measured === marked ? undefined : measured };
  }
}

function readOutItem({ label, value, colour }: ReadOut): HTMLElement {
  return h(
    "span",
    { class: "readout-item" },
    h("span", { class: "swatch line", style: { background: colour } }),
    h("span", { class: "readout-label" }, label),
    h("span", { class: "readout-value" }, value),
  );
}

export function frameOf(
  width: number,
  height: number,
  [xLow, xHigh]: readonly [number, number],
  [yLow, yHigh]: readonly [number, number],
  epochs?: readonly number[],
): Frame {
  return {
    x: linear(xLow, xHigh, MARGIN.left, width - MARGIN.right),
    y: linear(yLow, yHigh, height - MARGIN.bottom, MARGIN.top),
    width,
    height,
    epochs,
  };
}
