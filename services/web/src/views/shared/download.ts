/** Buttons that download a file which may take a while to make, and can be stopped. */
import { messageOf } from "../../api/problem.ts";
import { h, setText } from "../../ui/dom.ts";
import { FileMaking, type MadeFile } from "../../ui/fileMaking.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";

export interface DownloadButtonOptions extends MadeFile {
  readonly label: string;
  /** What the file is, for screen readers and on hover. */
  readonly title: string;
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
  const paint = (words: string, name: string) => {
    setText(text, words);
    element.title = name;
    element.setAttribute("aria-label", name);
  };
  const making = new FileMaking({
    busy: (share) => {
      element.setAttribute("aria-busy", "true");
      paint(share === undefined ? "Stop" : `Stop, ${Math.floor(share * 100)} %`, `Stop: ${title}`);
    },
    idle: () => {
      element.removeAttribute("aria-busy");
      paint(label, title);
    },
    failed: (error) => notify(messageOf(error), "error"),
  });
  const element: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: kind,
      title,
      "aria-label": title,
      on: { click: () => (making.running ? making.stop() : void making.start(options)) },
    },
    before,
    text,
  );
  return element;
}
