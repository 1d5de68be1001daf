/** Takes a zip of images and makes a data set of it; says how it goes and what is wrong. */
import { messageOf } from "../../api/problem.ts";
import type { DatasetInfo } from "../../api/types.ts";
import { integer, percent } from "../../core/format.ts";
import { datasetName } from "../../core/uploads.ts";
import { button } from "../../ui/controls.ts";
import { freshId, h, setText } from "../../ui/dom.ts";

export interface UploadOptions {
  readonly upload: (
    name: string,
    file: File,
    progress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<DatasetInfo>;
  /** Names of the data sets that are there. */
  readonly taken: () => ReadonlySet<string>;
  readonly done: (info: DatasetInfo) => void;
  readonly signal: AbortSignal;
}

export function uploadControl(options: UploadOptions): HTMLElement {
  const id = freshId("upload");
  const input = h("input", {
    id,
    type: "file",
    accept: ".zip,application/zip",
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
        setText(state, `Sending ${name}: ${percent(share)} of ${megabytes(file.size)}`);
      } else {
        // How long the check takes is not known.
        progress.removeAttribute("value");
        setText(state, `${megabytes(file.size)} sent; the images are being checked …`);
      }
    };
    sent(0);
    try {
      const info = await options.upload(name, file, sent, stopped);
      setText(state, `${info.name}: ${integer(info.train + info.test)} images, ${classesOf(info)}.`);
      options.done(info);
    } catch (problem) {
      if (options.signal.aborted) return;
      if (stopped.aborted) {
        setText(state, "Stopped; nothing was kept.");
        return;
      }
      setText(state, HELP);
      setText(error, messageOf(problem));
      error.hidden = false;
    } finally {
      input.disabled = false;
      input.value = "";
      progress.hidden = true;
      stop.hidden = true;
    }
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
  );
}

const HELP = "A zip of PNG, JPEG or WebP images, one folder for each class, or no folders.";

function classesOf({ classes }: DatasetInfo): string {
  return classes.length === 0 ? "no classes" : `${classes.length} classes`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
