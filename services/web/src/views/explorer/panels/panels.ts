/** The panels beside the map, one at a time: the walk, the judges, the maps of all labels, surgery, and drawing. */
import type { Api } from "../../../api/client.ts";
import type { Activations, ModelView } from "../../../api/types.ts";
import type { Edit } from "../../../core/explorer/edits.ts";
import { anchorOf, type Scene } from "../../../core/explorer/scene.ts";
import type { Point } from "../../../core/latent/vector.ts";
import type { Panel } from "../../../core/navigation/views.ts";
import { button } from "../../../ui/controls.ts";
import { h } from "../../../ui/dom.ts";
import { type Tab, Tabs } from "../../../ui/tabs.ts";
import { drawable, type MapLoader } from "../map/mapLoader.ts";
import { DrawPanel, type FoundPlaces } from "./drawPanel.ts";
import type { JudgesPanel } from "./judgesPanel.ts";
import { LabelMaps, SMALL_CELLS } from "./labelMaps.ts";
import { type Operated, SurgeryPanel } from "./surgeryPanel.ts";
import type { WalkPanel } from "./walkPanel.ts";

export interface PanelEvents {
  readonly panel: (panel: Panel) => void;
  /** An end of the walk is to be where the point is. */
  readonly set: (end: "a" | "b") => void;
  readonly map: (label: number) => void;
  readonly layer: (layer: string, panel: Panel) => void;
  readonly edits: (edits: readonly Edit[], done: boolean) => void;
  /** The image of the point after the edits has come. */
  readonly operated: (found: Operated) => void;
  readonly found: (point: Point, label: number | undefined) => void;
  readonly places: (places: FoundPlaces | undefined) => void;
  readonly failed: (error: unknown) => void;
}

export class Panels {
  readonly element: HTMLElement;
  readonly #tabs: Tabs<Panel>;
  readonly #labels: LabelMaps | undefined;
  readonly #surgery: SurgeryPanel;
  readonly #draw: DrawPanel;
  #last: { panel: Panel; scene: Scene; point: Point; filming: boolean } | undefined;

  constructor(
    api: Api,
    model: ModelView,
    {
      walk,
      judges,
      maps,
    }: { readonly walk: WalkPanel; readonly judges: JudgesPanel; readonly maps: MapLoader },
    events: PanelEvents,
  ) {
    this.#labels = model.conditional
      ? new LabelMaps(model.classes, {
          load: async (label, signal) =>
            drawable(await maps.prefetch(this.#smallMap(label), signal), {}).cells,
          chosen: events.map,
        })
      : undefined;
    this.#surgery = new SurgeryPanel(api, model, {
      layer: (layer) => events.layer(layer, "surgery"),
      edits: events.edits,
      operated: events.operated,
      failed: events.failed,
    });
    this.#draw = new DrawPanel(api, model, { found: events.found, places: events.places });
    const tabs: (Tab<Panel> | undefined)[] = [
      {
        value: "walk",
        label: "From A to B",
        title: "Images on the straight line between two points",
        content: walk.element,
      },
      {
        value: "judges",
        label: "Judges",
        title: "What classifier, discriminator and two-sample network say of the image",
        content: judges.element,
      },
      this.#labels && {
        value: "labels",
        label: "All labels",
        title: "The map of each label",
        content: this.#labels.element,
      },
      {
        value: "surgery",
        label: "Surgery",
        title: "Switch off parts of a layer and see which part of the image disappears",
        content: this.#surgery.element,
      },
      {
        value: "draw",
        label: "Draw",
        title: "Draw an image and find its place on the map",
        content: this.#draw.element,
      },
    ];
    this.#tabs = new Tabs(
      "More about the point",
      tabs.filter((tab) => tab !== undefined),
      events.panel,
      h(
        "div",
        { class: "tab-beside" },
        button({
          label: "Set A here",
          click: () => events.set("a"),
          title: "Start of the walk (key a)",
        }),
        button({ label: "Set B here", click: () => events.set("b"), title: "End of the walk (key b)" }),
      ),
    );
    this.element = this.#tabs.element;
  }

  /**
   * @param point the point as shown, which a film may move.
   * @param filming whether a film plays, which changes faster than the maps of all labels can be drawn.
   */
  update(panel: Panel, scene: Scene, point: Point, filming: boolean): void {
    this.#last = { panel, scene, point, filming };
    const { version, label, mapLabel, plane, edits, lost, layer } = scene;
    this.#tabs.set(panel);
    const key = JSON.stringify([version, plane, anchorOf(plane, scene.point)]);
    this.#labels?.update(panel === "labels" && !filming ? key : undefined, mapLabel);
    this.#surgery.update({
      query: { point, label, version },
      layer,
      edits,
      lost,
      visible: panel === "surgery",
    });
    this.#draw.update(version, panel === "draw");
  }

  /** What the layers put out at the point. */
  layers(answer: Activations): void {
    this.#surgery.layers(answer);
  }

  retry(): void {
    const last = this.#last;
    if (last) this.update(last.panel, last.scene, last.point, last.filming);
  }

  dispose(): void {
    for (const part of [this.#labels, this.#surgery, this.#draw]) part?.dispose();
  }

  #smallMap(label: number) {
    const { version, plane, point } = (this.#last as { scene: Scene }).scene;
    return {
      version,
      axes: plane.axes,
      range: [plane.low, plane.high] as const,
      at: anchorOf(plane, point),
      label,
      resolution: SMALL_CELLS,
    };
  }
}
