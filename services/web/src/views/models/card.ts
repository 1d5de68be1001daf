/** What is known of a model: facts, and the card of its newest version. */
import type { ModelView } from "../../api/types.ts";
import { lineageWords } from "../../core/growth/words.ts";
import { ago, integer, percent } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { specList } from "../shared/specList.ts";

export function factsOf(model: ModelView): HTMLElement[] {
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

export function cardOf({ card, classes, layers }: ModelView, now: Date): HTMLElement {
  const rows: [string, string][] = [
    ["Data set", card.dataset],
    ["Classes", classes.join(", ")],
    ["Layers", layers.map(({ name, shape }) => `${name} (${shape.join("×")})`).join(", ")],
    ["Exported", `${ago(new Date(card.created), now)}, after epoch ${integer(card.version)}`],
    ["Forked from", lineageWords(card.lineage)],
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
