/** One model: its properties, its versions with their figures, and code that calls it. */
import { signal } from "@preact/signals-core";
import { ifMissing, isMissing } from "../../api/problem.ts";
import type { EpochFigures, ModelView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ModelState } from "../../core/navigation/views.ts";
import { subject } from "../../core/runs/words.ts";
import { integer } from "../../core/text/format.ts";
import { snippetsOf } from "../../core/text/snippets.ts";
import { linkButton, select, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools } from "../../ui/view.ts";
import { downloadButton } from "../shared/download.ts";
import { notFoundOrFailed } from "../shared/failures.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { pageLoading } from "../shared/pageLoading.ts";
import { cardOf, factsOf } from "./card.ts";
import { CopyBox } from "./copyBox.ts";
import { type ModelWithEpochs, versionsCsv, versionTable } from "./versionTable.ts";

const POLL = 5000;

export function mountModel(name: string): Mount<ModelState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const state = signal(initial);
    const found = signal<ModelWithEpochs | undefined>(undefined);
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
              missing: "Its run has exported no version, or the model was deleted.",
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
  #found: ModelWithEpochs | undefined;

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
            make: () => versionsCsv(this.#found),
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

  update(found: ModelWithEpochs, state: ModelState): void {
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
}

/** Figures of the run's epochs; empty if the run was deleted. */
async function epochsOf(run: string, tools: Tools, signal: AbortSignal): Promise<EpochFigures[]> {
  return tools.api.epochs(run, signal).catch(ifMissing([]));
}
