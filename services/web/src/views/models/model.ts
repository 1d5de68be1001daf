/** One model: its properties, its versions with their figures, and code that calls it. */
import { signal } from "@preact/signals-core";
import { isMissing } from "../../api/problem.ts";
import type { EpochFigures, ModelView } from "../../api/types.ts";
import { csvBlob } from "../../core/formats/csv.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ModelState } from "../../core/navigation/views.ts";
import { RUN_FIGURES } from "../../core/runs/figures.ts";
import { subject } from "../../core/runs/words.ts";
import { ago, integer, percent } from "../../core/text/format.ts";
import { snippetsOf } from "../../core/text/snippets.ts";
import { linkButton, select, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools } from "../../ui/view.ts";
import { downloadButton, downloadTextButton } from "../shared/download.ts";
import { notFoundOrFailed } from "../shared/failures.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { pageLoading } from "../shared/pageLoading.ts";
import { specList } from "../shared/specList.ts";
import { CopyBox } from "./copyBox.ts";

const POLL = 5000;

interface Found {
  readonly model: ModelView;
  readonly epochs: readonly EpochFigures[];
}

export function mountModel(name: string): Mount<ModelState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const state = signal(initial);
    const found = signal<Found | undefined>(undefined);
    const page = h("div", { class: "page" }, pageLoading("Models", name, skeleton("skeleton-pictures")));
    element.append(page);
    let shown = "";
    let body: Body | undefined;

    const load = async () => {
      try {
        const model = await tools.api.model(name, scope.signal);
        const key = JSON.stringify([model.card.uid, model.versions, model.loaded]);
        if (key === shown) return; // Unchanged: keep the focus.
        const epochs = await epochsOf(model.run, tools, scope.signal);
        shown = key;
        found.value = { model, epochs };
      } catch (error) {
        if (scope.signal.aborted || (found.value && !isMissing(error))) return;
        shown = "";
        body = undefined;
        fill(
          page,
          notFoundOrFailed(
            {
              kind: "model",
              name,
              all: linkTo.models(),
              missing: "Its run may not have exported a version yet, or the model was deleted.",
            },
            error,
            load,
          ),
        );
      }
    };
    scope.effect(() => {
      if (!found.value) return;
      if (!body) {
        body = new Body(found.value.model, tools);
        fill(page, body.element);
      }
      body.update(found.value, state.value);
    });
    scope.poll(load, () => POLL);
    return {
      update(next) {
        state.value = next;
      },
      dispose: () => scope.dispose(),
    };
  };
}

class Body {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #facts = h("dl", { class: "facts" });
  readonly #versions = h("div", {});
  readonly #code: CopyBox;
  readonly #codeVersion = h("div", {});
  readonly #card = h("div", {});
  #found: Found | undefined;

  constructor(first: ModelView, tools: Tools) {
    this.#tools = tools;
    const { name, run } = first;
    this.#code = new CopyBox(snippetsOf(first, first.versions.at(-1) ?? 1, tools.api.origin), tools.notify);
    this.element = h(
      "div",
      {},
      pageHead(name, {
        crumbs: breadcrumb(linkTo.models(), "Models"),
        lede: subject(first.card.spec),
        actions: h(
          "div",
          { class: "actions" },
          linkButton(linkTo.run(run), "Training run", "plain", "right"),
          linkButton(linkTo.explorer(name), "Explore", "primary", "map"),
        ),
      }),
      h("section", { class: "card facts-card", "aria-label": "Figures" }, this.#facts),
      h(
        "section",
        { class: "card comparison-card", "aria-label": "Versions" },
        h(
          "div",
          { class: "comparison-head" },
          h("h2", { class: "section-title" }, "Versions"),
          downloadButton({
            label: "CSV",
            title: "Download the versions and their figures as CSV",
            name: () => `${name}-versions.csv`,
            make: () => this.#csv(),
            notify: tools.notify,
          }),
        ),
        this.#versions,
      ),
      h(
        "section",
        { class: "card comparison-card", "aria-label": "Code" },
        h(
          "div",
          { class: "comparison-head" },
          h("h2", { class: "section-title" }, "Call it from a program"),
          this.#codeVersion,
        ),
        this.#code.element,
      ),
      this.#card,
    );
  }

  update(found: Found, state: ModelState): void {
    this.#found = found;
    const { model } = found;
    const version = state.version ?? model.versions.at(-1) ?? 1;
    fill(this.#facts, factsOf(model));
    fill(this.#versions, versionTable(found, this.#tools));
    fill(
      this.#codeVersion,
      select(
        "Version in the code",
        [...model.versions]
          .reverse()
          .map((one) => ({ value: String(one), label: `Version ${integer(one)}` })),
        String(version),
        (value) => this.#tools.go(linkTo.model(model.name, { version: Number(value) })),
      ),
    );
    this.#code.update(snippetsOf(model, version, this.#tools.api.origin));
    fill(this.#card, cardOf(model, this.#tools.now()));
  }

  #csv(): Blob {
    const { model, epochs } = this.#found ?? { model: undefined, epochs: [] };
    const rows = (model?.versions ?? []).map((version) => {
      const figures = epochs.find(({ epoch }) => epoch === version);
      return [version, ...COLUMNS.map(({ ofEpoch }) => (figures ? ofEpoch(figures) : undefined))];
    });
    return csvBlob(["version", ...COLUMNS.map(({ label }) => label)], rows);
  }
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

function versionTable({ model, epochs }: Found, tools: Tools): HTMLElement {
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

function factsOf(model: ModelView): HTMLElement[] {
  const { card, latent_dim, prior, conditional, classes, image_shape, versions, layers } = model;
  const [height = 0, width = 0, channels = 1] = image_shape;
  const facts: [term: string, value: string, meaning: string][] = [
    [
      "Latent space",
      `${latent_dim}D, ${prior}`,
      "How many numbers describe an image, and the distribution that they were drawn from during training.",
    ],
    [
      "Images",
      `${width} × ${height} px, ${channels === 1 ? "grey" : "colour"}`,
      "Size of the generated images.",
    ],
    [
      "Classes",
      conditional ? `${classes.length}, on request` : String(classes.length),
      conditional
        ? "The model is given the class to generate."
        : "Named by the classifier that is exported with the model.",
    ],
    ["Versions", integer(versions.length), "Exported during the training."],
    ["Layers", integer(layers.length), "Layers that can be inspected and edited."],
    [
      "Classifier",
      `${percent(card.classifier_accuracy)} correct`,
      "Share of real test images that the model's classifier names correctly.",
    ],
  ];
  return facts.map(([term, value, meaning]) =>
    h("div", { title: meaning }, h("dt", {}, term), h("dd", {}, value)),
  );
}

function cardOf({ card, classes, layers }: ModelView, now: Date): HTMLElement {
  const rows: [string, string][] = [
    ["Data set", card.dataset],
    ["Classes", classes.join(", ")],
    ["Layers", layers.map(({ name, shape }) => `${name} (${shape.join("×")})`).join(", ")],
    ["Exported", `${ago(new Date(card.created), now)}, after epoch ${integer(card.version)}`],
    ["Precision", card.precision],
    [
      "Libraries",
      Object.entries(card.libraries)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
    ],
    ["Classifier, SHA-256", card.classifier_sha256],
    ["Export, unique id", card.uid],
  ];
  return h(
    "div",
    { class: "stack" },
    h(
      "section",
      { class: "card comparison-card", "aria-label": "Card" },
      h("h2", { class: "section-title" }, "Card of the newest version"),
      h(
        "dl",
        { class: "model-facts" },
        rows
          .filter(([, value]) => value)
          .map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))),
      ),
    ),
    h(
      "details",
      { class: "card disclosure" },
      h("summary", {}, icon("chevron"), "All settings of its training"),
      specList(card.spec),
    ),
  );
}

/** Figures of the run's epochs; empty if the run was deleted. */
async function epochsOf(run: string, tools: Tools, signal: AbortSignal): Promise<EpochFigures[]> {
  try {
    return await tools.api.epochs(run, signal);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
