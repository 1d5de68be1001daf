/** Controls of the cube: rotation, zoom, cuts, open corner. All of their state is in the link. */

import type { Scene } from "../../../core/explorer/scene.ts";
import type { Space } from "../../../core/latent/cube.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { axisName, coordinate } from "../../../core/text/format.ts";
import { button, range, setRange } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { icon } from "../../../ui/icons.ts";
import type { InteractiveCube } from "./interactiveCube.ts";

type Change = (change: Partial<ExplorerState>, done: boolean) => void;

export class CubeControls {
  readonly element: HTMLElement;
  readonly #change: Change;
  readonly #turn: HTMLButtonElement;
  readonly #open: HTMLInputElement;
  readonly #crossed: HTMLInputElement;
  readonly #cuts = h("div", { class: "cube-cuts", role: "group", "aria-label": "Cut the cube" });
  #sliders: { slider: HTMLInputElement; text: HTMLElement }[] = [];
  #space: Space | undefined;
  #cut: readonly number[] = [];

  constructor(pane: InteractiveCube, change: Change) {
    this.#change = change;
    this.#turn = button({
      label: "Rotate automatically",
      icon: "turn",
      kind: "quiet",
      iconOnly: true,
      click: () => {
        pane.rotates = !pane.rotates;
      },
    });
    const box = (key: "open" | "crossed") => {
      const input = h("input", {
        type: "checkbox",
        class: "switch",
        on: { change: () => change({ [key]: input.checked ? "yes" : "no" }, true) },
      });
      return input;
    };
    this.#open = box("open");
    this.#crossed = box("crossed");
    this.element = h(
      "div",
      { class: "cube-bar" },
      pane.works
        ? h(
            "div",
            { class: "actions" },
            this.#turn,
            button({
              label: "Zoom out",
              icon: "minus",
              kind: "quiet",
              iconOnly: true,
              click: () => pane.zoom(1 / 1.2),
            }),
            button({
              label: "Zoom in",
              icon: "plus",
              kind: "quiet",
              iconOnly: true,
              click: () => pane.zoom(1.2),
            }),
            button({
              label: "Reset the view",
              icon: "home",
              kind: "quiet",
              iconOnly: true,
              click: () => pane.home(),
            }),
            h(
              "label",
              { class: "choice", title: "Removes the corner of the cube that hides the point" },
              this.#open,
              "Open at the point",
            ),
            h(
              "label",
              {
                class: "choice",
                title: "Hides every region that the line from A to B does not cross",
              },
              this.#crossed,
              "Only what A → B crosses",
            ),
          )
        : null,
      pane.works ? this.#cuts : null,
    );
  }

  set rotating(on: boolean) {
    this.#turn.setAttribute("aria-pressed", String(on));
    const label = on ? "Stop rotating" : "Rotate automatically";
    this.#turn.setAttribute("aria-label", label);
    this.#turn.title = label;
    fill(this.#turn, icon(on ? "pause" : "turn"));
  }

  update(scene: Scene, state: ExplorerState): void {
    const { cube } = scene;
    if (!cube) return;
    this.#open.checked = state.open === "yes";
    this.#crossed.checked = state.crossed === "yes";
    this.#crossed.disabled = !(scene.a && scene.b);
    if (String(cube.axes) !== String(this.#space?.axes)) this.#build(cube);
    this.#space = cube;
    this.#cut = cube.axes.map((_, place) => state.cut?.[place] ?? cube.high);
    this.#sliders.forEach(({ slider, text }, place) => {
      const value = this.#cut[place] ?? cube.high;
      setRange(slider, value);
      const words = value >= cube.high ? "whole" : `to ${coordinate(value)}`;
      setText(text, words);
      slider.setAttribute("aria-valuetext", words);
    });
  }

  #build(space: Space): void {
    this.#sliders = space.axes.map((axis, place) => {
      const slider = range({
        label: `Cut ${axisName(axis)}`,
        min: space.low,
        max: space.high,
        step: (space.high - space.low) / 100,
        value: space.high,
        title: `Cuts the cube off beyond this ${axisName(axis)}`,
      });
      const cut = (done: boolean) => {
        const next = this.#cut.map((value, other) => (other === place ? Number(slider.value) : value));
        const whole = next.every((value) => value >= space.high);
        this.#change({ cut: whole ? undefined : next }, done);
      };
      slider.addEventListener("input", () => cut(false));
      slider.addEventListener("change", () => cut(true));
      return { slider, text: h("output", { class: "cube-cut-value" }) };
    });
    fill(
      this.#cuts,
      this.#sliders.map(({ slider, text }, place) =>
        h(
          "div",
          { class: "cube-cut" },
          h("span", {}, `Cut ${axisName(space.axes[place] ?? 0)}`),
          slider,
          text,
        ),
      ),
    );
  }
}
