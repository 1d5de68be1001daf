/** Buttons that make a file, which can take a while, be stopped, and fail. */
import { messageOf } from "../../api/problem.ts";
import type { ReceiveProgress } from "../../api/receive.ts";
import { saveBlob } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";

/** Milliseconds after which a file that is not there yet can be given up. */
const PATIENCE = 250;

export interface DownloadButtonOptions {
  readonly label: string;
  /** What the file is, for screen readers and on hover. */
  readonly title: string;
  /** Name of the file. */
  readonly name: () => string;
  readonly make: (signal: AbortSignal, progress: ReceiveProgress) => Promise<Blob> | Blob;
  readonly notify: Tools["notify"];
}

/** A download button; while the file is made, it stops that. */
export function downloadButton(
  options: DownloadButtonOptions,
  kind: "plain" | "quiet" = "plain",
): HTMLButtonElement {
  return keeping(`button ${kind}`, options, [icon("download")]);
}

/** The same as a word in a line of text. */
export function downloadTextButton(options: DownloadButtonOptions): HTMLButtonElement {
  return keeping("text-button", options, []);
}

function keeping(
  kind: string,
  options: DownloadButtonOptions,
  before: readonly Element[],
): HTMLButtonElement {
  const { label, title, notify } = options;
  const text = h("span", {}, label);
  let making: AbortController | undefined;
  const paint = (words: string, name: string) => {
    setText(text, words);
    element.title = name;
    element.setAttribute("aria-label", name);
  };
  const make = async () => {
    const work = new AbortController();
    making = work;
    let share: number | undefined;
    const busy = () => {
      element.setAttribute("aria-busy", "true");
      paint(share === undefined ? "Stop" : `Stop, ${Math.floor(share * 100)} %`, `Stop: ${title}`);
    };
    const late = setTimeout(busy, PATIENCE);
    try {
      const file = await options.make(work.signal, (received) => {
        share = received;
        if (element.hasAttribute("aria-busy")) busy();
      });
      if (!work.signal.aborted) saveBlob(file, options.name());
    } catch (error) {
      if (!work.signal.aborted) notify(messageOf(error), "error");
    } finally {
      clearTimeout(late);
      making = undefined;
      element.removeAttribute("aria-busy");
      paint(label, title);
    }
  };
  const element: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: kind,
      title,
      "aria-label": title,
      on: {
        click: () => {
          // A second click right after the first one is none.
          if (!making) void make();
          else if (element.hasAttribute("aria-busy")) making.abort();
        },
      },
    },
    before,
    text,
  );
  return element;
}
