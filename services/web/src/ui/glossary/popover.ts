/**
 * The box that explains a term: it opens under the pointer, with the focus, and by a tap; it stays while the
 * pointer is on the term or on it, and Escape closes it (WCAG 1.4.13). There is one at a time.
 */
import { around, placed } from "../../core/teach/placement.ts";
import { type Child, fill, h } from "../dom.ts";

/** Milliseconds that the pointer has to rest on a term, and may be away from it. */
const OPENS = 140;
const CLOSES = 220;

class Popover {
  readonly #element = h("span", {
    class: "gloss",
    popover: "manual",
    on: {
      pointerenter: () => this.#later(undefined),
      pointerleave: (event) => {
        if (event.pointerType === "mouse") this.#later(() => this.close(), CLOSES);
      },
      focusout: (event) => this.#left(event),
      // A click on its text is none on what the term stands in.
      click: (event) => event.stopPropagation(),
    },
  });
  #term: HTMLElement | undefined;
  /** Whether a click keeps it open when the pointer leaves. */
  #kept = false;
  /** Whether the focus comes back from a box that was closed, and which it is not to open again. */
  #returning = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = new AbortController();

  /** Lets a term open it. */
  serve(term: HTMLElement, content: () => Child): void {
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      if (this.#term === term) this.#later(undefined);
      else this.#later(() => this.#show(term, content), OPENS);
    });
    term.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "mouse") return;
      if (this.#term === term) this.#later(() => this.#kept || this.close(), CLOSES);
      else this.#later(undefined);
    });
    term.addEventListener("focus", () => {
      if (!this.#returning && term.matches(":focus-visible")) this.#show(term, content);
    });
    term.addEventListener("focusout", (event) => {
      if (this.#term === term) this.#left(event);
    });
    term.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      term.click();
    });
    term.addEventListener("click", () => {
      const again = this.#term === term && this.#kept;
      if (again) this.close();
      else {
        this.#show(term, content);
        this.#kept = true;
      }
    });
  }

  close(): void {
    this.#later(undefined);
    this.#open.abort();
    this.#term?.setAttribute("aria-expanded", "false");
    this.#term = undefined;
    this.#kept = false;
    this.#element.remove();
  }

  #later(run: (() => void) | undefined, milliseconds = 0): void {
    clearTimeout(this.#timer);
    this.#timer = run && setTimeout(run, milliseconds);
  }

  #show(term: HTMLElement, content: () => Child): void {
    if (this.#term === term) {
      this.#later(undefined);
      return;
    }
    this.close();
    if (!term.isConnected) return;
    this.#term = term;
    this.#open = new AbortController();
    const { signal } = this.#open;
    fill(this.#element, content());
    // Behind the term, so that the Tab key leads into it.
    term.after(this.#element);
    this.#element.showPopover();
    term.setAttribute("aria-expanded", "true");
    this.#place();
    addEventListener("scroll", () => this.#place(), { capture: true, passive: true, signal });
    addEventListener("resize", () => this.#place(), { signal });
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        if (!term.isConnected) {
          // It went with what it stood in.
          this.close();
          return;
        }
        // What the term stands in stays open.
        event.preventDefault();
        event.stopPropagation();
        const inside = this.#element.contains(document.activeElement);
        this.close();
        if (!inside) return;
        this.#returning = true;
        term.focus();
        this.#returning = false;
      },
      { capture: true, signal },
    );
    document.addEventListener(
      "pointerdown",
      ({ target }) => {
        if (target instanceof Node && !term.contains(target) && !this.#element.contains(target))
          this.close();
      },
      { capture: true, signal },
    );
  }

  #place(): void {
    const term = this.#term;
    if (!term?.isConnected) {
      this.close();
      return;
    }
    const { width, height } = this.#element.getBoundingClientRect();
    const window = { width: document.documentElement.clientWidth, height: innerHeight };
    const { x, y } = placed(
      around([term.getBoundingClientRect()]),
      { width, height },
      window,
      ["below", "above"],
      "start",
      4,
    );
    this.#element.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  }

  #left({ relatedTarget }: FocusEvent): void {
    const stays =
      relatedTarget instanceof Node &&
      (this.#element.contains(relatedTarget) || this.#term?.contains(relatedTarget));
    // The pointer may still be reading.
    if (!stays && relatedTarget) this.close();
  }
}

let shared: Popover | undefined;

export function explaining(term: HTMLElement, content: () => Child): void {
  shared ??= new Popover();
  shared.serve(term, content);
}

export function closeExplanation(): void {
  shared?.close();
}
