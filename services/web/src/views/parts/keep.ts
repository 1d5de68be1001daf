/** Buttons that make a file, which takes a while and can fail. */
import { messageOf } from "../../api/problem.ts";
import { saveBlob } from "../../ui/controls.ts";
import { h } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import type { Tools } from "../../ui/view.ts";

export interface KeepOptions {
  readonly label: string;
  /** What the file is, for screen readers and on hover. */
  readonly title: string;
  /** Name of the file. */
  readonly name: () => string;
  readonly make: () => Promise<Blob> | Blob;
  readonly say: Tools["say"];
}

/** A download button; it waits while the file is made. */
export function keepButton(options: KeepOptions, kind: "plain" | "quiet" = "plain"): HTMLButtonElement {
  const element: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: `button ${kind}`,
      title: options.title,
      "aria-label": options.title,
      on: { click: () => void kept(element, options) },
    },
    icon("download"),
    h("span", {}, options.label),
  );
  return element;
}

/** The same as a word in a line of text. */
export function keepWord(options: KeepOptions): HTMLButtonElement {
  const element: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: "text-button",
      title: options.title,
      "aria-label": options.title,
      on: { click: () => void kept(element, options) },
    },
    options.label,
  );
  return element;
}

async function kept(element: HTMLButtonElement, options: KeepOptions): Promise<void> {
  element.disabled = true;
  try {
    saveBlob(await options.make(), options.name());
  } catch (error) {
    options.say(messageOf(error), "error");
  } finally {
    element.disabled = false;
  }
}
