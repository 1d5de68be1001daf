/** The sections of the training form, and the preview of the networks. */
import type { Preview } from "../../api/types.ts";
import type { Section } from "../../core/training/field.ts";
import { h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { networkFigure } from "./networkFigure.ts";

/**
 * @param rowOf the fields by their paths.
 * @param more shown below the fields.
 */
export function sectionOf(
  section: Section,
  rowOf: ReadonlyMap<string, { readonly element: HTMLElement }>,
  more: HTMLElement | null,
): HTMLElement {
  const { title, fields, groups = [], advanced } = section;
  const grid = (list: typeof fields) =>
    h(
      "div",
      { class: "field-grid" },
      list.map((field) => rowOf.get(field.path)?.element),
    );
  if (advanced) {
    const summary = h("summary", {}, icon("chevron"), title);
    return h("details", { class: "card form-section disclosure" }, summary, grid(fields));
  }
  return h(
    "section",
    { class: "card form-section", "aria-label": title },
    h("h2", { class: "section-title" }, title),
    fields.length === 0 ? null : grid(fields),
    more,
    groups.length === 0
      ? null
      : h(
          "div",
          { class: "field-groups" },
          groups.map((group) =>
            h(
              "div",
              { role: "group", "aria-label": group.title },
              h("h3", {}, group.title),
              grid(group.fields),
            ),
          ),
        ),
  );
}

/** A form of sections beside what comes of them; the page itself says what is wrong with a field. */
export function trainingForm(submitted: () => void, ...parts: readonly HTMLElement[]): HTMLElement {
  const submit = (event: Event) => {
    event.preventDefault();
    submitted();
  };
  return h("form", { class: "training-form", novalidate: true, on: { submit } }, ...parts);
}

export function networksOf({ spec, generator, discriminator }: Preview): HTMLElement[] {
  return [
    networkFigure("Generator", generator, { at: "start", numbers: spec.latent?.dim ?? 2 }),
    networkFigure("Discriminator", discriminator, { at: "end", numbers: 1 }),
  ];
}

/** In place of the networks of a draft that is not valid. */
export function notDrawn(): HTMLElement {
  return h("p", { class: "field-help" }, "The networks are shown again once all settings are right.");
}

export function previewSkeleton(): HTMLElement {
  return h("div", { class: "skeleton preview-skeleton", "aria-hidden": "true" });
}
