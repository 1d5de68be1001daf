/** Buttons that download a file which may take a while to make, and can be stopped. */
import { messageOf } from "../../api/problem.ts";
import type { ReceiveProgress } from "../../api/receive.ts";
import { saveBlob } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";

/** Milliseconds after which the button offers to stop. */
const BUSY_AFTER = 250;

export interface DownloadButtonOptions {
  readonly label: string;
  /** What the file is, for screen readers and on hover. */
  readonly title: string;
  /** Name of the file. */
  readonly name: () => string;
  readonly make: (signal: AbortSignal, progress: ReceiveProgress) => Promise<Blob> | Blob;
  readonly notify: Tools["notify"];
}

/** A download button, which becomes a stop button while the file is made. */
export function downloadButton(
  options: DownloadButtonOptions,
  kind: "plain" | "quiet" = "plain",
): HTMLButtonElement {
  return build(`button ${kind}`, options, [icon("download")]);
}

/** The same as a text button. */
export function downloadTextButton(options: DownloadButtonOptions): HTMLButtonElement {
  return build("text-button", options, []);
}

function build(
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
    const late = setTimeout(busy, BUSY_AFTER);
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
          // Ignore a second click right after the first one.
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
