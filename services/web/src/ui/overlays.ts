/** Overlays of the page: tooltip, notices, dialogs. */
import { freshId, h } from "./dom.ts";
import { icon } from "./icons.ts";

/** A tooltip that follows the pointer. What it shows must be available elsewhere too, since only the pointer opens it. */
export class Tooltip {
  readonly #element = h("div", { class: "tooltip", "aria-hidden": "true", hidden: true });

  constructor(host: HTMLElement) {
    host.append(this.#element);
  }

  show(x: number, y: number, ...children: (Node | string)[]): void {
    const tip = this.#element;
    tip.replaceChildren(...children);
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = x + 14 + width > innerWidth ? x - 14 - width : x + 14;
    const top = y + 14 + height > innerHeight ? y - 14 - height : y + 14;
    tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  hide(): void {
    this.#element.hidden = true;
  }

  dispose(): void {
    this.#element.remove();
  }
}

/** Short notices at the bottom of the page, read out by screen readers. */
export class Notices {
  readonly #list = h("div", { class: "notices", role: "status", "aria-live": "polite" });

  constructor(host: HTMLElement) {
    host.append(this.#list);
  }

  show(text: string, kind: "info" | "error" = "info"): void {
    const notice = h(
      "div",
      { class: `notice ${kind}` },
      icon(kind === "error" ? "warning" : "check"),
      h("span", {}, text),
    );
    this.#list.append(notice);
    setTimeout(() => notice.remove(), kind === "error" ? 9000 : 4000);
  }
}

interface Question {
  readonly title: string;
  readonly text: string;
  /** The deed: "Delete the run". */
  readonly yes: string;
  /** What happens otherwise, never a mere "Cancel": "Keep it". It has the focus, and Escape chooses it. */
  readonly no: string;
}

/** Ask for confirmation of something that cannot be undone. */
export function confirmed({ title, text, yes, no }: Question): Promise<boolean> {
  return dialog<boolean>(title, false, (close) => [
    h("p", {}, text),
    h(
      "div",
      { class: "actions end" },
      safeButton(no, () => close(false)),
      deedButton(yes, () => close(true)),
    ),
  ]);
}

/**
 * Ask for confirmation of something that cannot be undone and has an option.
 *
 * @returns undefined: not confirmed; otherwise whether the option was chosen.
 */
export function confirmedMore(
  options: Question & {
    /** The option, and the label of the button when it is chosen. */
    readonly more: { readonly label: string; readonly text: string; readonly yes: string };
  },
): Promise<boolean | undefined> {
  const { title, text, yes, no, more } = options;
  return dialog<boolean | undefined>(title, undefined, (close) => {
    const id = freshId("more");
    const deed = deedButton(yes, () => close(box.checked));
    const box: HTMLInputElement = h("input", {
      id,
      type: "checkbox",
      class: "switch",
      "aria-describedby": `${id}-text`,
      on: {
        change: () => {
          deed.textContent = box.checked ? more.yes : yes;
        },
      },
    });
    return [
      h("p", {}, text),
      h(
        "div",
        { class: "dialog-choice" },
        box,
        h("label", { for: id }, more.label),
        h("p", { class: "quiet-note", id: `${id}-text` }, more.text),
      ),
      h(
        "div",
        { class: "actions end" },
        safeButton(no, () => close(undefined)),
        deed,
      ),
    ];
  });
}

function safeButton(label: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button plain", autofocus: true, on: { click } }, label);
}

function deedButton(label: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button danger", on: { click } }, label);
}

/** Ask for the API key; null if the user declines. */
export function askForKey(wrong: boolean): Promise<string | null> {
  return dialog<string | null>("A key is needed", null, (close) => {
    const id = freshId("key");
    const input = h("input", {
      id,
      class: "input",
      type: "password",
      autocomplete: "current-password",
      required: true,
      "aria-describedby": wrong ? `${id}-error` : undefined,
      "aria-invalid": wrong ? "true" : undefined,
    });
    return [
      h(
        "form",
        {
          method: "dialog",
          on: {
            submit: (event) => {
              event.preventDefault();
              if (input.value.trim()) close(input.value.trim());
            },
          },
        },
        h("p", {}, "Ask whoever runs this installation for one. It is kept until you close this tab."),
        h("label", { for: id, class: "label" }, "API key"),
        input,
        wrong ? h("p", { class: "field-error", id: `${id}-error` }, "That key was not accepted.") : null,
        h(
          "div",
          { class: "actions end" },
          h(
            "button",
            { type: "button", class: "button plain", on: { click: () => close(null) } },
            "Not now",
          ),
          h("button", { type: "submit", class: "button primary" }, "Continue"),
        ),
      ),
    ];
  });
}

function dialog<T>(title: string, fallback: T, content: (close: (value: T) => void) => Node[]): Promise<T> {
  return openDialog(title, fallback, content).closed;
}

export interface OpenDialog<T> {
  /** Resolves with the value that it was closed with, or with the fallback. */
  readonly closed: Promise<T>;
  close(): void;
}

/** @param size `wide` for what does not fit into a column of text. */
export function openDialog<T>(
  title: string,
  fallback: T,
  content: (close: (value: T) => void) => Node[],
  size: "" | "wide" = "",
): OpenDialog<T> {
  const id = freshId("dialog");
  const element = h("dialog", { class: `dialog ${size}`, "aria-labelledby": id }, h("h2", { id }, title));
  let value = fallback;
  element.append(
    ...content((chosen) => {
      value = chosen;
      element.close();
    }),
  );
  const closed = new Promise<T>((resolve) => {
    element.addEventListener("close", () => {
      element.remove();
      resolve(value);
    });
  });
  document.body.append(element);
  element.showModal();
  return { closed, close: () => element.close() };
}
