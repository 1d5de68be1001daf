/** What the map shows: epoch of the version, axes of the plane, and, for conditional models, the labels. */
import type { ModelView } from "../../api/types.ts";
import { type Scene, withPlaneAxis } from "../../core/explorer.ts";
import { axisName } from "../../core/format.ts";
import type { ExplorerState } from "../../core/routes.ts";
import { select } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { EpochPlayer } from "../../ui/player.ts";

export class PlaneBar {
  readonly element: HTMLElement;
  readonly #model: ModelView;
  readonly #player: EpochPlayer;
  readonly #choices = h("div", { class: "plane-choices" });
  readonly #change: (change: Partial<ExplorerState>, done: boolean) => void;
  #drawn = "";

  /** @param shown resolves when the asked version is on the screen. */
  constructor(
    model: ModelView,
    change: (change: Partial<ExplorerState>, done: boolean) => void,
    shown: () => Promise<void>,
  ) {
    this.#model = model;
    this.#change = change;
    this.#player = new EpochPlayer({
      label: "Epoch of the version",
      follow: true,
      changed: (version, done) => change({ version }, done),
      shown,
    });
    this.element = h("div", { class: "plane-bar" }, this.#player.element, this.#choices);
  }

  update(versions: readonly number[], state: ExplorerState, scene: Scene): void {
    this.#player.update(versions, state.version);
    const drawn = [scene.plane.axes, scene.label, state.map].join("|");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    fill(this.#choices, this.#axes(scene), this.#labels(state, scene));
  }

  dispose(): void {
    this.#player.dispose();
  }

  #axes({ plane }: Scene): HTMLElement | null {
    const dim = this.#model.latent_dim;
    if (dim < 3) return null;
    const options = Array.from({ length: dim }, (_, axis) => ({
      value: String(axis),
      label: axisName(axis),
    }));
    const choice = (place: 0 | 1, label: string) =>
      h(
        "label",
        { class: "choice" },
        label,
        select(`Axis ${label}`, options, String(plane.axes[place]), (value) =>
          this.#change({ axes: withPlaneAxis(plane, place, Number(value)) }, true),
        ),
      );
    return h("div", { class: "choices" }, choice(0, "→"), choice(1, "↑"));
  }

  #labels(state: ExplorerState, scene: Scene): HTMLElement | null {
    if (scene.label === undefined) return null;
    const classes = this.#model.classes.map((name, id) => ({ value: String(id), label: name }));
    return h(
      "div",
      { class: "choices" },
      h(
        "label",
        { class: "choice" },
        "Generate",
        select("Class to generate", classes, String(scene.label), (value) =>
          this.#change({ label: Number(value) }, true),
        ),
      ),
      h(
        "label",
        { class: "choice" },
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
