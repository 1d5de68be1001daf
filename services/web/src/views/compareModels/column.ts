/** One model of a comparison: its map with the common point, the image of the point, and its layers on demand. */
import type { Api } from "../../api/client.ts";
import { messageOf } from "../../api/problem.ts";
import type { MapQuery } from "../../api/queries.ts";
import type { ComparedModel } from "../../core/explorer/comparedModels.ts";
import { anchorOf } from "../../core/explorer/scene.ts";
import { sharesOf } from "../../core/latent/classMap.ts";
import type { Point } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { CompareState } from "../../core/navigation/views.ts";
import { percent } from "../../core/text/format.ts";
import { button, select } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { ImageLoader } from "../explorer/imageLoader.ts";
import { DrawingProgress } from "../explorer/map/drawingProgress.ts";
import { InteractiveMap } from "../explorer/map/interactiveMap.ts";
import { MapLoader, type ShownMap } from "../explorer/map/mapLoader.ts";
import { LayersPanel } from "../explorer/panels/layersPanel.ts";
import { PointImage } from "../explorer/pointImage.ts";

/** Cells along each side: coarser than in the explorer, since several maps are drawn at once. */
const CELLS = 60;

export interface ColumnEvents {
  readonly moved: (point: Point, done: boolean) => void;
  readonly version: (version: number) => void;
  readonly remove: () => void;
  readonly failed: (error: unknown, again: () => void) => void;
}

export class CompareColumn {
  readonly element: HTMLElement;
  readonly #name: string;
  readonly #classes: readonly string[];
  readonly #pane: InteractiveMap;
  readonly #point: PointImage;
  readonly #images: ImageLoader;
  readonly #maps: MapLoader;
  readonly #layers: LayersPanel;
  readonly #versions: HTMLElement = h("div", {});
  readonly #note = h("p", { class: "quiet-note", role: "status" });
  readonly #link: HTMLAnchorElement;
  readonly #events: ColumnEvents;
  #shown: ShownMap | undefined;
  #last: { compared: ComparedModel; state: CompareState } | undefined;
  #drawnVersions = "";

  constructor(api: Api, { model, place }: ComparedModel, events: ColumnEvents) {
    const { name, classes, image_shape, layers } = model;
    this.#name = name;
    this.#classes = classes;
    this.#events = events;
    this.#link = h("a", { href: linkTo.explorer(name) }, name);
    this.#pane = new InteractiveMap(classes, {
      moved: (handle, to, done) => {
        if (handle === "point") events.moved(to, done);
      },
      set: () => undefined,
    });
    this.#point = new PointImage(classes, image_shape);
    this.#images = new ImageLoader(
      api,
      name,
      (picture, query, milliseconds) => this.#point.show(picture, query.label, milliseconds),
      (error) => {
        this.#point.fail(messageOf(error));
        events.failed(error, () => this.#again());
      },
    );
    const chip = new DrawingProgress({
      stop: () => this.#maps.stop(),
      resume: () => this.#again(),
    });
    this.#maps = new MapLoader(api, name, {
      shown: (map) => this.#show(map),
      progress: (share) => chip.update(share),
      failed: (error) => {
        setText(this.#note, messageOf(error));
        events.failed(error, () => this.#again());
      },
    });
    this.#layers = new LayersPanel(api, name, layers, {
      failed: (error) => events.failed(error, () => this.#again()),
    });
    this.#layers.element.hidden = true;
    this.element = h(
      "section",
      { class: "card compare-column", "aria-label": `${place + 1}: ${name}` },
      h(
        "div",
        { class: "compare-head" },
        h("h2", { class: "section-title" }, this.#link),
        this.#versions,
        button({
          label: `Remove ${name}`,
          icon: "close",
          kind: "quiet",
          iconOnly: true,
          click: events.remove,
        }),
      ),
      h("div", { class: "map-stage" }, chip.element, this.#pane.element),
      this.#note,
      this.#point.element,
      this.#layers.element,
    );
  }

  update(compared: ComparedModel, state: CompareState): void {
    this.#last = { compared, state };
    const { model, version, plane, point, label } = compared;
    this.#link.href = linkTo.explorer(model.name, {
      z: point,
      version,
      label,
      axes: plane.axes,
      only: state.only,
    });
    this.#drawVersions(compared);
    this.#pane.update({ plane, point, a: undefined, b: undefined, crossings: [] });
    this.#maps.ask(queryOf(compared));
    this.#images.ask({ point, label, version });
    const showLayers = state.layers === "yes";
    this.#layers.element.hidden = !showLayers;
    this.#layers.update(showLayers ? { point: [...point], label: label ?? null, version } : undefined);
    if (this.#shown) this.#show(this.#shown);
  }

  dispose(): void {
    for (const part of [this.#pane, this.#images, this.#maps, this.#layers]) part.dispose();
  }

  #again(): void {
    if (!this.#last) return;
    this.update(this.#last.compared, this.#last.state);
    this.#maps.retry(queryOf(this.#last.compared));
  }

  #show(map: ShownMap): void {
    const news = map !== this.#shown;
    this.#shown = map;
    const grid = { columns: CELLS, rows: map.cells.length / CELLS, cells: map.cells };
    this.#pane.show(
      news ? grid : (this.#pane.map.grid ?? grid),
      `Class map of ${this.#name}, epoch ${map.query.version}`,
      this.#last?.state.only,
      map.query.label,
    );
    if (!news) return;
    const shares = sharesOf(map.cells, this.#classes.length);
    const present = shares.filter((share) => share > 0).length;
    const largest = shares.indexOf(Math.max(...shares));
    setText(
      this.#note,
      `${present} of ${this.#classes.length} classes on the map; largest: ${this.#classes[largest] ?? largest}, ${percent(shares[largest] ?? 0)}.`,
    );
  }

  #drawVersions({ model, version }: ComparedModel): void {
    const drawn = `${model.versions}|${version}`;
    if (drawn === this.#drawnVersions) return;
    this.#drawnVersions = drawn;
    fill(
      this.#versions,
      select(
        `Epoch of ${model.name}`,
        model.versions.map((epoch) => ({ value: String(epoch), label: `Epoch ${epoch}` })),
        String(version),
        (value) => this.#events.version(Number(value)),
      ),
    );
  }
}

function queryOf({ version, plane, point, label }: ComparedModel): MapQuery {
  const range = [plane.low, plane.high] as const;
  return { version, axes: plane.axes, range, at: anchorOf(plane, point), label, resolution: CELLS };
}
