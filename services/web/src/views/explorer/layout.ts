/** The layout of an explorer's parts on the page. */

import type { ModelView } from "../../api/types.ts";
import type { Scene } from "../../core/explorer/scene.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { subject } from "../../core/runs/words.ts";
import { percent } from "../../core/text/format.ts";
import { button, linkButton } from "../../ui/controls.ts";
import { h } from "../../ui/dom.ts";
import { marked } from "../../ui/glossary/terms.ts";
import type { Tools } from "../../ui/view.ts";
import { breadcrumb } from "../shared/pageHead.ts";
import type { Pipeline } from "../teach/pipeline.ts";
import type { TourTargets } from "../teach/tour.ts";
import type { Coordinates } from "./coordinates.ts";
import { imageDownloads, mapDownloads } from "./downloads.ts";
import type { LayerStrip } from "./layerStrip.ts";
import type { MapController } from "./map/mapController.ts";
import type { MapSettings } from "./map/mapSettings.ts";
import type { JudgesPanel } from "./panels/judgesPanel.ts";
import type { Panels } from "./panels/panels.ts";
import type { PointImage } from "./pointImage.ts";
import type { RealImageCard } from "./realImageCard.ts";

export interface Parts {
  readonly bar: MapSettings;
  readonly maps: MapController;
  readonly point: PointImage;
  readonly judges: JudgesPanel;
  readonly real: RealImageCard;
  readonly coordinates: Coordinates;
  readonly layers: LayerStrip;
  readonly panels: Panels;
  readonly pipeline: Pipeline;
}

export interface LayoutHooks {
  readonly scene: () => Scene;
  /** The image after the edits at the point; undefined: there is none. */
  readonly edited: () => Blob | undefined;
  readonly tour: () => void;
}

/** @returns what the tour points at. */
export function layout(
  page: HTMLElement,
  model: ModelView,
  tools: Tools,
  parts: Parts,
  { scene, edited, tour }: LayoutHooks,
): TourTargets {
  const { name } = model;
  const about = linkButton(linkTo.model(name), "About");
  about.title = "The model's versions with their figures and downloads, and code to call it";
  const accuracy = percent(model.card.classifier_accuracy);
  const map = h(
    "section",
    { class: "card explorer-map", "aria-label": "Map" },
    parts.bar.element,
    parts.maps.element,
    h(
      "div",
      { class: "map-foot" },
      parts.maps.note,
      h("div", { class: "actions" }, mapDownloads(tools.api, model, parts.maps, scene)),
    ),
  );
  const image = h(
    "section",
    { class: "card explorer-image", "aria-label": "Image of the point" },
    parts.point.element,
    parts.real.element,
    imageDownloads(tools.api, model, scene, edited),
  );
  const closer = [
    h("section", { class: "card explorer-coordinates", "aria-label": "Point" }, parts.coordinates.element),
    h("section", { class: "card explorer-layers", "aria-label": "Layers" }, parts.layers.element),
    h("div", { class: "card explorer-panels" }, parts.panels.element),
  ] as const;
  const [coordinates, layers, panels] = closer;
  page.append(
    h(
      "div",
      { class: "page-head explorer-head" },
      h(
        "div",
        { class: "explorer-title" },
        breadcrumb(linkTo.models(), "Models"),
        h("h1", {}, name),
        h(
          "p",
          { class: "lede" },
          marked(`${subject(model.card.spec)} · classifier: ${accuracy} correct on test images`),
        ),
      ),
      parts.pipeline.element,
      h(
        "div",
        { class: "actions" },
        button({
          label: "Compare",
          title: "Compare models or versions side by side at the same point",
          click: () => {
            const { point, version, label, plane, cube, theme } = scene();
            const earlier = model.versions.at(-2) ?? version;
            tools.go(
              linkTo.compare({
                models: [name, name],
                versions: [earlier, version],
                z: point,
                label,
                axes: (cube ?? plane).axes.slice(0, 2),
                theme: theme?.name,
              }),
            );
          },
        }),
        linkButton(linkTo.run(model.run), "Training run", "plain"),
        about,
        button({
          label: "Tour",
          icon: "help",
          kind: "plain",
          iconOnly: true,
          title: "Tour of this page",
          click: tour,
        }),
      ),
    ),
    h(
      "div",
      { class: "explorer" },
      map,
      image,
      parts.judges.brief,
      coordinates,
      layers,
      h("div", { class: "card explorer-legend" }, parts.maps.legend),
      panels,
    ),
  );
  return { map: [map], image: [image], closer };
}
