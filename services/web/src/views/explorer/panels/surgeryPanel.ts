/** Surgery: parts of a layer are switched off or scaled; shows the image before and after, and lists the edits. */
import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import { type PointQuery, type SurgeryQuery, surgeryAt } from "../../../api/queries.ts";
import type { Ablated, Activations, Components, ModelView } from "../../../api/types.ts";
import { describeEdit, type Edit } from "../../../core/explorer/edits.ts";
import { lostWords } from "../../../core/explorer/mapWords.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { latest } from "../../../core/requests/latest.ts";
import { percent } from "../../../core/text/format.ts";
import { button } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { downloadMenu } from "../../../ui/downloadMenu.ts";
import { imageOf, paintImage, pngOf } from "../../../ui/paint.ts";
import { recipePictureFiles } from "../../shared/pictureFiles.ts";
import type { Picture } from "../imageLoader.ts";
import { LayerTable } from "./layerTable.ts";

export interface SurgeryState {
  readonly query: PointQuery;
  readonly layer: string | undefined;
  readonly edits: readonly Edit[];
  /** Parts of the link's edits that the model does not have. */
  readonly lost: readonly Edit[];
  /** Whether the panel is seen. The image after the edits is wanted as long as there are any. */
  readonly visible: boolean;
}

/** What the edits made of the image of a point. */
export interface Operated {
  readonly query: SurgeryQuery;
  readonly picture: Picture;
  readonly file: Blob;
}

export interface SurgeryEvents {
  readonly layer: (name: string) => void;
  /** @param done false while a slider moves. */
  readonly edits: (edits: readonly Edit[], done: boolean) => void;
  /** The image of the point after the edits has come. */
  readonly operated: (found: Operated) => void;
  readonly failed: (error: unknown) => void;
}

export class SurgeryPanel {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #events: SurgeryEvents;
  readonly #table: LayerTable;
  readonly #list = h("ul", { class: "edit-list" });
  readonly #lost = h("p", { class: "quiet-note", role: "status" });
  readonly #status = h("p", { class: "quiet-note", role: "status" });
  readonly #before: Side;
  readonly #after: Side;
  readonly #undo: HTMLButtonElement;
  readonly #ask: { ask(query: SurgeryQuery): void; cancel(): void };
  #state: SurgeryState | undefined;
  #key = "";

  constructor(api: Api, model: ModelView, events: SurgeryEvents) {
    const [height = 28, width = 28] = model.image_shape;
    const shape = { width, height };
    this.#classes = model.classes;
    this.#events = events;
    this.#table = new LayerTable(api, model, {
      layer: events.layer,
      edit: (edit, done) => this.#set(edit, done),
    });
    this.#before = new Side("Before", model);
    this.#after = new Side("After", model);
    this.#undo = button({
      label: "Undo all",
      kind: "plain",
      title: "Undoes the whole surgery",
      click: () => events.edits([], true),
    });
    this.#ask = latest<SurgeryQuery, Ablated>(
      (query, signal) => api.ablate(model.name, query, signal),
      (answer, query) => void this.#show(answer, query),
      (error) => this.#fail(error),
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
        this.#lost,
        this.#status,
        h("div", { class: "surgery-pair" }, this.#before.element, this.#after.element),
        h(
          "div",
          { class: "actions" },
          this.#undo,
          downloadMenu({
            label: "Image after",
            title: "Download the image after the edits",
            groups: () => {
              const { file } = this.#after;
              return [
                { files: file ? recipePictureFiles(api, file, shape, () => `${model.name}-edited`) : [] },
              ];
            },
          }),
        ),
      ),
    );
  }

  update(state: SurgeryState): void {
    this.#state = state;
    const { query, layer, edits, visible } = state;
    if (visible) {
      this.#table.update({ layer, edit: edits.find((edit) => edit.layer === layer) });
      this.#drawList(edits);
      setText(this.#lost, lostWords(state.lost));
      this.#undo.disabled = edits.length === 0;
    }
    // Without edits, request one that changes nothing, so that both images are shown from the start.
    const wanted = edits.length > 0 ? edits : visible ? nothing(layer) : [];
    const asked = surgeryAt(query, wanted);
    const key = JSON.stringify(asked);
    if (key === this.#key) return;
    this.#key = key;
    if (wanted.length > 0) this.#ask.ask(asked);
    else this.#ask.cancel();
  }

  /** What the layers put out at the point, whether the panel is visible or not. */
  layers(answer: Activations): void {
    this.#table.show(answer);
    if (this.#state?.visible) void this.#table.draw();
  }

  dispose(): void {
    this.#ask.cancel();
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
    );
  }

  async #show(answer: Ablated, query: SurgeryQuery): Promise<void> {
    setText(this.#status, "");
    const [, after] = await Promise.all([
      this.#before.show(answer.before, this.#classes),
      this.#after.show(answer.after, this.#classes),
    ]);
    if (this.#state?.edits.length) this.#events.operated({ ...after, query });
  }

  #fail(error: unknown): void {
    this.#key = "";
    setText(this.#status, messageOf(error));
    this.#events.failed(error);
  }
}

/** Image and class of one side of the comparison. */
class Side {
  readonly element: HTMLElement;
  file: Blob | undefined;
  readonly #image: HTMLCanvasElement;
  readonly #swatch = h("span", { class: "swatch" });
  readonly #verdict = h("span", {});
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
    );
  }

  async show(
    answer: Components["ClassifiedImage"],
    classes: readonly string[],
  ): Promise<Omit<Operated, "query">> {
    const { image, class: named } = answer;
    const decoded = await imageOf(image);
    this.file = pngOf(image);
    paintImage(this.#image, decoded);
    const text = `${classes[named.index] ?? named.label}, ${percent(named.probability)}`;
    this.#swatch.style.background = classColour(named.index);
    setText(this.#verdict, text);
    this.#image.setAttribute("aria-label", `${this.#title}: ${text}`);
    const { index: classId, label: className, probability } = named;
    return { picture: { image: decoded, classId, className, probability }, file: this.file };
  }
}

function nothing(layer: string | undefined): readonly Edit[] {
  return layer === undefined ? [] : [{ layer, scale: 1 }];
}
