/** The layout of an explorer's parts on the page, and its downloads. */

import { messageOf } from "../../api/problem.ts";
import type { ModelView } from "../../api/types.ts";
import type { Scene } from "../../core/explorer/scene.ts";
import { withTexts } from "../../core/formats/pngText.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { subject } from "../../core/runs/words.ts";
import { percent } from "../../core/text/format.ts";
import { button, linkButton, saveBlob } from "../../ui/controls.ts";
import { h } from "../../ui/dom.ts";
import { marked } from "../../ui/glossary/terms.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";
import { filmTextButtons } from "../shared/filmDownload.ts";
import { breadcrumb } from "../shared/pageHead.ts";
import type { Pipeline } from "../teach/pipeline.ts";
import type { TourTargets } from "../teach/tour.ts";
import type { Coordinates } from "./coordinates.ts";
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

/** @returns what the tour points at. */
export function layout(
  page: HTMLElement,
  model: ModelView,
  tools: Tools,
  parts: Parts,
  { scene, tour }: { readonly scene: () => Scene; readonly tour: () => void },
): TourTargets {
  const { name } = model;
  const save = async (file: string, load: () => Promise<Blob>) => {
    try {
      saveBlob(await load(), file);
    } catch (error) {
      tools.notify(messageOf(error), "error");
    }
  };
  const saveImage = () => {
    const { point, label, version } = scene();
    const query = { points: [point], label, version };
    void save(`${name}-${version}.png`, () => tools.api.imageFile(name, query));
  };
  const saveMap = () => void save(`${name}-${scene().version}-map.png`, () => parts.maps.file());
  const saveCube = async () => {
    const picture = await parts.maps.cubePicture();
    if (!picture) return;
    const { version, theme } = scene();
    // The link restores the view that the picture shows.
    const texts = {
      Title: `${theme?.title ?? "Class"} cube of ${name}, epoch ${version}`,
      Source: location.href,
    };
    const file = withTexts(new Uint8Array(await picture.arrayBuffer()), texts);
    saveBlob(new Blob([file], { type: "image/png" }), `${name}-${version}-cube.png`);
  };
  const cubeButton = button({
    label: "Cube",
    icon: "download",
    kind: "quiet",
    title: "The cube as it is shown, as PNG",
    click: () => void saveCube(),
  });
  parts.maps.onlyWithCube(cubeButton);
  const films = filmTextButtons({
    what: "map",
    file: () => `${model.run}-${parts.maps.query.theme?.name ?? "maps"}`,
    // Of classes, every epoch's map as the run drew it; for a conditional model, the maps of the shown label;
    // for a cube, all of its slices. Of another theme, the map that is shown, of every version.
    film: (form, options) => {
      const { version: _, ...query } = parts.maps.query;
      if (query.theme) return tools.api.modelFilmFile(name, query, form, options);
      const label = scene().mapLabel;
      return tools.api.filmFile(model.run, "maps", form, label === undefined ? {} : { label }, options);
    },
    notify: tools.notify,
  });
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
      h(
        "div",
        { class: "actions" },
        cubeButton,
        button({
          label: "Map",
          icon: "download",
          kind: "quiet",
          title: "This map as PNG",
          click: saveMap,
        }),
        h("span", { class: "film-buttons" }, icon("play"), "Film", films),
      ),
    ),
  );
  const image = h(
    "section",
    { class: "card explorer-image", "aria-label": "Image of the point" },
    parts.point.element,
    parts.real.element,
    button({
      label: "Image as PNG",
      icon: "download",
      kind: "quiet",
      iconOnly: true,
      click: saveImage,
    }),
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
