/** What an explorer shows without a model: loading, waiting for a version, or an error. */
import { isMissing, messageOf } from "../../api/problem.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { linkButton, message, skeleton } from "../../ui/controls.ts";
import { h } from "../../ui/dom.ts";
import { pageLoading } from "../shared/pageLoading.ts";

export function loading(name: string): HTMLElement {
  return pageLoading(
    "Models",
    name,
    h("div", { class: "explorer" }, skeleton("skeleton-map"), skeleton("skeleton-point")),
  );
}

export function waiting(name: string): HTMLElement {
  return message({
    alone: true,
    title: `${name} has no version yet`,
    text: "Its training will publish the first one soon. This page opens it automatically.",
    actions: linkButton(linkTo.run(name), "Watch the training", "primary", "right"),
  });
}

export function failed(name: string, error: unknown): HTMLElement {
  const missing = isMissing(error);
  return message({
    alone: true,
    kind: "error",
    title: missing ? `There is no model named ${name} yet` : "The model cannot be shown",
    text: missing
      ? "A training publishes its model with the first version. If the training is under way, this page opens the model automatically."
      : `${messageOf(error)} This page keeps trying.`,
    actions: [
      linkButton(linkTo.models(), "All models"),
      missing ? linkButton(linkTo.run(name), "Look for the training") : null,
    ],
  });
}
