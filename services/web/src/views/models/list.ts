/** All models, each with the map of its newest version. */
import { signal } from "@preact/signals-core";
import type { ModelView } from "../../api/types.ts";
import { windowOf } from "../../core/latent/plane.ts";
import { origin } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { percent } from "../../core/text/format.ts";
import { linkButton, message, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools } from "../../ui/view.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { pageHead } from "../shared/pageHead.ts";
import { mapThumbnail } from "../shared/thumbnail.ts";

const POLL = 8000;
/** Cells along each side of a thumbnail's map: enough to show the borders, and quick to compute. */
const THUMBNAIL_CELLS = 50;

export const mountModels: Mount<object> = (element, _state, tools) => {
  const scope = new Scope();
  const models = signal<readonly ModelView[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  const cards = new Map<string, HTMLElement>();
  const load = async () => {
    try {
      models.value = await tools.api.models(scope.signal);
      failure.value = undefined;
    } catch (error) {
      if (!scope.signal.aborted) failure.value = error;
    }
  };
  const count = h("p", { class: "lede", role: "status" });
  const body = h("div", {});
  element.append(h("div", { class: "page" }, pageHead("Models", { lede: count }), body));

  scope.effect(() => {
    const all = models.value;
    if (!all) {
      setText(count, "\u00a0");
      fill(
        body,
        failure.value
          ? cannotBeShown("The models", failure.value, load)
          : h(
              "div",
              { class: "model-grid" },
              [1, 2, 3].map(() => skeleton("model-card")),
            ),
      );
      return;
    }
    setText(
      count,
      all.length === 0
        ? "None yet"
        : `${all.length} latent ${all.length === 1 ? "space" : "spaces"} to explore`,
    );
    fill(body, all.length === 0 ? empty() : h("div", { class: "model-grid" }, all.map(cardOf)));
  });

  function cardOf(model: ModelView): HTMLElement {
    const key = `${model.name}/${model.card.uid}/${model.loaded.length > 0}`;
    let card = cards.get(key);
    if (!card) {
      card = modelCard(model, tools, scope);
      cards.set(key, card);
    }
    return card;
  }

  scope.poll(load, () => POLL);
  return { update: () => undefined, dispose: () => scope.dispose() };
};

function modelCard(model: ModelView, tools: Tools, scope: Scope): HTMLElement {
  const version = model.loaded.at(-1);
  const { low, high } = windowOf(model.prior);
  const load = () =>
    tools.api.classMap(
      model.name,
      {
        version: version ?? 0,
        axes: model.latent_dim > 1 ? [0, 1] : [0],
        resolution: THUMBNAIL_CELLS,
        range: [low, high],
        at: origin(model.latent_dim),
        label: model.conditional ? 0 : undefined,
      },
      scope.signal,
    );
  const newest = model.versions.at(-1);
  const facts = [
    `${model.latent_dim}D`,
    model.conditional ? "conditional" : null,
    model.versions.length === 1
      ? `epoch ${newest}`
      : `${model.versions.length} versions, newest epoch ${newest}`,
  ].filter(Boolean);
  return h(
    "article",
    { class: "model-card" },
    mapThumbnail(`Class map of ${model.name}`, version === undefined ? undefined : load),
    h(
      "div",
      { class: "model-card-text" },
      h("h2", {}, h("a", { class: "stretched", href: linkTo.explorer(model.name) }, model.name)),
      h("p", {}, facts.join(" · ")),
      h(
        "p",
        { title: "Share of real test images that the map's classifier names correctly" },
        `${model.card.dataset} · classifier: ${percent(model.card.classifier_accuracy)} correct`,
      ),
      version === undefined ? h("p", { class: "quiet-note" }, "The model server is loading it.") : null,
      h(
        "p",
        { class: "model-card-more" },
        h(
          "a",
          {
            class: "text-button",
            href: linkTo.model(model.name),
            "aria-label": `Card, versions, code of ${model.name}`,
          },
          "Card, versions, code",
        ),
      ),
    ),
  );
}

function empty(): HTMLElement {
  return message({
    art: mark(72),
    title: "No model to explore yet",
    text: "A training publishes a version of its model every few epochs. The first one appears here during the training.",
    actions: [
      linkButton(linkTo.newTraining(), "New training", "primary", "plus"),
      linkButton(linkTo.runs(), "See the runs"),
    ],
  });
}
