/** One layer's output, on which rows, columns and channels are selected for surgery. */
import type { Api } from "../../../api/client.ts";
import type { Activations, LayerActivations, ModelView } from "../../../api/types.ts";
import { type Edit, PARTS, type Part, readRuns, writeRuns } from "../../../core/explorer/edits.ts";
import { clamp } from "../../../core/latent/vector.ts";
import { figure } from "../../../core/text/format.ts";
import { button, range, segmented, setRange } from "../../../ui/controls.ts";
import { fill, freshId, h, setAttribute, setText } from "../../../ui/dom.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { imageOf, paintImage } from "../../../ui/paint.ts";
import { layerDownloads } from "../../shared/layerDownloads.ts";
import { ChannelTiles } from "./channelTiles.ts";
import { LayerFigures } from "./layerFigures.ts";

export interface LayerTableState {
  readonly layer: string | undefined;
  /** The edit of this layer, if there is one. */
  readonly edit: Edit | undefined;
}

export interface LayerTableEvents {
  readonly layer: (name: string) => void;
  readonly edit: (
    edit: Edit | { readonly layer: string; readonly scale: undefined },
    done: boolean,
  ) => void;
}

type Tool = "rows" | "columns" | "patch";
const NOUNS: Readonly<Record<Part, string>> = { rows: "Rows", columns: "Columns", channels: "Channels" };

export class LayerTable {
  readonly element: HTMLElement;
  readonly #model: ModelView;
  readonly #events: LayerTableEvents;
  readonly #layers: HTMLSelectElement;
  readonly #average = h("canvas", { class: "pixels", role: "img", "aria-label": "Average output" });
  readonly #picture: HTMLElement;
  readonly #marks = h("div", { class: "edit-marks", "aria-hidden": "true" });
  readonly #tiles: ChannelTiles;
  readonly #figures = new LayerFigures();
  readonly #fields: Readonly<Record<Part, { input: HTMLInputElement; error: HTMLElement }>>;
  readonly #scale: HTMLInputElement;
  readonly #scaleText = h("output", {});
  #tool: Tool = "rows";
  #state: LayerTableState | undefined;
  #answer: Activations | undefined;
  /** What was drawn last. */
  #drawn: LayerActivations | undefined;
  #from: { row: number; column: number } | undefined;

  constructor(api: Api, model: ModelView, events: LayerTableEvents) {
    this.#model = model;
    this.#events = events;
    this.#layers = h(
      "select",
      { class: "select", "aria-label": "Layer", on: { change: () => events.layer(this.#layers.value) } },
      model.layers.map(({ name, shape }) => h("option", { value: name }, `${name}, ${shape.join(" × ")}`)),
    );
    this.#picture = h("div", { class: "table-picture" }, this.#average, this.#marks);
    this.#tiles = new ChannelTiles((channel) => {
      const chosen = new Set(this.#state?.edit?.channels ?? []);
      if (!chosen.delete(channel)) chosen.add(channel);
      this.#edit({ channels: [...chosen].sort((a, b) => a - b) }, true);
    });
    const field = (part: Part) => {
      const id = freshId(part);
      const error = h("span", { class: "field-error", id, role: "status" });
      const input = h("input", {
        class: "input",
        placeholder: "all",
        "aria-describedby": id,
        on: { change: () => this.#typed(part) },
      });
      return { input, error };
    };
    this.#fields = { rows: field("rows"), columns: field("columns"), channels: field("channels") };
    this.#scale = range({ label: "Scale of the selected part", min: 0, max: 2, step: 0.05, value: 0 });
    this.#scale.addEventListener("input", () => this.#edit({ scale: Number(this.#scale.value) }, false));
    this.#scale.addEventListener("change", () => this.#edit({ scale: Number(this.#scale.value) }, true));
    const tools = segmented<Tool>(
      "What dragging selects",
      [
        { value: "rows", label: "Rows" },
        { value: "columns", label: "Columns" },
        { value: "patch", label: "Patch" },
      ],
      this.#tool,
      (tool) => {
        this.#tool = tool;
      },
    );
    this.element = h(
      "div",
      { class: "layer-table" },
      h(
        "div",
        { class: "table-tools" },
        this.#layers,
        tools.element,
        layerDownloads(api, model.name, "this layer", () => this.#drawn),
      ),
      h(
        "div",
        { class: "table-pictures" },
        h("div", { class: "table-average" }, this.#picture, this.#figures.element),
        this.#tiles.element,
      ),
      h(
        "div",
        { class: "table-fields" },
        PARTS.map((part) =>
          h(
            "label",
            {},
            h("span", { class: "label" }, NOUNS[part]),
            this.#fields[part].input,
            this.#fields[part].error,
          ),
        ),
      ),
      h(
        "div",
        { class: "table-scale" },
        h("span", { class: "label" }, "Scale"),
        this.#scale,
        this.#scaleText,
        button({
          label: "Whole layer off",
          kind: "quiet",
          click: () => {
            const layer = this.#state?.layer;
            if (layer) events.edit({ layer, scale: 0 }, true);
          },
        }),
      ),
      h(
        "p",
        { class: "panel-lede" },
        marked(
          "Drag over the average to select rows, columns or a patch, click channels, or type numbers: what they have in common is switched off or scaled.",
        ),
      ),
    );
    this.#listen();
  }

  update(state: LayerTableState): void {
    this.#state = state;
    const { layer, edit } = state;
    if (layer) this.#layers.value = layer;
    for (const part of PARTS) {
      const { input, error } = this.#fields[part];
      if (document.activeElement !== input) input.value = shown(edit?.[part]);
      setText(error, "");
      setAttribute(input, "aria-invalid", undefined);
    }
    setRange(this.#scale, edit?.scale ?? 0);
    this.#scale.disabled = edit === undefined;
    setText(
      this.#scaleText,
      edit === undefined ? "nothing selected" : edit.scale === 0 ? "off" : `× ${figure(edit.scale)}`,
    );
    this.#drawMarks(edit);
    void this.draw();
  }

  /** Takes what the layers put out at the point, without drawing it yet. */
  show(answer: Activations): void {
    this.#answer = answer;
  }

  get #shape(): readonly number[] {
    return this.#model.layers.find(({ name }) => name === this.#state?.layer)?.shape ?? [1, 1, 1];
  }

  #edit(
    change: Partial<Record<Part, readonly number[] | undefined>> & { scale?: number },
    done: boolean,
  ): void {
    const layer = this.#state?.layer;
    if (!layer) return;
    const { scale = this.#state?.edit?.scale ?? 0, ...parts } = change;
    const merged = { ...this.#state?.edit, ...parts };
    const kept = Object.fromEntries(
      PARTS.flatMap((part) => (merged[part]?.length ? [[part, merged[part]]] : [])),
    );
    const nothing = Object.keys(kept).length === 0 && change.scale === undefined;
    this.#events.edit(nothing ? { layer, scale: undefined } : { layer, ...kept, scale }, done);
  }

  #typed(part: Part): void {
    const { input, error } = this.#fields[part];
    const text = input.value.trim();
    const size = this.#shape[PARTS.indexOf(part)] ?? 1;
    const numbers = text === "" ? [] : readRuns(text.replace(/\s*[,;]\s*/g, "."));
    const wrong = numbers === undefined || numbers.some((number) => number >= size);
    setAttribute(input, "aria-invalid", wrong ? "true" : undefined);
    setText(error, wrong ? `Numbers from 0 to ${size - 1}, such as 0-2, 5` : "");
    if (!wrong) this.#edit({ [part]: numbers }, true);
  }

  // Selecting with the pointer -------------------------------------------------------------

  #listen(): void {
    const picture = this.#picture;
    const cellOf = (event: PointerEvent) => {
      const [rows = 1, columns = 1] = this.#shape;
      const box = picture.getBoundingClientRect();
      const part = (value: number, count: number) => clamp(Math.floor(value * count), 0, count - 1);
      return {
        row: part((event.clientY - box.top) / box.height, rows),
        column: part((event.clientX - box.left) / box.width, columns),
      };
    };
    const choose = (event: PointerEvent, done: boolean) => {
      if (!this.#from) return;
      const to = cellOf(event);
      const rows = this.#tool === "columns" ? undefined : between(this.#from.row, to.row);
      const columns = this.#tool === "rows" ? undefined : between(this.#from.column, to.column);
      this.#edit({ rows, columns }, done);
    };
    picture.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      picture.setPointerCapture(event.pointerId);
      this.#from = cellOf(event);
      choose(event, false);
      event.preventDefault();
    });
    picture.addEventListener("pointermove", (event) => choose(event, false));
    picture.addEventListener("pointerup", (event) => {
      choose(event, true);
      this.#from = undefined;
    });
    picture.addEventListener("pointercancel", () => {
      // A selection that has begun ends as it is.
      if (this.#from && this.#state?.edit) this.#events.edit(this.#state.edit, true);
      this.#from = undefined;
    });
  }

  #drawMarks(edit: Edit | undefined): void {
    const [rows = 1, columns = 1] = this.#shape;
    const all = (count: number) => Array.from({ length: count }, (_, index) => index);
    const bands = (numbers: readonly number[] | undefined, count: number) =>
      writeRuns(numbers ?? all(count))
        .split(".")
        .map((run) => {
          const [first = 0, last = first] = run.split("-").map(Number);
          return { start: first / count, size: (last - first + 1) / count };
        });
    const percentOf = (share: number) => `${share * 100}%`;
    const box = (left: number, top: number, width: number, height: number) =>
      h("span", {
        class: "edit-mark",
        style: {
          left: percentOf(left),
          top: percentOf(top),
          width: percentOf(width),
          height: percentOf(height),
        },
      });
    fill(
      this.#marks,
      edit && (edit.rows || edit.columns || !edit.channels)
        ? bands(edit.rows, rows).flatMap((row) =>
            bands(edit.columns, columns).map((column) =>
              box(column.start, row.start, column.size, row.size),
            ),
          )
        : null,
    );
    this.#tiles.choose(edit?.channels ?? []);
  }

  /** Draws what was shown last. */
  async draw(): Promise<void> {
    const layer = this.#answer?.layers.find(({ name }) => name === this.#state?.layer);
    if (!layer || layer === this.#drawn) return;
    this.#drawn = layer;
    this.#figures.show(layer);
    const [average] = await Promise.all([imageOf(layer.average), this.#tiles.show(layer)]);
    if (layer !== this.#drawn) return;
    paintImage(this.#average, average);
    this.#average.setAttribute("aria-label", `Average output of ${layer.name}`);
  }
}

function between(one: number, other: number): number[] {
  const low = Math.min(one, other);
  return Array.from({ length: Math.abs(one - other) + 1 }, (_, index) => low + index);
}

/** In the notation of the fields: "0-2, 5". */
function shown(numbers: readonly number[] | undefined): string {
  return numbers ? writeRuns(numbers).replaceAll(".", ", ") : "";
}
