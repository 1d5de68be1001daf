/** Where the parts of an explorer stand on the page, and what can be taken home from it. */
import type { MapQuery } from "../../api/client.ts";
import { messageOf } from "../../api/problem.ts";
import type { ModelView } from "../../api/types.ts";
import { anchorOf, type Scene } from "../../core/explorer.ts";
import { percent } from "../../core/format.ts";
import { linkTo } from "../../core/routes.ts";
import { button, linkButton, saveBlob } from "../../ui/controls.ts";
import { h } from "../../ui/dom.ts";
import type { Tools } from "../../ui/view.ts";
import type { Coordinates } from "./coordinates.ts";
import type { Legend } from "./legend.ts";
import type { MapPane } from "./mapPane.ts";
import type { PlaneBar } from "./planeBar.ts";
import type { PointPanel } from "./pointPanel.ts";
import type { WalkPanel } from "./walkPanel.ts";

/** Cells along each side of a map that is kept as a file: those of the map on the screen. */
const DOWNLOAD_CELLS = 100;

export interface Parts {
  readonly bar: PlaneBar;
  readonly pane: MapPane;
  readonly legend: Legend;
  readonly point: PointPanel;
  readonly coordinates: Coordinates;
  readonly walk: WalkPanel;
  readonly mapNote: HTMLElement;
}

export function layout(
  page: HTMLElement,
  model: ModelView,
  tools: Tools,
  parts: Parts,
  scene: () => Scene,
  set: (end: "a" | "b") => void,
): void {
  const { name } = model;
  const save = async (file: string, load: () => Promise<Blob>) => {
    try {
      saveBlob(await load(), file);
    } catch (error) {
      tools.say(messageOf(error), "error");
    }
  };
  const saveImage = () => {
    const { point, label, version } = scene();
    const query = { points: [point], label, version };
    void save(`${name}-${version}.png`, () => tools.api.imageFile(name, query));
  };
  const saveMap = () =>
    void save(`${name}-${scene().version}-map.png`, () => tools.api.mapFile(name, mapFileQuery(scene())));
  const subject = [
    model.card.dataset,
    `${model.latent_dim}D latent space`,
    model.conditional ? "conditional" : null,
    `classifier ${percent(model.card.classifier_accuracy)} right on test images`,
  ];
  page.append(
    h(
      "div",
      { class: "page-head explorer-head" },
      h(
        "div",
        {},
        h(
          "nav",
          { class: "crumbs", "aria-label": "Breadcrumb" },
          h("a", { href: linkTo.models() }, "Models"),
        ),
        h("h1", {}, name),
        h("p", { class: "lede" }, subject.filter(Boolean).join(" · ")),
      ),
      h("div", { class: "actions" }, linkButton(linkTo.run(model.run), "Its training", "plain")),
    ),
    h(
      "div",
      { class: "explorer" },
      h(
        "section",
        { class: "card explorer-map", "aria-label": "Map" },
        parts.bar.element,
        parts.pane.element,
        h(
          "div",
          { class: "map-foot" },
          parts.mapNote,
          button({
            label: "Map",
            icon: "download",
            kind: "quiet",
            title: "This map as PNG",
            click: saveMap,
          }),
        ),
      ),
      h(
        "section",
        { class: "card explorer-image", "aria-label": "Image of the point" },
        parts.point.element,
      ),
      h(
        "section",
        { class: "card explorer-coordinates", "aria-label": "Point" },
        parts.coordinates.element,
        h(
          "div",
          { class: "actions" },
          button({ label: "Set A here", click: () => set("a"), title: "Start of the walk (key a)" }),
          button({ label: "Set B here", click: () => set("b"), title: "End of the walk (key b)" }),
          button({
            label: "Image as PNG",
            icon: "download",
            kind: "quiet",
            iconOnly: true,
            click: saveImage,
          }),
        ),
      ),
      h("div", { class: "card explorer-legend" }, parts.legend.element),
      parts.walk.element,
    ),
  );
}

function mapFileQuery({ version, plane, point, mapLabel }: Scene): MapQuery {
  return {
    version,
    axes: plane.axes,
    range: [plane.low, plane.high],
    at: anchorOf(plane, point),
    label: mapLabel,
    resolution: DOWNLOAD_CELLS,
  };
}
