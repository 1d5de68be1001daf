/** Surgery: parts of a layer are switched off or scaled; shows the image before and after, and the effect on the map. */
import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import type { SurgeryQuery } from "../../../api/queries.ts";
import type { Ablated, Activations, ModelView, ThemeView } from "../../../api/types.ts";
import { describeEdit, type Edit } from "../../../core/explorer/edits.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import { gridsOf } from "../../../core/latent/nestedMap.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { latest } from "../../../core/requests/latest.ts";
import { percent } from "../../../core/text/format.ts";
import { valueText } from "../../../core/themes/theme.ts";
import { button, saveBlob } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { bitmapOf, paintBitmap, paintGrid, pngOf } from "../../../ui/paint.ts";
import { LayerTable, type LayerTableState } from "./layerTable.ts";

export interface SurgeryState {
  readonly query: Omit<SurgeryQuery, "edits">;
  /** The point's plane: axes and window of the map. */
  readonly map: {
    readonly axes: readonly number[];
    readonly range: readonly [number, number];
    /** A theme of numbers; undefined: the classes. */
    readonly theme: ThemeView | undefined;
  };
  readonly layer: string | undefined;
  readonly edits: readonly Edit[];
}

export interface SurgeryEvents {
  readonly layer: (name: string) => void;
  /** @param done false while a slider moves. */
  readonly edits: (edits: readonly Edit[], done: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Cells along each side of the two maps. */
const MAP_CELLS = 40;

export class SurgeryPanel {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #themes: readonly ThemeView[];
  readonly #events: SurgeryEvents;
  readonly #table: LayerTable;
  readonly #list = h("ul", { class: "edit-list" });
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #before: Side;
  readonly #after: Side;
  readonly #mapButton: HTMLButtonElement;
  readonly #mapNote = h("p", { class: "quiet-note", role: "status" });
  readonly #ask: { ask(query: SurgeryQuery): void; cancel(): void };
  readonly #askMap: { ask(query: SurgeryQuery): void; cancel(): void };
  #state: SurgeryState | undefined;
  #key = "";
  #mapKey = "";
  #mapWanted = false;

  constructor(api: Api, model: ModelView, events: SurgeryEvents) {
    this.#classes = model.classes;
    this.#themes = model.themes;
    this.#events = events;
    this.#table = new LayerTable(model, {
      layer: events.layer,
      edit: (edit, done) => this.#set(edit, done),
    });
    this.#before = new Side("Before", model);
    this.#after = new Side("After", model);
    this.#mapButton = button({
      label: "Effect on the map",
      kind: "plain",
      title: "Draws the map with and without the edits",
      click: () => {
        this.#mapWanted = true;
        this.#mapKey = "";
        this.#askForMap();
      },
    });
    this.#ask = latest<SurgeryQuery, Ablated>(
      (query, signal) => api.ablate(model.name, query, signal),
      (answer) => void this.#show(answer),
      (error) => this.#fail(error),
      1,
    );
    this.#askMap = latest<SurgeryQuery, Ablated>(
      (query, signal) => api.ablate(model.name, query, signal),
      (answer) => this.#showMap(answer),
      (error) => {
        this.#mapKey = "";
        setText(this.#mapNote, messageOf(error));
      },
      1,
    );
    this.element = h(
      "div",
      { class: "surgery-panel" },
      this.#table.element,
      h(
        "div",
        { class: "surgery-result" },
        h("h3", {}, "Edits"),
        this.#list,
        this.#status,
        h("div", { class: "surgery-pair" }, this.#before.element, this.#after.element),
        h(
          "div",
          { class: "actions" },
          this.#mapButton,
          button({
            label: "Image after",
            icon: "download",
            kind: "quiet",
            title: "The image after the edits, as PNG with its recipe inside",
            click: () => {
              if (this.#after.file) saveBlob(this.#after.file, `${model.name}-edited.png`);
            },
          }),
        ),
        this.#mapNote,
      ),
    );
  }

  /** @param state undefined while the panel is not visible. */
  update(state: SurgeryState | undefined): void {
    this.#state = state;
    if (!state) return;
    const { query, layer, edits } = state;
    const table: LayerTableState = {
      layer,
      edit: edits.find((edit) => edit.layer === layer),
    };
    this.#table.update(table);
    this.#drawList(edits);
    // Without edits, request one that changes nothing, so that both images are shown from the start.
    const asked = { ...query, edits: edits.length > 0 ? edits : nothing(layer) } as SurgeryQuery;
    const key = JSON.stringify(asked);
    if (key !== this.#key && asked.edits.length > 0) {
      this.#key = key;
      this.#ask.ask(asked);
    }
    if (edits.length === 0) {
      this.#mapWanted = false;
      this.#before.clearMap();
      this.#after.clearMap();
      setText(this.#mapNote, "");
    }
    this.#mapButton.disabled = edits.length === 0;
    if (this.#mapWanted) this.#askForMap();
  }

  /** What the layers put out at the point, whether the panel is visible or not. */
  layers(answer: Activations): void {
    this.#table.show(answer);
    if (this.#state) void this.#table.draw();
  }

  dispose(): void {
    this.#ask.cancel();
    this.#askMap.cancel();
  }

  #askForMap(): void {
    const state = this.#state;
    if (!state || state.edits.length === 0) return;
    const query = {
      ...state.query,
      edits: state.edits,
      map: {
        axes: state.map.axes,
        range: state.map.range,
        resolution: MAP_CELLS,
        at: state.query.point,
        ...(state.map.theme ? { theme: state.map.theme.name } : {}),
      },
    } as unknown as SurgeryQuery;
    const key = JSON.stringify({
      ...query,
      point: state.query.point.filter((_, axis) => !state.map.axes.includes(axis)),
      map: state.map,
    });
    if (key === this.#mapKey) return;
    this.#mapKey = key;
    setText(this.#mapNote, "Drawing both maps…");
    this.#askMap.ask(query);
  }

  /** Sets the edit of a layer, or removes it if its scale is undefined. */
  #set(edit: Edit | { readonly layer: string; readonly scale: undefined }, done: boolean): void {
    const others = (this.#state?.edits ?? []).filter(({ layer }) => layer !== edit.layer);
    this.#events.edits(edit.scale === undefined ? others : [...others, edit as Edit], done);
  }

  #drawList(edits: readonly Edit[]): void {
    fill(
      this.#list,
      edits.length === 0
        ? h("li", { class: "quiet-note" }, "None yet: select rows, columns or channels of a layer.")
        : edits.map((edit) =>
            h(
              "li",
              {},
              h("span", {}, describeEdit(edit)),
              button({
                label: `Undo ${describeEdit(edit)}`,
                icon: "close",
                kind: "quiet",
                iconOnly: true,
                click: () => this.#set({ layer: edit.layer, scale: undefined }, true),
              }),
            ),
          ),
      edits.length > 1
        ? h(
            "li",
            {},
            button({ label: "Undo all", kind: "quiet", click: () => this.#events.edits([], true) }),
          )
        : null,
    );
  }

  async #show(answer: Ablated): Promise<void> {
    setText(this.#status, "");
    await Promise.all([
      this.#before.show(answer.before.image, answer.before.class, this.#classes),
      this.#after.show(answer.after.image, answer.after.class, this.#classes),
    ]);
  }

  #showMap(answer: Ablated): void {
    if (!answer.map || !this.#mapWanted) return;
    const { before, after, changed } = answer.map;
    const themes = this.#themes;
    // Both in the colours of one range, so that they can be compared.
    const grids = gridsOf([before, after], themes);
    this.#before.showMap(grids[0]);
    this.#after.showMap(grids[1]);
    const theme = "theme" in before ? themes.find(({ name }) => name === before.theme) : undefined;
    setText(
      this.#mapNote,
      theme
        ? `${theme.title} changed by ${valueText(theme, changed)} on average.`
        : `The class changed in ${percent(changed)} of the map's cells.`,
    );
  }

  #fail(error: unknown): void {
    this.#key = "";
    setText(this.#status, messageOf(error));
    this.#events.failed(error);
  }
}

/** Image, class and map of one side of the comparison. */
class Side {
  readonly element: HTMLElement;
  file: Blob | undefined;
  readonly #image: HTMLCanvasElement;
  readonly #swatch = h("span", { class: "swatch" });
  readonly #verdict = h("span", {});
  readonly #map = h("canvas", { class: "pixels surgery-map", role: "img", hidden: true });
  readonly #title: string;

  constructor(title: string, { image_shape: [height = 28, width = 28] }: ModelView) {
    this.#title = title;
    this.#image = h("canvas", {
      class: "pixels surgery-image",
      width,
      height,
      role: "img",
      "aria-label": title,
    });
    this.element = h(
      "figure",
      {},
      h("figcaption", {}, title),
      this.#image,
      h("p", { class: "surgery-verdict" }, this.#swatch, this.#verdict),
      this.#map,
    );
  }

  async show(
    image: string,
    named: { readonly index: number; readonly label: string; readonly probability: number },
    classes: readonly string[],
  ): Promise<void> {
    const bitmap = await bitmapOf(image);
    this.file = pngOf(image);
    paintBitmap(this.#image, bitmap);
    const text = `${classes[named.index] ?? named.label}, ${percent(named.probability)}`;
    this.#swatch.style.background = classColour(named.index);
    setText(this.#verdict, text);
    this.#image.setAttribute("aria-label", `${this.#title}: ${text}`);
  }

  showMap(grid: Grid | undefined): void {
    if (!grid) return;
    this.#map.hidden = false;
    this.#map.setAttribute("aria-label", `Map ${this.#title.toLowerCase()} the edits`);
    paintGrid(this.#map, grid);
  }

  clearMap(): void {
    this.#map.hidden = true;
  }
}

function nothing(layer: string | undefined): readonly Edit[] {
  return layer === undefined ? [] : [{ layer, scale: 1 }];
}
