/** The review of an upload before it is kept: examples, and classes with their counts and names. */
import { messageOf } from "../../api/problem.ts";
import type { DatasetInfo, DatasetPreview } from "../../api/types.ts";
import { newNames, skippedText } from "../../core/datasets/upload.ts";
import { integer } from "../../core/text/format.ts";
import { button } from "../../ui/controls.ts";
import { freshId, h, setText } from "../../ui/dom.ts";
import { imageThumbnail } from "../shared/thumbnail.ts";

export interface ReviewOptions {
  readonly preview: DatasetPreview;
  /** Proposed name of the data set. */
  readonly name: string;
  readonly samples: () => Promise<Blob>;
  readonly keep: (name: string, classes: Readonly<Record<string, string>>) => Promise<DatasetInfo>;
  readonly kept: (info: DatasetInfo) => void;
  readonly discard: () => void;
}

export function uploadReview(options: ReviewOptions): HTMLElement {
  const { preview } = options;
  const id = freshId("review");
  const name = textInput(options.name, { id, "aria-describedby": `${id}-error` });
  const names = preview.classes.map((one) => textInput(one.name, { "aria-label": `Name of ${one.name}` }));
  const error = h("p", { class: "field-error", role: "alert", id: `${id}-error`, hidden: true });
  const keep = button({ kind: "plain", label: "Keep data set", click: () => void kept() });
  const discard = button({ kind: "quiet", label: "Discard", click: options.discard });

  const kept = async () => {
    const renamed = newNames(
      preview.classes,
      names.map((input) => input.value),
    );
    keep.disabled = true;
    discard.disabled = true;
    error.hidden = true;
    try {
      options.kept(await options.keep(name.value.trim(), renamed));
    } catch (problem) {
      setText(error, messageOf(problem));
      error.hidden = false;
      keep.disabled = false;
      discard.disabled = false;
    }
  };
  const element = h(
    "section",
    {
      class: "upload-review",
      "aria-label": "Upload before it is kept",
      tabindex: -1,
      on: {
        keydown: (event) => {
          if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
          // Enter must not submit the form around it.
          event.preventDefault();
          if (!keep.disabled) void kept();
        },
      },
    },
    h("h3", {}, "The data set it will become"),
    imageThumbnail("Examples, a row for each class", options.samples),
    h(
      "ul",
      { class: "dataset-facts" },
      factsOf(preview).map((fact) => h("li", {}, fact)),
    ),
    names.length > 0 ? classTable(preview, names) : null,
    h("div", { class: "field" }, h("label", { class: "label", for: id }, "Name of the data set"), name),
    h("p", { class: "field-help" }, "Once it is kept, its images and names can no longer be changed."),
    error,
    h("div", { class: "actions" }, keep, discard),
  );
  return element;
}

function classTable(preview: DatasetPreview, names: readonly HTMLInputElement[]): HTMLElement {
  return h(
    "div",
    { class: "table-scroll upload-classes", tabindex: 0, role: "region", "aria-label": "Classes, table" },
    h(
      "table",
      { class: "comparison-table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Class"),
          h("th", { scope: "col", class: "number" }, "Training"),
          h("th", { scope: "col", class: "number" }, "Test"),
        ),
      ),
      h(
        "tbody",
        {},
        preview.classes.map(({ train, test }, row) =>
          h(
            "tr",
            {},
            h("td", {}, names[row]),
            h("td", { class: "number" }, integer(train)),
            h("td", { class: "number" }, integer(test)),
          ),
        ),
      ),
    ),
  );
}

function factsOf(preview: DatasetPreview): string[] {
  const [height = 0, width = 0, channels = 1] = preview.image_shape;
  const parts = preview.own_parts ? "as given in the upload" : "one sixth set aside for tests";
  const skipped = skippedText(preview.skipped);
  return [
    `${integer(preview.train)} training images, ${integer(preview.test)} test images (${parts})`,
    `${width} × ${height} px, ${channels === 1 ? "grey" : "colour"}`,
    ...(preview.classes.length === 0 ? ["no classes: the images are grouped into eight"] : []),
    ...(skipped ? [skipped] : []),
  ];
}

function textInput(value: string, props: Record<string, unknown>): HTMLInputElement {
  const input = h("input", {
    class: "input",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    ...props,
  });
  input.value = value;
  return input;
}
