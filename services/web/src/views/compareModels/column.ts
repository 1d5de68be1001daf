/** One column of the matrix: a model's map with the common point, the point's image, its judges and layers. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../api/client.ts";
import { isRefused, messageOf } from "../../api/problem.ts";
import type { MapQuery } from "../../api/queries.ts";
import type { LayerRow } from "../../core/compare/lineup.ts";
import type { ComparedModel } from "../../core/explorer/comparedModels.ts";
import { anchorOf } from "../../core/explorer/scene.ts";
import { type Grid, sharesOf } from "../../core/latent/classMap.ts";
import { cellIndexOf } from "../../core/latent/plane.ts";
import { meanOf, type Numbers, type Scale, scaled } from "../../core/latent/scalarMap.ts";
import { clamp, fitted, type Point } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { CompareState } from "../../core/navigation/views.ts";
import { figure, percent } from "../../core/text/format.ts";
import { lackWords, scalarTheme, type Theme } from "../../core/themes/theme.ts";
import { button, select } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { Scope } from "../../ui/scope.ts";
import { ImageLoader } from "../explorer/imageLoader.ts";
import { DrawingProgress } from "../explorer/map/drawingProgress.ts";
import { InteractiveMap } from "../explorer/map/interactiveMap.ts";
import { MapLoader, type ShownMap } from "../explorer/map/mapLoader.ts";
import { ThemeValue } from "../explorer/map/themeValue.ts";
import { PointImage } from "../explorer/pointImage.ts";
import { JudgesCell } from "./judgesCell.ts";
import { LayerCells, type RowGreys, type ShownLayer } from "./layerCells.ts";
import { layerKey, placeIn, type RowKey } from "./rows.ts";

/** Cells along each side: coarser than in the explorer, since several maps are drawn at once. */
const CELLS = 60;

/** What all columns have in common. */
export interface CommonInputs {
  /** What the maps show; undefined: the classes. */
  readonly theme: ReadonlySignal<Theme | undefined>;
  /** The range of all columns' colours; undefined: the maps show classes, or none has arrived. */
  readonly scale: ReadonlySignal<Scale | undefined>;
  /** Where the pointer is, and the place of the column whose map it is on; undefined: on no map. */
  readonly pointer: ReadonlySignal<{ readonly at: Point; readonly place: number } | undefined>;
  /** The rows that are shown. */
  readonly rows: ReadonlySignal<readonly RowKey[]>;
  /** By layer, the greys that all columns share; empty: each picture has its own. */
  readonly greys: ReadonlySignal<ReadonlyMap<string, RowGreys>>;
  /** Layers whose channels are shown. */
  readonly open: ReadonlySignal<readonly string[]>;
}

export interface ColumnEvents {
  readonly hovered: (at: Point | undefined) => void;
  readonly moved: (point: Point, done: boolean) => void;
  readonly version: (version: number) => void;
  readonly remove: () => void;
  readonly failed: (error: unknown, again: () => void) => void;
}

export class CompareColumn {
  readonly element: HTMLElement;
  /** Those of the map that is shown, in its own range; undefined: it shows classes, or none has arrived. */
  readonly numbers: ReadonlySignal<Numbers | undefined>;
  /** The model's layers at the point, by their names. */
  readonly layers: ReadonlySignal<ReadonlyMap<string, ShownLayer>>;
  readonly #scope = new Scope();
  readonly #classes: readonly string[];
  readonly #pane: InteractiveMap;
  readonly #point: PointImage;
  readonly #images: ImageLoader;
  readonly #maps: MapLoader;
  readonly #query: ReadonlySignal<MapQuery | undefined>;
  readonly #layers: LayerCells;
  readonly #judges: JudgesCell;
  readonly #name = h("p", { class: "column-name" });
  readonly #versions = h("div", { class: "column-version" });
  readonly #note = h("p", { class: "quiet-note", role: "status" });
  readonly #link: HTMLAnchorElement;
  readonly #events: ColumnEvents;
  readonly #value = new ThemeValue();
  readonly #shown = signal<ShownMap | undefined>(undefined);
  readonly #last = signal<{ compared: ComparedModel; state: CompareState } | undefined>(undefined);
  /** Themes that versions were found not to have. */
  readonly #lacking = signal<readonly string[]>([]);
  #drawnVersions = "";
  #title = "";

  /** @param rows the layers of all models, each of which has a row. */
  constructor(
    api: Api,
    { model, place }: ComparedModel,
    rows: readonly LayerRow[],
    common: CommonInputs,
    events: ColumnEvents,
  ) {
    const { name, classes, image_shape } = model;
    this.#classes = classes;
    this.#events = events;
    this.#link = h("a", { href: linkTo.explorer(name) }, name);
    this.#pane = new InteractiveMap(classes, {
      moved: (handle, to, done) => {
        if (handle === "point") events.moved(to, done);
      },
      set: () => undefined,
      hovered: events.hovered,
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
      shown: (map) => {
        this.#shown.value = map;
      },
      progress: (share) => chip.update(share),
      failed: (error) => {
        const { theme, version } = query.peek() ?? {};
        if (theme && version !== undefined && isRefused(error, "theme")) {
          this.#lacking.value = [...this.#lacking.peek(), lackOf(version, theme)];
          return;
        }
        setText(this.#note, messageOf(error));
        events.failed(error, () => this.#again());
      },
    });
    this.#layers = new LayerCells(api, name, rows, (error) => events.failed(error, () => this.#again()));
    this.layers = this.#layers.shown;
    this.#judges = new JudgesCell(api, name, (error) => events.failed(error, () => this.#again()));
    const cells: [RowKey, HTMLElement][] = [
      [
        "head",
        h(
          "div",
          { class: "matrix-cell compare-head" },
          h("h2", { class: "section-title" }, this.#link),
          button({
            label: `Remove ${name}`,
            icon: "close",
            kind: "quiet",
            iconOnly: true,
            click: events.remove,
          }),
          h("div", { class: "column-which" }, this.#name, this.#versions),
        ),
      ],
      [
        "map",
        h(
          "div",
          { class: "matrix-cell map-cell" },
          h("div", { class: "map-stage" }, chip.element, this.#pane.element),
          this.#value.element,
          this.#note,
        ),
      ],
      ["image", h("div", { class: "matrix-cell image-cell" }, this.#point.element)],
      ["judges", this.#judges.element],
      ...rows.map((row): [RowKey, HTMLElement] => [
        layerKey(row),
        this.#layers.cells.get(row.name)?.element ?? h("div", { class: "matrix-cell" }),
      ]),
    ];
    this.element = h(
      "section",
      { class: "compare-column", "aria-label": `${place + 1}: ${name}` },
      cells.map(([, cell]) => cell),
    );

    const lacks = computed(() => {
      const { theme } = common;
      const last = this.#last.value;
      if (!theme.value || !last) return false;
      const { model: offers, version } = last.compared;
      const offered = scalarTheme(offers.themes, theme.value.name) !== undefined;
      return !offered || this.#lacking.value.includes(lackOf(version, theme.value));
    });
    const query = computed(() => {
      const last = this.#last.value;
      return last && queryOf(last.compared, lacks.value ? undefined : common.theme.value);
    });
    this.#query = query;
    this.numbers = computed(() => this.#shown.value?.numbers);
    const arrived = computed(() => this.#shown.value && gridOf(this.#shown.value));
    const grid = computed(() => arrived.value && scaled(arrived.value, common.scale.value));
    const scope = this.#scope;
    scope.effect(() => {
      for (const [key, cell] of cells) placeIn(common.rows.value, key, cell);
    });
    scope.effect(() => {
      for (const [layer, shown] of this.layers.value) {
        const cell = this.#layers.cells.get(layer);
        cell?.show(shown, common.greys.value.get(layer), common.open.value.includes(layer));
      }
    });
    scope.effect(() => {
      if (query.value) this.#maps.ask(query.value);
    });
    scope.effect(() => {
      const map = this.#shown.value;
      if (!map || !grid.value) return;
      const what = map.numbers ? `Map of ${map.numbers.theme.title} of` : "Class map of";
      const words = `${what} ${name}, epoch ${map.query.version}`;
      this.#pane.show(grid.value, words, this.#last.value?.state.only, map.query.label);
    });
    scope.effect(() => {
      const map = this.#shown.value;
      const theme = common.theme.value;
      const last = this.#last.value;
      if (theme && last && lacks.value) setText(this.#note, lackWords(last.compared.version, theme));
      else if (map) setText(this.#note, map.numbers ? meanWords(map.numbers) : this.#classWords(map.cells));
    });
    scope.effect(() => {
      const pointer = common.pointer.value;
      const last = this.#last.value;
      const shown = grid.value;
      if (!last) return;
      const { plane, point } = last.compared;
      const under =
        pointer && fitted(pointer.at, model.latent_dim).map((value) => clamp(value, plane.low, plane.high));
      this.#pane.cross(pointer?.place === place ? undefined : under);
      this.#value.element.hidden = !shown?.numbers;
      if (!shown?.numbers) return;
      const value = shown.numbers.values[cellIndexOf(plane, under ?? point, shown)];
      this.#value.update(shown.numbers, value, under ? "At the pointer" : "At the point");
    });
  }

  /** @param title what tells this column from the others. */
  update(compared: ComparedModel, state: CompareState, title: string): void {
    const { model, version, plane, point, label } = compared;
    this.#title = title;
    setText(this.#link, title);
    this.#link.title = `Explore ${model.name}`;
    setText(this.#name, title.startsWith(model.name) ? "" : model.name);
    this.#name.title = model.name;
    this.#link.href = linkTo.explorer(model.name, {
      z: point,
      version,
      label,
      axes: plane.axes,
      only: state.only,
      theme: state.theme,
    });
    this.#drawVersions(compared);
    this.#pane.update({ plane, point, a: undefined, b: undefined, crossings: [] });
    this.#last.value = { compared, state };
    this.#images.ask({ point, label, version });
    this.#judges.update(state.judges === "yes" ? { points: [point], label, version } : undefined);
    this.#layers.update(
      state.layers === "yes" ? { point: [...point], label: label ?? null, version } : undefined,
    );
  }

  dispose(): void {
    this.#scope.dispose();
    for (const part of [this.#pane, this.#images, this.#maps, this.#layers, this.#judges]) part.dispose();
  }

  #again(): void {
    const last = this.#last.peek();
    if (!last) return;
    this.update(last.compared, last.state, this.#title);
    const query = this.#query.peek();
    if (query) this.#maps.retry(query);
  }

  #classWords(cells: Uint8Array): string {
    const shares = sharesOf(cells, this.#classes.length);
    const present = shares.filter((share) => share > 0).length;
    const largest = shares.indexOf(Math.max(...shares));
    return `${present} of ${this.#classes.length} classes on the map; largest: ${this.#classes[largest] ?? largest},\u00a0${percent(shares[largest] ?? 0).replace(" ", "\u00a0")}.`;
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
      h("span", { class: "only-in-picture" }, `epoch ${version}`),
    );
  }
}

function queryOf({ version, plane, point, label }: ComparedModel, theme: Theme | undefined): MapQuery {
  const range = [plane.low, plane.high] as const;
  const at = anchorOf(plane, point);
  return { version, axes: plane.axes, range, at, label, resolution: CELLS, theme };
}

function gridOf({ cells, numbers }: ShownMap): Grid {
  return { columns: CELLS, rows: cells.length / CELLS, cells, numbers };
}

function meanWords({ values }: Numbers): string {
  const mean = meanOf(values);
  return mean === undefined ? "" : `Mean of the map ${figure(mean)}.`;
}

/** A theme that a version does not have. */
function lackOf(version: number, { name }: Theme): string {
  return `${version}|${name}`;
}
