/** Uploads a file of images with progress and errors, and shows a review before the data set is kept. */
import type { Api } from "../../api/client.ts";
import { messageOf } from "../../api/problem.ts";
import type { DatasetInfo, DatasetPreview } from "../../api/types.ts";
import { datasetName } from "../../core/datasets/upload.ts";
import { fileSize, integer, percent } from "../../core/text/format.ts";
import { button } from "../../ui/controls.ts";
import { fill, freshId, h, setText } from "../../ui/dom.ts";
import { uploadReview } from "./uploadReview.ts";

export interface UploadOptions {
  readonly api: Pick<Api, "previewDataset" | "previewSamples" | "keepPreview" | "discardPreview">;
  /** Names of the existing data sets. */
  readonly taken: () => ReadonlySet<string>;
  readonly done: (info: DatasetInfo) => void;
  /** Aborted when the view is left. */
  readonly signal: AbortSignal;
}

export function uploadControl(options: UploadOptions): HTMLElement {
  const { api } = options;
  const id = freshId("upload");
  const input = h("input", {
    id,
    type: "file",
    accept: ".zip,.csv,.npz,.gz,application/zip,text/csv",
    class: "upload-input",
    "aria-describedby": `${id}-help`,
    on: { change: () => void begin() },
  });
  const progress = h("progress", { hidden: true, max: 1, "aria-label": "Uploading" });
  const stop = button({
    icon: "close",
    kind: "quiet",
    label: "Stop the upload",
    click: () => abort?.abort(),
  });
  let abort: AbortController | undefined;
  stop.hidden = true;
  const state = h("p", { class: "field-help", id: `${id}-help`, role: "status" }, HELP);
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const review = h("div", {});
  let waiting: DatasetPreview | undefined;

  const discard = () => {
    // If this fails, the gateway discards the upload later.
    if (waiting) void api.discardPreview(waiting.id).catch(() => undefined);
    waiting = undefined;
  };
  options.signal.addEventListener("abort", discard, { once: true });
  // A closed page discards the upload under review; a page in the back-forward cache keeps it.
  window.addEventListener("pagehide", ({ persisted }) => persisted || discard(), {
    signal: options.signal,
  });

  const finish = (message: string) => {
    waiting = undefined;
    fill(review);
    setText(state, message);
    input.disabled = false;
    input.focus();
  };
  const ask = (preview: DatasetPreview, name: string) => {
    waiting = preview;
    input.disabled = true;
    setText(state, `${integer(preview.train + preview.test)} images were read; nothing has been kept yet.`);
    const element = uploadReview({
      preview,
      name,
      samples: () => api.previewSamples(preview.id, options.signal),
      keep: (chosen, classes) => api.keepPreview(preview.id, chosen, classes),
      kept: (info) => {
        finish(`${info.name}: ${integer(info.train + info.test)} images, ${classesOf(info)}.`);
        options.done(info);
      },
      discard: () => {
        discard();
        finish("Discarded; nothing was kept.");
      },
    });
    fill(review, element);
    element.focus();
  };
  const begin = async () => {
    const file = input.files?.[0];
    if (!file || input.disabled) return;
    const name = datasetName(file.name, options.taken());
    abort = new AbortController();
    const stopped = AbortSignal.any([options.signal, abort.signal]);
    input.disabled = true;
    progress.hidden = false;
    stop.hidden = false;
    error.hidden = true;
    const sent = (share: number) => {
      if (share < 1) {
        progress.value = share;
        setText(state, `Sending ${name}: ${percent(share)} of ${fileSize(file.size)}`);
      } else {
        // The duration of the check is unknown.
        progress.removeAttribute("value");
        setText(state, `${fileSize(file.size)} sent; checking the images …`);
      }
    };
    sent(0);
    let preview: DatasetPreview | undefined;
    try {
      preview = await api.previewDataset(name, file, sent, stopped);
    } catch (problem) {
      if (options.signal.aborted) return;
      setText(state, stopped.aborted ? "Stopped; nothing was kept." : HELP);
      setText(error, stopped.aborted ? "" : messageOf(problem));
      error.hidden = stopped.aborted;
    } finally {
      input.disabled = false;
      input.value = "";
      progress.hidden = true;
      stop.hidden = true;
    }
    if (preview) ask(preview, name);
  };
  return h(
    "div",
    { class: "field upload" },
    h("label", { class: "label", for: id }, "Your own images"),
    h("div", { class: "control" }, input),
    progress,
    h("div", { class: "actions" }, stop),
    state,
    error,
    review,
  );
}

const HELP =
  "A zip of PNG, JPEG or WebP images, one folder for each class, or no folders; " +
  "or pixels as CSV, npz or in MNIST’s own format. You can review the result before it is kept.";

function classesOf({ classes }: DatasetInfo): string {
  return classes.length === 0 ? "no classes" : `${classes.length} classes`;
}
