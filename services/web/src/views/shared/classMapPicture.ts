/**
 * A map as a picture: cells, and of classes the borders between them and names on the regions; of numbers on
 * both sides of a middle the line where they pass it.
 */
import { borderPath, classAt, type Grid, type Region } from "../../core/latent/classMap.ts";
import { classRgb, inkOn, type Rgb } from "../../core/latent/palette.ts";
import { cellFrame } from "../../core/latent/plane.ts";
import { namedRegions, opacityAt } from "../../core/latent/regionNames.ts";
import { halvesOf } from "../../core/latent/scalarMap.ts";
import { fill, h, setAttribute, svg } from "../../ui/dom.ts";
import { groundOf, paintGrid, paintMarks, paintSheets } from "../../ui/paint.ts";

/** From this many columns on, a map has about a cell for each pixel of the screen, which smooths between them. */
const FINE = 400;
/** Gap between maps side by side, in pixels, which are cells. */
const SHEET_GAP = 1;

export class ClassMapPicture {
  readonly #canvas = h("canvas", { class: "pixels map-cells" });
  readonly #marks = h("canvas", { class: "map-marks", "aria-hidden": "true", hidden: true });
  readonly #borders = svg("path", { class: "map-borders" });
  readonly #overlay = svg(
    "svg",
    { class: "map-overlay", preserveAspectRatio: "none", "aria-hidden": "true" },
    this.#borders,
  );
  readonly #names = h("div", { class: "map-names", "aria-hidden": "true" });
  readonly #sheet = h("div", { class: "map-sheet" }, this.#canvas, this.#marks, this.#overlay, this.#names);
  readonly element = h("div", { class: "map-view", role: "img" }, this.#sheet);
  readonly #classes: readonly string[];
  #grid: Grid | undefined;
  #sheets: readonly Grid[] = [];
  #across = 1;
  #only: number | undefined;
  #requested: number | undefined;

  constructor(classes: readonly string[]) {
    this.#classes = classes;
  }

  get grid(): Grid | undefined {
    return this.#grid;
  }

  /** In cells, with those between maps that lie side by side. */
  get size(): { readonly width: number; readonly height: number } {
    const { width, height } = this.#canvas;
    return { width, height };
  }

  /**
   * One map over one or two axes.
   *
   * @param onlyClass a class to highlight; the others fade.
   * @param requestedClass the class that was requested of a conditional model; cells that show another one are hatched.
   */
  show(grid: Grid, label: string, onlyClass?: number, requestedClass?: number): void {
    // Numbers have no classes to highlight or to hatch.
    const only = grid.numbers ? undefined : onlyClass;
    const requested = grid.numbers ? undefined : requestedClass;
    const news = grid !== this.#grid;
    if (!news && only === this.#only && requested === this.#requested) return;
    if (news || requested !== this.#requested) {
      this.#marks.hidden = requested === undefined;
      if (requested !== undefined) paintMarks(this.#marks, grid, requested);
    }
    this.#requested = requested;
    this.#grid = grid;
    this.#sheets = [grid];
    this.#across = 1;
    this.#only = only;
    // A map over one axis is a band: its only row fills the height.
    const frame = cellFrame(grid.columns);
    const upright = grid.rows === 1 ? { offset: 0, size: 1 } : frame;
    place(this.#sheet, frame, upright);
    paintGrid(this.#canvas, grid, only);
    this.#canvas.classList.toggle("fine", grid.columns >= FINE);
    if (news) {
      setAttribute(this.#overlay, "viewBox", `0 0 ${grid.columns} ${grid.rows}`);
      this.#borders.setAttribute("d", borderPath(bordered(grid)));
      this.#overlay.classList.toggle("of-numbers", grid.numbers !== undefined);
      this.element.setAttribute("aria-label", label);
    }
    this.#name(grid, only);
  }

  /** Class under a place on the screen; undefined outside the cells. */
  classUnder(clientX: number, clientY: number): number | undefined {
    const box = this.#canvas.getBoundingClientRect();
    const x = Math.floor(((clientX - box.left) / box.width) * this.#canvas.width);
    const y = Math.floor(((clientY - box.top) / box.height) * this.#canvas.height);
    const [first] = this.#sheets;
    if (!first || x < 0 || y < 0) return undefined;
    const across = Math.floor(x / (first.columns + SHEET_GAP));
    const down = Math.floor(y / (first.rows + SHEET_GAP));
    const sheet = across < this.#across ? this.#sheets[down * this.#across + across] : undefined;
    const column = x - across * (first.columns + SHEET_GAP);
    const row = first.rows - 1 - (y - down * (first.rows + SHEET_GAP));
    if (!sheet || column >= first.columns || row < 0) return undefined;
    return classAt(sheet, column, row);
  }

  /** Many maps at once, side by side, without names. */
  showSheets(sheets: readonly Grid[], across: number, label: string): void {
    this.#grid = undefined;
    this.#sheets = sheets;
    this.#across = across;
    place(this.#sheet, { offset: 0, size: 1 }, { offset: 0, size: 1 });
    paintSheets(this.#canvas, sheets, across, SHEET_GAP);
    this.#borders.removeAttribute("d");
    fill(this.#names);
    this.element.setAttribute("aria-label", label);
  }

  #name(grid: Grid, only: number | undefined): void {
    const ground = grid.opacity && groundOf(this.#canvas);
    const inked = (region: Region) => {
      const colour = classRgb(region.classId);
      return inkOn(ground ? mixed(ground, colour, opacityAt(grid, region)) : colour);
    };
    fill(
      this.#names,
      namedRegions(grid).map((region) =>
        h(
          "span",
          {
            class: `map-name${only !== undefined && only !== region.classId ? " faded" : ""}`,
            "data-ink": inked(region) === "#ffffff" ? "light" : "dark",
            style: {
              "--x": String(((region.column + 0.5) / grid.columns) * 100),
              top: `${(1 - (region.row + 0.5) / grid.rows) * 100}%`,
            },
          },
          this.#classes[region.classId] ?? String(region.classId),
        ),
      ),
    );
  }
}

/** The grid whose borders are drawn: the classes, the two sides of the middle, or nothing. */
export function bordered(grid: Grid): Grid {
  if (!grid.numbers) return grid;
  if (grid.numbers.theme.ramp === "diverging") return halvesOf(grid, grid.numbers);
  return { ...grid, cells: new Uint8Array(grid.cells.length) };
}

function mixed(ground: Rgb, colour: Rgb, opacity: number): Rgb {
  const mix = (channel: 0 | 1 | 2) => ground[channel] + (colour[channel] - ground[channel]) * opacity;
  return [mix(0), mix(1), mix(2)];
}

interface Extent {
  readonly offset: number;
  readonly size: number;
}

function place(sheet: HTMLElement, x: Extent, y: Extent): void {
  sheet.style.left = `${x.offset * 100}%`;
  sheet.style.width = `${x.size * 100}%`;
  sheet.style.top = `${y.offset * 100}%`;
  sheet.style.height = `${y.size * 100}%`;
}
