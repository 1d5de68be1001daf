/** The map of an explorer, flat or a cube: loads the map that the scene needs and shows it with its legend. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import type { MapQuery } from "../../../api/queries.ts";
import type { ModelView, Place, RealImage } from "../../../api/types.ts";
import type { Effect } from "../../../core/explorer/effect.ts";
import { plainClasses } from "../../../core/explorer/mapRequest.ts";
import { mapName, mapWords } from "../../../core/explorer/mapWords.ts";
import { anchorOf, heldAxes, type Scene, spaceOf } from "../../../core/explorer/scene.ts";
import type { Grid } from "../../../core/latent/classMap.ts";
import type { Lattice } from "../../../core/latent/lattice.ts";
import { cellIndexOf } from "../../../core/latent/plane.ts";
import { type Point, rounded, withAxis } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import type { InteractiveCube } from "../cube/interactiveCube.ts";
import { AxisFilm } from "./axisFilm.ts";
import { CurrentMap } from "./currentMap.ts";
import { EffectSwitch } from "./effectSwitch.ts";
import { FineMap } from "./fineMap.ts";
import { type Handle, InteractiveMap } from "./interactiveMap.ts";
import { coarser, MapFade } from "./mapFade.ts";
import { MapLegend } from "./mapLegend.ts";
import { drawable, type MapLoader } from "./mapLoader.ts";
import { MapStage } from "./mapStage.ts";
import { Pictures } from "./pictures.ts";
import { RealImagesLoader } from "./realImages.ts";
import { SecondMap } from "./secondMap.ts";
import { cubeOf, flatGrid, type Reading, type SeenMap } from "./seenMap.ts";

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
  /** What the map shows, and what its colours mean. */
  readonly legend: HTMLElement;
  readonly film: AxisFilm;
  /** Before, after, or what changed; seen only while there is surgery. */
  readonly effect: EffectSwitch;
  /** Which of them is shown, if there is surgery. */
  readonly shownEffect: ReadonlySignal<Effect>;
  readonly note = h("p", { class: "quiet-note", role: "status" });
  /** The map itself, without its settings and legend. */
  readonly element = h("div", { class: "map-stage" });
  /** What a map of numbers says at the point; undefined: the classes are shown. */
  readonly reading: ReadonlySignal<Reading | undefined>;
  /** The film that plays; there is at most one. */
  readonly playing = signal<Film | undefined>(undefined);
  /** The class that was asked for, where cells of others are hatched. */
  readonly requested: ReadonlySignal<number | undefined>;
  readonly #scope = new Scope();
  readonly #pane: InteractiveMap;
  readonly #stage: MapStage;
  readonly #second: SecondMap;
  readonly #fade: MapFade;
  readonly #pictures: Pictures;
  /** Whether frames of a film are shown, which are coarser. */
  readonly #filming = signal(false);
  readonly #current: CurrentMap;

  constructor(
    api: Api,
    model: ModelView,
    { state, scene, point, crossings, pins }: MapControllerInputs,
    events: MapControllerEvents,
  ) {
    const { name, classes } = model;
    const scope = this.#scope;
    const effect = computed(() => state.value.effect);
    this.shownEffect = effect;

    this.#current = new CurrentMap(api, model, { state, scene, filming: this.#filming }, (error) => {
      setText(this.note, messageOf(error));
      events.failed(error);
    });
    const { map, query, progress, lacking } = this.#current;

    // How it is drawn ------------------------------------------------------------------------
    this.#fade = new MapFade(api, model, { state, query, map }, events.failed);
    const { fades, opacity } = this.#fade;
    const grid = flatGrid(map, scene, () => opacity.value);
    this.reading = computed(() => {
      const { numbers } = grid.value ?? {};
      if (!map.value?.numbers || !grid.value || !numbers) return undefined;
      return { numbers, value: numbers.values[cellIndexOf(scene.value.plane, point.value, grid.value)] };
    });
    const only = computed(() => scene.value.only);
    // Whether a cell shows the class that was asked for is a matter of classes, and of one map.
    this.requested = computed(() => {
      const shown = map.value;
      return shown?.numbers || (shown?.pair && effect.value === "changed") ? undefined : shown?.query.label;
    });
    const { requested } = this;
    const held = signal(false);
    const picked = (images: readonly RealImage[]) => {
      const dataset = real.list.peek()?.dataset;
      if (dataset !== undefined) events.picked(images, dataset);
    };
    const moved: MapControllerEvents["moved"] = (handle, to, done) =>
      batch(() => {
        held.value = !done;
        events.moved(handle, to, done);
      });
    const own = { moved, set: events.set, picked, pinned: events.pinned };
    this.#pane = new InteractiveMap(classes, {
      ...own,
      hovered: (at) => this.#second.hover(at),
      picture: (at) => this.#pictures.under(at),
    });
    const { width } = this.#pane;
    const filming = computed(() => this.#filming.value || this.playing.value !== undefined);
    const fineInputs = { state, point, query, map, coarse: grid, held, filming, width };
    const fine = new FineMap(api, name, this.#fade, fineInputs);
    const cells = computed(() => {
      const coarse = cubeOf(map.value, opacity.value);
      const finest = fine.finest.value;
      return coarse && finest ? { ...finest, opacity: this.#fade.opacityOf(finest.side) } : coarse;
    });
    this.#pictures = new Pictures(api, name, { state, scene, filming, width }, events.failed);
    this.#pane.lay(this.#pictures.element);
    const realQuery = stable(() => {
      const { version, mapLabel } = scene.value;
      return state.value.real === "yes" ? { version, label: mapLabel } : undefined;
    });
    const real = new RealImagesLoader(api, name, realQuery, events.failed);
    scope.effect(() => {
      const [shown, drawn] = [map.value, fine.grid.value];
      if (!shown || !drawn || shown.query.axes.length === 3) return;
      this.#pane.show(drawn, mapName(name, shown, effect.value), only.value, requested.value);
    });

    // What stands on it, beside it and around it ---------------------------------------------
    // Plane and cube stay the same objects until they change, so that the ticks are not redrawn at every move.
    const plane = stable(() => scene.value.plane);
    const space = stable(() => scene.value.cube);
    const shownState = computed(() => {
      const { a, b } = scene.value;
      return {
        plane: plane.value,
        point: point.value,
        a,
        b,
        crossings: crossings.value,
        real: real.list.value,
        pins: pins.value,
      };
    });
    scope.effect(() => {
      if (!space.value) this.#pane.update(shownState.value);
    });
    this.#stage = new MapStage(
      classes,
      { chip: progress, plane: this.#pane.element },
      { state, scene, space, cube: cells, requested, point, crossings, real: real.list, pins },
      { ...own, change: events.change, notify: events.notify },
    );
    const pane = this.#pane;
    this.#second = new SecondMap(
      api,
      model,
      { scene, point, query, effect, grid, pane, state: shownState, only },
      { ...own, failed: events.failed },
    );
    const { solid } = this.#stage;
    const legend = new MapLegend(
      model,
      this.#second.scale.element,
      {
        ...{ state, scene, map, fades, solid },
        reading: this.reading,
        refining: fine.loading,
        picturing: this.#pictures.loading,
      },
      events.change,
    );
    this.legend = legend.element;
    scope.effect(() => {
      const two = this.#second.shown.value;
      this.element.classList.toggle("two", two);
      fill(this.element, this.#stage.element, two ? this.#second.elements : null);
    });
    this.effect = new EffectSwitch({
      effect: (next) => events.change({ effect: next }, true),
      undo: () => events.change({ edits: [] }, true),
      left: () => this.element.querySelector<HTMLElement>("[tabindex='0']:not([hidden])")?.focus(),
    });
    scope.effect(() => {
      this.effect.update(scene.value.edits, effect.value, map.value?.unedited === undefined);
    });
    scope.effect(() => {
      const shown = map.value;
      if (!shown) return;
      const words = { classes, lacking: lacking.value, real: real.words.value };
      setText(this.note, mapWords(shown, scene.value, words));
    });
    this.film = new AxisFilm({
      prefetch: (axis, value, signal) => {
        const at = anchorOf(spaceOf(scene.peek()), withAxis(scene.peek().point, axis, value));
        return this.#current.prefetch({ at: rounded(at) }, signal);
      },
      show: (axis, value, done) =>
        this.showFrame(!done, () =>
          events.moved("point", rounded(withAxis(scene.peek().point, axis, value)), done),
        ),
      playing: (on) => this.setPlaying("axis", on),
      failed: (text) => events.notify(text, "error"),
    });
    scope.effect(() => {
      const { axes, low, high } = space.value ?? plane.value;
      this.film.update(heldAxes(model.latent_dim, axes), low, high);
    });
    const parts = [this.#pane, this.film, this.#current, this.#stage, this.#second, legend];
    for (const part of [...parts, real, this.#fade, fine, this.#pictures]) {
      scope.onDispose(() => part.dispose());
    }
  }

  get source(): MapLoader {
    return this.#current.source;
  }

  /** Resolves when the latest requested map is shown. */
  get onScreen(): Promise<void> {
    return this.#current.onScreen;
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
    return this.#current.prefetch({ version }, signal);
  }

  retry(): void {
    this.#current.retry();
    this.#second.retry();
    this.#pictures.retry();
  }

  /** The cube that is shown and can be drawn; undefined: there is none. */
  get cube(): InteractiveCube | undefined {
    return this.query.axes.length < 3 ? undefined : this.#stage.cube;
  }

  /** What is seen of the map; undefined: it has not arrived. */
  get seen(): SeenMap | undefined {
    return this.#current.map.peek();
  }

  /** The cells of a flat map as they are drawn, which may be finer. */
  get drawn(): Grid | undefined {
    return this.#pane.map.grid;
  }

  /** The classes over the shown axes, whatever the theme, coarsely, and how sure they are where that is known. */
  async lattice(signal: AbortSignal): Promise<Lattice> {
    const query = plainClasses(this.query);
    const asked = { ...query, resolution: coarser(query.resolution) };
    const [map, confidence] = await Promise.all([
      this.source.prefetch(asked, signal),
      this.#fade.confidence(query, signal),
    ]);
    return { side: asked.resolution, cells: drawable(map, {}).cells, confidence };
  }

  /** The request for the current map. */
  get query(): MapQuery {
    return this.#current.query.peek();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
