/** The map of an explorer, flat or a cube: loads the map that the scene needs and shows it with its legend. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { isRefused, messageOf } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView, Place, RealImage } from "../../../api/types.ts";
import { anchorOf, heldAxes, type Scene } from "../../../core/explorer/scene.ts";
import { type Grid, sharesOf } from "../../../core/latent/classMap.ts";
import { type Brush, markedBy } from "../../../core/latent/jointHistogram.ts";
import type { Lattice } from "../../../core/latent/lattice.ts";
import { cellIndexOf } from "../../../core/latent/plane.ts";
import type { Numbers } from "../../../core/latent/scalarMap.ts";
import { type Point, rounded, withAxis } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { percent } from "../../../core/text/format.ts";
import { lackWords, type Theme } from "../../../core/themes/theme.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import type { CubeView, CubeViewEvents, CubeViewInputs } from "../cube/cubeView.ts";
import { AxisFilm } from "./axisFilm.ts";
import { BesideMap } from "./besideMap.ts";
import { DrawingProgress } from "./drawingProgress.ts";
import { FineMap } from "./fineMap.ts";
import { type Handle, InteractiveMap } from "./interactiveMap.ts";
import { JointHistogram } from "./jointHistogram.ts";
import { Legend } from "./legend.ts";
import { coarser, MapFade } from "./mapFade.ts";
import { drawable, MapLoader, type ShownMap } from "./mapLoader.ts";
import { MapSwitches } from "./mapSwitches.ts";
import { Pictures } from "./pictures.ts";
import { RealImagesLoader } from "./realImages.ts";
import { ThemeChoice } from "./themeChoice.ts";
import { ThemeScale } from "./themeScale.ts";

const PLANE_CELLS = 100;
const FILM_PLANE_CELLS = 50;
const FILM_CUBE_CELLS = 16;

/** What a film plays: values of an axis that the map does not span, or the epochs. */
export type Film = "axis" | "epochs";

export interface MapControllerInputs {
  readonly state: Signal<ExplorerState>;
  readonly scene: ReadonlySignal<Scene>;
  /** The point as shown, which a film may move. */
  readonly point: ReadonlySignal<Point>;
  readonly crossings: ReadonlySignal<readonly number[]>;
  /** Places of a drawing, the best first. */
  readonly pins: ReadonlySignal<readonly Place[]>;
}

export interface MapControllerEvents {
  readonly change: (change: Partial<ExplorerState>, done: boolean) => void;
  readonly moved: (handle: Handle, to: Point, done: boolean) => void;
  readonly set: (end: "a" | "b") => void;
  /** Called with the real images of a dot that was chosen, and the data set that they are of. */
  readonly picked: (images: readonly RealImage[], dataset: string) => void;
  /** Called with the place whose pin was chosen. */
  readonly pinned: (place: Place) => void;
  readonly failed: (error: unknown) => void;
  readonly notify: (text: string, kind: "info" | "error") => void;
}

export class MapController {
  readonly pane: InteractiveMap;
  /** What the map shows, and what its colours mean. */
  readonly legend: HTMLElement;
  readonly film: AxisFilm;
  readonly note = h("p", { class: "quiet-note", role: "status" });
  /** The map itself, without its settings and legend. */
  readonly element: HTMLElement;
  readonly source: MapLoader;
  /** Real images that are shown as dots. */
  readonly real: RealImagesLoader;
  readonly #beside: BesideMap;
  readonly #fade: MapFade;
  readonly #fine: FineMap;
  readonly #pictures: Pictures;
  /** The coarse flat map over the first two axes that is shown, if there is one. */
  readonly grid: ReadonlySignal<Grid | undefined>;
  /** What a map of numbers says at the point; undefined: the classes are shown. */
  readonly reading: ReadonlySignal<
    { readonly numbers: Numbers; readonly value: number | undefined } | undefined
  >;
  readonly #scope = new Scope();
  readonly #model: ModelView;
  /** The film that plays; there is at most one. */
  readonly playing = signal<Film | undefined>(undefined);
  /** Whether frames of a film are shown, which are coarser. */
  readonly #filming = signal(false);
  readonly #cubeView = signal<CubeView | undefined>(undefined);
  readonly #shown = signal<ShownMap | undefined>(undefined);
  /** Themes that older versions were found not to have. */
  readonly #lacking = signal<readonly string[]>([]);
  readonly #query: ReadonlySignal<MapQuery>;
  #onScreen: Promise<void> = Promise.resolve();
  #arrived: () => void = () => undefined;

  constructor(
    api: Api,
    model: ModelView,
    { state, scene, point, crossings, pins }: MapControllerInputs,
    events: MapControllerEvents,
  ) {
    this.#model = model;
    const { name, classes } = model;
    const picked = (images: readonly RealImage[]) => {
      const dataset = this.real.list.peek()?.dataset;
      if (dataset !== undefined) events.picked(images, dataset);
    };
    const held = signal(false);
    const moved: MapControllerEvents["moved"] = (handle, to, done) =>
      batch(() => {
        held.value = !done;
        events.moved(handle, to, done);
      });
    const own = { moved, set: events.set, picked, pinned: events.pinned };
    this.pane = new InteractiveMap(classes, {
      ...own,
      hovered: (at) => hover(at, this.#beside.pane),
      picture: (at) => this.#pictures.under(at),
    });
    const classLegend = new Legend(
      classes,
      (only) => events.change({ only }, true),
      (hide) => events.change({ hide }, true),
    );
    const scale = new ThemeScale();
    const choice = new ThemeChoice("What the map shows", "Theme", (theme) =>
      events.change({ theme }, true),
    );
    const besideChoice = new ThemeChoice(
      "What a second map shows",
      "Beside",
      (beside) => events.change({ beside }, true),
      "nothing",
    );
    const besideScale = new ThemeScale();
    const switches = new MapSwitches(model, events.change);
    const brush = signal<Brush | undefined>(undefined);
    const joint = new JointHistogram((next) => {
      brush.value = next;
    });
    this.legend = h(
      "div",
      { class: "map-legend" },
      h("div", { class: "theme-choices" }, choice.element, besideChoice.element),
      classLegend.element,
      scale.element,
      besideScale.element,
      switches.element,
    );
    this.source = new MapLoader(api, name, {
      shown: (map) => {
        // A complete coarser map shows more than the beginning of a finer one.
        if (!map.final && isFinerOf(this.#shown.peek(), map)) return;
        this.#shown.value = map;
        if (map.final) this.#arrived();
      },
      progress: (share) => chip.update(share),
      failed: (error) => {
        const { theme, version } = this.#query.peek();
        if (theme && isRefused(error, "theme")) {
          this.#lacking.value = [...this.#lacking.peek(), lackOf(version, theme)];
          return;
        }
        setText(this.note, messageOf(error));
        this.#arrived();
        events.failed(error);
      },
    });
    const chip = new DrawingProgress({
      stop: () => this.source.stop(),
      resume: () => this.retry(),
    });
    this.film = new AxisFilm({
      prefetch: (axis, value, signal) => {
        const { point: at, cube, plane } = scene.peek();
        const held = anchorOf(cube ?? plane, withAxis(at, axis, value));
        return this.source.prefetch({ ...this.#filmQuery(), at: rounded(held) }, signal);
      },
      show: (axis, value, done) =>
        this.showFrame(!done, () =>
          events.moved("point", rounded(withAxis(scene.peek().point, axis, value)), done),
        ),
      playing: (on) => this.setPlaying("axis", on),
      failed: (text) => events.notify(text, "error"),
    });
    const stage = h("div", { class: "map-first" }, chip.element);
    this.element = h("div", { class: "map-stage" }, stage);

    const spanned = computed(() => scene.value.cube?.axes.length ?? scene.value.plane.axes.length);
    this.#query = computed<MapQuery>(() => {
      const { version, plane, cube, point: at, mapLabel } = scene.value;
      const space = cube ?? plane;
      const most = cube ? state.value.cells : PLANE_CELLS;
      const { theme } = scene.value;
      return {
        version,
        axes: space.axes,
        range: [space.low, space.high],
        at: anchorOf(space, at),
        label: mapLabel,
        resolution: this.#filming.value ? filmCells(most, space) : most,
        ...(theme && !this.#lacking.value.includes(lackOf(version, theme)) ? { theme } : {}),
      };
    });
    const key = computed(() => JSON.stringify(this.#query.value));
    const map = computed(() => {
      const shown = this.#shown.value;
      return shown && shown.query.axes.length === spanned.value ? shown : undefined;
    });
    this.#fade = new MapFade(api, model, { state, query: this.#query, map }, events.failed);
    const { fades, opacity } = this.#fade;
    this.grid = computed(() => {
      const shown = map.value;
      if (!shown) return undefined;
      const side = shown.query.resolution;
      if (shown.query.axes.length < 3)
        return {
          columns: side,
          rows: shown.cells.length / side,
          cells: shown.cells,
          numbers: shown.numbers,
          opacity: opacity.value,
        };
      const { cube } = scene.value;
      const third = cube?.axes[2] ?? 2;
      const at = (scene.value.point[third] ?? 0) - (cube?.low ?? -1);
      const layer = Math.round((at / ((cube?.high ?? 1) - (cube?.low ?? -1))) * (side - 1));
      const [from, to] = [layer * side * side, (layer + 1) * side * side];
      const values = shown.numbers?.values.subarray(from, to);
      const numbers = shown.numbers && values && { ...shown.numbers, values };
      return { columns: side, rows: side, cells: shown.cells.subarray(from, to), numbers };
    });

    const filming = computed(() => this.#filming.value || this.playing.value !== undefined);
    const { width } = this.pane;
    const { grid: coarse } = this;
    const fineInputs = { state, point, query: this.#query, map, coarse, held, filming, width };
    this.#fine = new FineMap(api, name, this.#fade, fineInputs);
    this.#pictures = new Pictures(api, name, { state, scene, filming, width }, events.failed);
    this.pane.lay(this.#pictures.element);

    const realQuery = stable(() => {
      const { version, mapLabel } = scene.value;
      return state.value.real === "yes" ? { version, label: mapLabel } : undefined;
    });
    this.real = new RealImagesLoader(api, name, realQuery, events.failed);
    const shownState = computed(() => {
      const { a, b } = scene.value;
      const real = this.real.list.value;
      return {
        plane: plane.value,
        point: point.value,
        a,
        b,
        crossings: crossings.value,
        real,
        pins: pins.value,
      };
    });
    const besideQuery = stable((): MapQuery | undefined => {
      const { beside } = scene.value;
      if (!beside || spanned.value === 3) return undefined;
      const { theme: _, ...query } = this.#query.value;
      return beside.kind === "scalar" ? { ...query, theme: beside } : query;
    });

    const scope = this.#scope;
    scope.effect(() => {
      if (!key.value) return;
      this.#onScreen = new Promise((resolve) => {
        this.#arrived = resolve;
      });
      this.source.ask(this.#query.peek());
    });
    const cubeShown = computed(() => {
      const shown = map.value;
      return shown?.query.axes.length === 3
        ? {
            side: shown.query.resolution,
            cells: shown.cells,
            numbers: shown.numbers,
            opacity: opacity.value,
          }
        : undefined;
    });
    const only = computed(() => scene.value.only);
    // Whether a cell shows the class that was asked for is a matter of classes.
    const requested = computed(() => (map.value?.numbers ? undefined : map.value?.query.label));
    scope.effect(() => {
      const shown = map.value;
      const grid = this.#fine.grid.value;
      if (!shown || !grid || shown.query.axes.length === 3) return;
      const what = shown.numbers ? `Map of ${shown.numbers.theme.title} of` : "Class map of";
      const label = `${what} ${name}, epoch ${shown.query.version}`;
      this.pane.show(grid, label, only.value, shown.query.label);
    });
    scope.effect(() => {
      const shown = map.value;
      if (!shown) return;
      const hidden =
        spanned.value === 3 && this.#cubeView.value?.pane.works ? scene.value.hidden : undefined;
      classLegend.element.hidden = shown.numbers !== undefined;
      scale.element.hidden = shown.numbers === undefined;
      if (!shown.numbers) classLegend.update(sharesOf(shown.cells, classes.length), only.value, hidden);
      setText(this.note, this.#lack(scene.value) ?? (this.real.words.value || this.#agreement(shown)));
    });
    this.reading = computed(() => {
      const numbers = map.value?.numbers;
      const grid = this.grid.value;
      if (!numbers || !grid?.numbers) return undefined;
      const value = grid.numbers.values[cellIndexOf(scene.value.plane, point.value, grid)];
      return { numbers, value };
    });
    scope.effect(() => {
      const reading = this.reading.value;
      if (reading) scale.update(reading.numbers, reading.value);
    });
    scope.effect(() => {
      choice.update(model.themes, scene.value.theme?.name);
      besideChoice.update(model.themes, scene.value.beside?.name);
      besideChoice.element.hidden ||= spanned.value === 3;
    });
    scope.effect(() => {
      const flat = map.value?.query.axes.length === 2 && !map.value.numbers;
      const coarse = flat ? state.value.coarse : undefined;
      const pictures = spanned.value === 2 ? state.value.pictures : undefined;
      switches.update({ fades: fades.value, real: state.value.real, coarse, pictures });
    });
    scope.effect(() => switches.waiting("coarse", this.#fine.loading.value));
    scope.effect(() => switches.waiting("pictures", this.#pictures.loading.value));
    // Plane and cube stay the same objects until they change, so that the ticks are not redrawn at every move.
    const plane = stable(() => scene.value.plane);
    const cube = stable(() => scene.value.cube);
    scope.effect(() => {
      if (!cube.value) this.pane.update(shownState.value);
    });
    this.#beside = new BesideMap(
      api,
      model,
      { query: besideQuery, state: shownState, only },
      { ...own, hovered: (at) => hover(at, this.pane), failed: events.failed },
    );
    const hover = (at: Point | undefined, other: InteractiveMap) => {
      if (!besideQuery.peek()) return;
      other.cross(at);
      const grid = this.grid.peek();
      if (!grid || !at) joint.hover(undefined);
      else joint.hover(cellIndexOf(scene.peek().plane, at, grid));
    };
    scope.effect(() => {
      const two = besideQuery.value !== undefined;
      this.element.classList.toggle("two", two);
      fill(this.element, stage, two ? [this.#beside.element, joint.element] : null);
      if (!two) this.pane.cross(undefined);
    });
    scope.effect(() => {
      const numbers = besideQuery.value ? this.#beside.grid.value?.numbers : undefined;
      besideScale.element.hidden = numbers === undefined;
      if (!numbers || !this.#beside.grid.value) return;
      besideScale.update(
        numbers,
        numbers.values[cellIndexOf(scene.value.plane, point.value, this.#beside.grid.value)],
      );
    });
    scope.effect(() => {
      const [first, second] = [this.grid.value, besideQuery.value && this.#beside.grid.value];
      const [x, y] = [first?.numbers, second?.numbers];
      const both = x && y && x.values.length === y.values.length;
      joint.element.hidden = !both;
      if (both) joint.update(x, y);
      const marked =
        both && first && brush.value
          ? { columns: first.columns, rows: first.rows, cells: markedBy(x, y, brush.value) }
          : undefined;
      this.pane.mark(marked);
      this.#beside.pane.mark(marked);
    });
    const inCube = computed(() => cube.value !== undefined);
    scope.effect(() => {
      if (!inCube.value) fill(stage, chip.element, this.pane.element);
      else if (this.#cubeView.value) fill(stage, chip.element, this.#cubeView.value.element);
      else {
        fill(stage, chip.element, h("div", { class: "cube-pane loading skeleton" }));
        const real = this.real.list;
        const inputs = {
          state,
          scene,
          space: cube,
          cube: cubeShown,
          requested,
          point,
          crossings,
          real,
          pins,
        };
        void this.#loadCubeView(inputs, { ...own, change: events.change, notify: events.notify });
      }
    });
    scope.effect(() => {
      const space = cube.value ?? plane.value;
      this.film.update(heldAxes(model.latent_dim, space.axes), space.low, space.high);
    });
    for (const part of [
      this.pane,
      this.film,
      this.source,
      this.#beside,
      this.real,
      this.#fade,
      this.#fine,
      this.#pictures,
    ]) {
      scope.onDispose(() => part.dispose());
    }
  }

  /** Resolves when the latest requested map is shown. */
  get onScreen(): Promise<void> {
    return this.#onScreen;
  }

  /** Called when a film starts or ends. */
  setPlaying(film: Film, on: boolean): void {
    if (on) this.playing.value = film;
    else if (this.playing.peek() === film) {
      batch(() => {
        this.playing.value = undefined;
        this.#filming.value = false;
      });
    }
  }

  /** Show a frame of a film, or with `filming` false a map at full resolution again. */
  showFrame(filming: boolean, show: () => void): void {
    batch(() => {
      this.#filming.value = filming;
      show();
    });
  }

  /** Load a version's map at the resolution of a film. */
  prefetch(version: number, signal: AbortSignal): Promise<unknown> {
    return this.source.prefetch({ ...this.#filmQuery(), version }, signal);
  }

  retry(): void {
    this.source.retry(this.#query.peek());
    this.#beside.retry();
    this.#pictures.retry();
  }

  /** Show an element only while a cube is shown. */
  onlyWithCube(element: HTMLElement): void {
    this.#scope.effect(() => {
      element.hidden = this.#query.value.axes.length < 3 || !this.#cubeView.value?.pane.works;
    });
  }

  /** The cube as it is shown, as PNG; undefined where there is none. */
  async cubePicture(): Promise<Blob | undefined> {
    return this.#cubeView.peek()?.pane.picture();
  }

  /** The classes over the shown axes, whatever the theme, coarsely, and how sure they are where that is known. */
  async lattice(signal: AbortSignal): Promise<Lattice> {
    const { theme: _, ...query } = this.#query.peek();
    const asked = { ...query, resolution: coarser(query.resolution) };
    const [map, confidence] = await Promise.all([
      this.source.prefetch(asked, signal),
      this.#fade.confidence(query, signal),
    ]);
    return { side: asked.resolution, cells: drawable(map, {}).cells, confidence };
  }

  /** The request for the current map. */
  get query(): MapQuery {
    return this.#query.peek();
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** Load the code of the cube, when the first cube is shown. */
  async #loadCubeView(
    inputs: CubeViewInputs,
    events: CubeViewEvents & Pick<MapControllerEvents, "notify">,
  ): Promise<void> {
    try {
      const { CubeView } = await import("../cube/cubeView.ts");
      if (this.#scope.signal.aborted || this.#cubeView.peek()) return;
      const cubeView = new CubeView(this.#model.classes, inputs, events);
      this.#scope.onDispose(() => cubeView.dispose());
      this.#cubeView.value = cubeView;
    } catch (error) {
      events.notify(`The cube cannot be drawn: ${messageOf(error)}`, "error");
    }
  }

  #filmQuery(): MapQuery {
    const query = this.#query.peek();
    return { ...query, resolution: filmCells(query.resolution, query) };
  }

  /** Says that the classes are shown because the version does not have the theme; undefined: it has. */
  #lack({ version, theme }: Scene): string | undefined {
    if (!theme || !this.#lacking.value.includes(lackOf(version, theme))) return undefined;
    return lackWords(version, theme);
  }

  /** How much of a conditional model's map shows the requested class. */
  #agreement({ cells, numbers, query: { label, axes } }: ShownMap): string {
    if (label === undefined || numbers) {
      return axes.length === 3
        ? "Drag to rotate the cube; click on it to move the point."
        : "Drag the point or use the arrow keys; hold Shift for bigger steps.";
    }
    const { classes } = this.#model;
    const share = sharesOf(cells, classes.length)[label] ?? 0;
    const rest = share === 1 ? "" : "; the hatched cells do not";
    return `${percent(share)} of this map shows ${classes[label] ?? label}, as asked${rest}.`;
  }
}

/** A theme that a version does not have. */
function lackOf(version: number, { name }: Theme): string {
  return `${version}|${name}`;
}

/** Cells along each side of a film's maps, which have to load fast. */
function filmCells(most: number, { axes }: { readonly axes: readonly number[] }): number {
  return Math.min(most, axes.length === 3 ? FILM_CUBE_CELLS : FILM_PLANE_CELLS);
}

/** Whether a map is the same as the complete one that is shown, only finer. */
function isFinerOf(shown: ShownMap | undefined, { query }: ShownMap): boolean {
  if (!shown?.final || shown.query.resolution >= query.resolution) return false;
  const same = { ...query, resolution: shown.query.resolution };
  return JSON.stringify(same) === JSON.stringify({ ...same, ...shown.query });
}
