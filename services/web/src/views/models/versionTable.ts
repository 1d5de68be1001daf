/** The table of a model's versions, with the figures of their epochs. */
import type { EpochFigures, ModelView } from "../../api/types.ts";
import { csvBlob } from "../../core/formats/csv.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { RUN_FIGURES } from "../../core/runs/figures.ts";
import { integer } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";
import type { Tools } from "../../ui/view.ts";
import { downloadTextButton } from "../shared/download.ts";

export interface ModelWithEpochs {
  readonly model: ModelView;
  readonly epochs: readonly EpochFigures[];
}

/** Columns of the versions: figures of the epoch at which a version was exported. */
const COLUMNS = [
  RUN_FIGURES.weak_test_error,
  RUN_FIGURES.map_change,
  RUN_FIGURES.classes,
  RUN_FIGURES.generator_loss,
  RUN_FIGURES.discriminator_loss,
  RUN_FIGURES.dead_units,
];

export function versionTable({ model, epochs }: ModelWithEpochs, tools: Tools): HTMLElement {
  const { name, versions, loaded } = model;
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Versions, table" },
    h(
      "table",
      { class: "comparison-table version-table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col", title: "The epoch after which it was exported" }, "Version"),
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Actions")),
          COLUMNS.map(({ help, short }) => h("th", { scope: "col", class: "number", title: help }, short)),
          h("th", { scope: "col" }, "Served"),
        ),
      ),
      h(
        "tbody",
        {},
        [...versions].reverse().map((version) => {
          const figures = epochs.find(({ epoch }) => epoch === version);
          return h(
            "tr",
            {},
            h("th", { scope: "row" }, `Epoch ${integer(version)}`),
            h(
              "td",
              { class: "row-actions" },
              h("a", { class: "text-button", href: linkTo.explorer(name, { version }) }, "Explore"),
              downloadTextButton({
                label: "Download",
                title: `Download version ${version} as a SavedModel, zip`,
                name: () => `${name}-${version}.zip`,
                make: (signal, progress) => tools.api.versionFile(name, version, { signal, progress }),
                notify: tools.notify,
              }),
            ),
            COLUMNS.map(({ ofEpoch, format }) => {
              const value = figures ? ofEpoch(figures) : undefined;
              return h(
                "td",
                { class: "number" },
                value === null || value === undefined ? "–" : format(value),
              );
            }),
            h(
              "td",
              { title: loaded.includes(version) ? "The model server has loaded it." : LOADING },
              loaded.includes(version) ? "ready" : "loading",
            ),
          );
        }),
      ),
    ),
  );
}

const LOADING = "The model server has not loaded it yet; it can already be downloaded.";

/** The same table as a file. */
export function versionsCsv(found: ModelWithEpochs | undefined): Blob {
  const { versions = [] } = found?.model ?? {};
  const rows = versions.map((version) => {
    const figures = found?.epochs.find(({ epoch }) => epoch === version);
    return [version, ...COLUMNS.map(({ ofEpoch }) => (figures ? ofEpoch(figures) : undefined))];
  });
  return csvBlob(["version", ...COLUMNS.map(({ label }) => label)], rows);
}
