/** What an explorer shows without a model: loading, waiting for a version, or an error. */
import { messageOf } from "../../api/problem.ts";
import type { RunState } from "../../api/types.ts";
import { unpublishedWords } from "../../core/explorer/unpublished.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { STATES } from "../../core/vocabulary/states.ts";
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

/** @param state of its training; undefined: there is none. */
export function unpublished(name: string, state: RunState | undefined): HTMLElement {
  const toTraining =
    state &&
    (STATES[state].ended
      ? linkButton(linkTo.run(name), "Look at the training")
      : linkButton(linkTo.run(name), "Watch the training", "primary", "right"));
  return message({
    alone: true,
    ...(state ? {} : { kind: "error" }),
    ...unpublishedWords(name, state),
    actions: [toTraining ?? null, linkButton(linkTo.models(), "All models")],
  });
}

export function failed(error: unknown): HTMLElement {
  return message({
    alone: true,
    kind: "error",
    title: "The model cannot be shown",
    text: `${messageOf(error)} This page keeps trying.`,
    actions: linkButton(linkTo.models(), "All models"),
  });
}
