/** Small controls that several views share. */
import { type Child, freshId, h, type Props, setAttribute } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";
import { KeySeries } from "./keySeries.ts";

interface ButtonOptions {
  readonly icon?: IconName;
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  /** Shown as text; with `iconOnly` read by screen readers and as a tooltip. */
  readonly label: string;
  readonly iconOnly?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly click: (event: MouseEvent) => void;
}

export function button(options: ButtonOptions): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: `button ${options.kind ?? "plain"}${options.iconOnly ? " icon-only" : ""}`,
      "aria-label": options.iconOnly ? options.label : undefined,
      title: options.title ?? (options.iconOnly ? options.label : undefined),
      disabled: options.disabled,
      on: { click: options.click },
    },
    options.icon ? icon(options.icon) : null,
    options.iconOnly ? null : h("span", {}, options.label),
  );
}

export function linkButton(
  href: string,
  label: string,
  kind: "primary" | "plain" | "quiet" = "plain",
  iconName?: IconName,
): HTMLAnchorElement {
  return h("a", { class: `button ${kind}`, href }, iconName ? icon(iconName) : null, h("span", {}, label));
}

/** Whether a button is the main one of its view: there is one, and others step back while another one is. */
export function setMain(element: HTMLElement, main: boolean): void {
  element.classList.toggle("primary", main);
  element.classList.toggle("plain", !main);
}

/** A row of options of which one is selected: radio buttons that look like one control. */
export interface Segmented<T extends string> {
  readonly element: HTMLElement;
  set(value: T): void;
}

export function segmented<T extends string>(
  legend: string,
  options: readonly { readonly value: T; readonly label: string; readonly icon?: IconName }[],
  value: T,
  changed: (value: T) => void,
): Segmented<T> {
  const name = freshId("segmented");
  const inputs = options.map((option) =>
    h("input", {
      type: "radio",
      name,
      value: option.value,
      checked: option.value === value,
      on: { change: () => changed(option.value) },
    }),
  );
  const element = h(
    "fieldset",
    { class: "segmented" },
    h("legend", { class: "visually-hidden" }, legend),
    options.map((option, index) =>
      h(
        "label",
        { title: option.icon ? option.label : undefined },
        inputs[index],
        h(
          "span",
          {},
          option.icon
            ? [icon(option.icon, 16), h("span", { class: "visually-hidden" }, option.label)]
            : option.label,
        ),
      ),
    ),
  );
  return {
    element,
    set(next) {
      for (const input of inputs) input.checked = input.value === next;
    },
  };
}

export function select(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
  changed: (value: string) => void,
  props: Props = {},
): HTMLSelectElement {
  const element = h(
    "select",
    {
      class: "select",
      "aria-label": label,
      on: { change: () => changed(element.value) },
      ...props,
    },
    options.map((option) =>
      h("option", { value: option.value, selected: option.value === value }, option.label),
    ),
  );
  return element;
}

/**
 * A range input that shows its filled part. Its `change` event ends a gesture, be it a drag or a series of key
 * presses, which the browser would end after each key: one gesture is one entry in the history.
 */
export function range(props: Props & { readonly label: string }): HTMLInputElement {
  const { label, ...rest } = props;
  const input = h("input", { type: "range", class: "range", "aria-label": label, ...rest });
  const paint = () => paintRange(input);
  input.addEventListener("input", paint);
  joinKeys(input);
  paint();
  return input;
}

function joinKeys(input: HTMLInputElement): void {
  let byKey = false;
  const series = new KeySeries(() => {
    byKey = false;
    // A slider that is gone has nothing more to say.
    if (input.isConnected) input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("keydown", () => {
    byKey = true;
  });
  for (const over of ["pointerdown", "blur"]) {
    input.addEventListener(over, () => {
      series.end();
      byKey = false;
    });
  }
  // The first listener of this event: those of the slider's owner come after it.
  input.addEventListener("change", (event) => {
    if (!byKey) return;
    event.stopImmediatePropagation();
    series.pressed();
  });
}

export function setRange(input: HTMLInputElement, value: number, min?: number, max?: number): void {
  if (min !== undefined) setAttribute(input, "min", min);
  if (max !== undefined) setAttribute(input, "max", max);
  input.value = String(value);
  paintRange(input);
}

function paintRange(input: HTMLInputElement): void {
  const low = Number(input.min || 0);
  const span = Number(input.max || 100) - low;
  const share = span > 0 ? (Number(input.value) - low) / span : 1;
  input.style.setProperty("--filled", `${(share * 100).toFixed(2)}%`);
}

/** A message in place of content: nothing here yet, or something went wrong. */
export function message(options: {
  readonly art?: Element;
  readonly title: string;
  readonly text: Child;
  readonly actions?: Child;
  readonly kind?: "error";
  /** Whether it is the only content of the page, so that its title is the heading. */
  readonly alone?: boolean;
}): HTMLElement {
  return h(
    "div",
    { class: `message ${options.kind ?? ""}`, role: options.kind === "error" ? "alert" : undefined },
    options.art ?? null,
    h(options.alone ? "h1" : "h2", {}, options.title),
    h("p", {}, options.text),
    options.actions ? h("div", { class: "actions" }, options.actions) : null,
  );
}

export function skeleton(className: string): HTMLElement {
  return h("div", { class: `skeleton ${className}`, "aria-hidden": "true" });
}

/** Offer a blob as a download with a name. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
