/** Settings of the map: the version's epoch, cube or plane with its axes, and the labels of conditional models. */
import type { ModelView } from "../../../api/types.ts";
import { type Scene, withAxisAt } from "../../../core/explorer/scene.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { axisName } from "../../../core/text/format.ts";
import { select } from "../../../ui/controls.ts";
import { fill, h } from "../../../ui/dom.ts";
import { EpochPlayer } from "../../../ui/player.ts";
import type { AxisFilm } from "./axisFilm.ts";
import type { EffectSwitch } from "./effectSwitch.ts";

export interface EpochFilm {
  /** Resolves when the requested version is shown. */
  readonly shown: () => Promise<void>;
  /** Loads everything that is shown of a version. */
  readonly preload: (version: number, signal: AbortSignal) => Promise<unknown>;
  readonly playing: (plays: boolean) => void;
  readonly failed: (error: unknown) => void;
}

const DIRECTIONS = ["→", "↑"] as const;
const CUBE_DIRECTIONS = ["→", "↗", "↑"] as const;
const CUBE_CELLS = [12, 16, 24, 32, 48];

export class MapSettings {
  readonly element: HTMLElement;
  readonly #model: ModelView;
  readonly #player: EpochPlayer;
  readonly #choices = h("div", { class: "plane-choices" });
  readonly #change: (change: Partial<ExplorerState>, done: boolean) => void;
  #drawn = "";

  /**
   * @param change called with changes of the state; `done` is false while dragging or playing.
   * @param effect what the map shows of the surgery.
   */
  constructor(
    model: ModelView,
    change: (change: Partial<ExplorerState>, done: boolean) => void,
    epochs: EpochFilm,
    film: AxisFilm,
    effect: EffectSwitch,
  ) {
    this.#model = model;
    this.#change = change;
    this.#player = new EpochPlayer({
      label: "Epoch of the version",
      follow: true,
      changed: (version, done) => change({ version }, done),
      ...epochs,
    });
    this.element = h(
      "div",
      { class: "plane-bar" },
      this.#player.element,
      this.#choices,
      film.element,
      effect.element,
    );
  }

  update(versions: readonly number[], state: ExplorerState, scene: Scene): void {
    this.#player.update(versions, state.version);
    const drawn = [axesOf(scene), scene.label, state.map, state.cells].join("|");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    fill(
      this.#choices,
      this.#kind(scene),
      this.#axes(scene),
      this.#cells(state, scene),
      this.#labels(state, scene),
    );
  }

  get plays(): boolean {
    return this.#player.plays;
  }

  stop(): void {
    this.#player.stop();
  }

  dispose(): void {
    this.#player.dispose();
  }

  #kind(scene: Scene): HTMLElement | null {
    const dim = this.#model.latent_dim;
    if (dim < 3) return null;
    const axes = axesOf(scene);
    const third = Array.from({ length: dim }, (_, axis) => axis).find((axis) => !axes.includes(axis)) ?? 2;
    const kinds = [
      { value: "cube", label: "Cube" },
      { value: "plane", label: "Plane" },
    ];
    return h(
      "label",
      {
        class: "choice",
        title: "A cube spans three of the axes, a plane two; the sliders set the others",
      },
      "Show",
      select("Cube or plane", kinds, scene.cube ? "cube" : "plane", (kind) =>
        this.#change({ axes: kind === "cube" ? [...axes, third].slice(0, 3) : axes.slice(0, 2) }, true),
      ),
    );
  }

  #axes(scene: Scene): HTMLElement | null {
    const dim = this.#model.latent_dim;
    const axes = axesOf(scene);
    if (dim < 3 || (scene.cube && dim === 3)) return null;
    const options = Array.from({ length: dim }, (_, axis) => ({
      value: String(axis),
      label: axisName(axis),
    }));
    const directions = scene.cube ? CUBE_DIRECTIONS : DIRECTIONS;
    return h(
      "div",
      { class: "choices" },
      directions.map((direction, place) =>
        h(
          "label",
          { class: "choice" },
          direction,
          select(`Axis ${direction}`, options, String(axes[place]), (value) =>
            this.#change({ axes: withAxisAt(axes, place, Number(value)) }, true),
          ),
        ),
      ),
    );
  }

  #cells({ cells }: ExplorerState, { cube }: Scene): HTMLElement | null {
    if (!cube) return null;
    const counts = [...new Set([...CUBE_CELLS, cells])].sort((a, b) => a - b);
    return h(
      "label",
      {
        class: "choice",
        title: "Cells along each side of the cube: more cells show more detail and take longer",
      },
      "Cells",
      select(
        "Cells along each side of the cube",
        counts.map((count) => ({ value: String(count), label: `${count}³` })),
        String(cells),
        (value) => this.#change({ cells: Number(value) }, true),
      ),
    );
  }

  #labels(state: ExplorerState, scene: Scene): HTMLElement | null {
    if (scene.label === undefined) return null;
    const classes = this.#model.classes.map((name, id) => ({ value: String(id), label: name }));
    return h(
      "div",
      { class: "choices" },
      h(
        "label",
        { class: "choice", title: "The class to generate at the point" },
        "Generate",
        select("Class to generate", classes, String(scene.label), (value) =>
          this.#change({ label: Number(value) }, true),
        ),
      ),
      h(
        "label",
        { class: "choice", title: "The class to generate everywhere on the map" },
        "Map of",
        select(
          "Class whose map is shown",
          [{ value: "", label: "the same" }, ...classes],
          state.map === undefined ? "" : String(state.map),
          (value) => this.#change({ map: value === "" ? undefined : Number(value) }, true),
        ),
      ),
    );
  }
}

/** All axes that the map spans. */
function axesOf({ cube, plane }: Scene): readonly number[] {
  return cube?.axes ?? plane.axes;
}
