/** The panels below the map, one at a time: the walk, the judges, the maps of all labels, the layers, surgery, and drawing. */
import type { Api } from "../../../api/client.ts";
import type { ModelView } from "../../../api/types.ts";
import type { Edit } from "../../../core/explorer/edits.ts";
import { anchorOf, type Scene } from "../../../core/explorer/scene.ts";
import type { Point } from "../../../core/latent/vector.ts";
import type { Panel } from "../../../core/navigation/views.ts";
import { type Tab, Tabs } from "../../../ui/tabs.ts";
import { drawable, type MapLoader } from "../map/mapLoader.ts";
import { DrawPanel } from "./drawPanel.ts";
import { JudgesPanel } from "./judgesPanel.ts";
import { LabelMaps, SMALL_CELLS } from "./labelMaps.ts";
import { LayersPanel } from "./layersPanel.ts";
import { SurgeryPanel } from "./surgeryPanel.ts";
import type { WalkPanel } from "./walkPanel.ts";

export interface PanelEvents {
  readonly panel: (panel: Panel) => void;
  readonly map: (label: number) => void;
  readonly layer: (layer: string, panel: Panel) => void;
  readonly edits: (edits: readonly Edit[], done: boolean) => void;
  readonly found: (point: Point, label: number | undefined) => void;
  readonly failed: (error: unknown) => void;
}

export class Panels {
  readonly element: HTMLElement;
  readonly #tabs: Tabs<Panel>;
  readonly #judges: JudgesPanel;
  readonly #labels: LabelMaps | undefined;
  readonly #layers: LayersPanel;
  readonly #surgery: SurgeryPanel;
  readonly #draw: DrawPanel;
  #last: { panel: Panel; scene: Scene; point: Point; filming: boolean } | undefined;

  constructor(api: Api, model: ModelView, walk: WalkPanel, maps: MapLoader, events: PanelEvents) {
    this.#judges = new JudgesPanel(api, model.name, { failed: events.failed });
    this.#labels = model.conditional
      ? new LabelMaps(model.classes, {
          load: async (label, signal) =>
            drawable(await maps.prefetch(this.#smallMap(label), signal), {}).cells,
          chosen: events.map,
        })
      : undefined;
    this.#layers = new LayersPanel(api, model.name, model.layers, {
      operate: (layer) => events.layer(layer, "surgery"),
      failed: events.failed,
    });
    this.#surgery = new SurgeryPanel(api, model, {
      layer: (layer) => events.layer(layer, "surgery"),
      edits: events.edits,
      failed: events.failed,
    });
    this.#draw = new DrawPanel(api, model.name, model.conditional ? model.classes : [], {
      found: events.found,
    });
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
        content: this.#judges.element,
      },
      this.#labels && {
        value: "labels",
        label: "All labels",
        title: "The map of each label",
        content: this.#labels.element,
      },
      {
        value: "layers",
        label: "Layers",
        title: "The output of each layer of the generator at the point",
        content: this.#layers.element,
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
    );
    this.element = this.#tabs.element;
  }

  /**
   * @param point the point as shown, which a film may move.
   * @param filming whether a film plays, which changes faster than the maps of all labels can be drawn.
   */
  update(panel: Panel, scene: Scene, point: Point, filming: boolean): void {
    this.#last = { panel, scene, point, filming };
    const { version, label, mapLabel, plane, edits, layer } = scene;
    this.#tabs.set(panel);
    const key = JSON.stringify([version, plane, anchorOf(plane, scene.point)]);
    this.#labels?.update(panel === "labels" && !filming ? key : undefined, mapLabel);
    const query = { point: [...point], label: label ?? null, version };
    this.#judges.update(panel === "judges" ? { points: [point], label, version } : undefined);
    this.#layers.update(panel === "layers" ? query : undefined);
    this.#surgery.update(
      panel === "surgery"
        ? {
            query,
            map: { axes: plane.axes, range: [plane.low, plane.high], theme: scene.theme },
            layer,
            edits,
          }
        : undefined,
    );
    this.#draw.update(version);
  }

  /** Load what the open panel shows of a version at the point. */
  async prefetch(version: number, signal: AbortSignal): Promise<void> {
    if (this.#last?.panel !== "layers") return;
    const { scene, point } = this.#last;
    await this.#layers.prefetch({ point: [...point], label: scene.label ?? null, version }, signal);
  }

  retry(): void {
    const last = this.#last;
    if (last) this.update(last.panel, last.scene, last.point, last.filming);
  }

  dispose(): void {
    for (const part of [this.#judges, this.#labels, this.#layers, this.#surgery, this.#draw])
      part?.dispose();
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
