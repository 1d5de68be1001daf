/**
 * The tour of an explorer: a box beside what it speaks of, and a ring around that. It blocks nothing, so that
 * one can try what it says; on a telephone it is a sheet at the bottom.
 */
import { around, type Box, placed, type Side, scrollTo } from "../../core/teach/placement.ts";
import type { TourStep, TourTarget } from "../../core/teach/tourSteps.ts";
import { button } from "../../ui/controls.ts";
import { freshId, h, setText } from "../../ui/dom.ts";

/** Where the box stands: never over the image, which follows what one tries. */
const SIDES: Readonly<Record<TourTarget, { sides: readonly Side[]; alignment: "start" | "end" }>> = {
  map: { sides: ["right", "below"], alignment: "end" },
  image: { sides: ["below", "left", "right"], alignment: "start" },
  closer: { sides: ["left", "above"], alignment: "end" },
};
/** Of the ring around its target. */
const RING = 5;
/** Key of what the browser remembers: "seen". */
export const TOUR_MEMORY = "atlas-tour";
const SHEET = "(width < 48rem)";

export type TourTargets = Readonly<Record<TourTarget, readonly HTMLElement[]>>;

export class Tour {
  readonly #page: HTMLElement;
  readonly #targets: TourTargets;
  readonly #ended: () => void;
  readonly #ring = h("div", { class: "tour-ring", "aria-hidden": "true" });
  readonly #title = h("h2", { id: freshId("tour") });
  readonly #text = h("p", { id: freshId("tour-text") });
  readonly #count = h("span", { class: "visually-hidden" });
  readonly #dots = h("span", { class: "tour-dots", "aria-hidden": "true" });
  readonly #back = button({ label: "Back", kind: "quiet", click: () => this.#go(this.#at - 1) });
  readonly #next = button({ label: "Next", click: () => this.#go(this.#at + 1) });
  readonly #box = h(
    "div",
    {
      class: "tour",
      role: "dialog",
      "aria-labelledby": this.#title.id,
      "aria-describedby": this.#text.id,
      tabindex: -1,
    },
    h("div", { class: "tour-head", "aria-live": "polite" }, this.#count, this.#title, this.#text),
    h("div", { class: "tour-foot" }, this.#dots, this.#back, this.#next),
    button({
      label: "Close the tour",
      icon: "close",
      kind: "quiet",
      iconOnly: true,
      click: () => this.close(),
    }),
  );
  #steps: readonly TourStep[] = [];
  #at = 0;
  /** What had the focus before. */
  #before: Element | null = null;
  #open: AbortController | undefined;

  /**
   * @param page gets the tour while it is open.
   * @param ended called when it is closed, wherever it had come to.
   */
  constructor(page: HTMLElement, targets: TourTargets, ended: () => void) {
    this.#page = page;
    this.#targets = targets;
    this.#ended = ended;
  }

  start(steps: readonly TourStep[]): void {
    this.#steps = steps;
    if (!this.#open) this.#begin();
    this.#go(0);
  }

  close(): void {
    if (!this.#open) return;
    const held = this.#box.contains(document.activeElement);
    this.dispose();
    this.#ended();
    if (held && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  /** Takes it away without a word, as when the page is left. */
  dispose(): void {
    this.#open?.abort();
    this.#open = undefined;
    this.#box.remove();
    this.#ring.remove();
    this.#page.classList.remove("touring");
  }

  #begin(): void {
    this.#open = new AbortController();
    const { signal } = this.#open;
    this.#before = document.activeElement;
    this.#page.classList.add("touring");
    // In front of what it speaks of, so that the Tab key leads there.
    this.#page.prepend(this.#box, this.#ring);
    const follow = () => this.#place();
    addEventListener("scroll", follow, { capture: true, passive: true, signal });
    addEventListener("resize", follow, { signal });
    const sizes = new ResizeObserver(follow);
    for (const element of [this.#box, ...Object.values(this.#targets).flat()]) sizes.observe(element);
    signal.addEventListener("abort", () => sizes.disconnect());
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]"))
          return;
        this.close();
      },
      { signal },
    );
    // Whoever is already at work keeps the focus.
    if (this.#before === document.body || this.#before instanceof HTMLButtonElement || isMain(this.#before))
      this.#box.focus({ preventScroll: true });
  }

  #go(at: number): void {
    const step = this.#steps[at];
    if (!step) {
      this.close();
      return;
    }
    this.#at = at;
    const count = this.#steps.length;
    setText(this.#title, step.title);
    setText(this.#text, step.text);
    setText(this.#count, `Step ${at + 1} of ${count}.`);
    this.#dots.replaceChildren(
      ...this.#steps.map((_, index) => h("span", { class: index === at ? "current" : "" })),
    );
    const focused = document.activeElement === this.#back;
    this.#back.hidden = at === 0;
    if (focused && at === 0) this.#next.focus();
    setText(this.#next.lastElementChild ?? this.#next, at + 1 === count ? "Done" : "Next");
    this.#reveal(this.#box.getBoundingClientRect().height);
    this.#place();
  }

  get #target(): Box | undefined {
    const step = this.#steps[this.#at];
    const elements = step ? this.#targets[step.target] : [];
    const boxes = elements
      .map((element) => element.getBoundingClientRect())
      .filter(({ width }) => width > 0);
    return boxes.length > 0 ? around(boxes) : undefined;
  }

  /** Scrolls to what it speaks of, unless that is in sight. */
  #reveal(height: number): void {
    const target = this.#target;
    if (!target) return;
    const bar = document.querySelector(".topbar");
    const covered = bar && getComputedStyle(bar).position === "sticky" ? bar.clientHeight : 0;
    const bottom = innerHeight - (matchMedia(SHEET).matches ? height : 0);
    const top = scrollTo(target, covered + 2 * RING, bottom - 2 * RING);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (top !== 0) scrollBy({ top, behavior: still ? "auto" : "smooth" });
  }

  #place(): void {
    const target = this.#target;
    const step = this.#steps[this.#at];
    this.#ring.hidden = !target;
    if (!target || !step) return;
    const { left, top, right, bottom } = target;
    Object.assign(this.#ring.style, {
      translate: `${left - RING}px ${top - RING}px`,
      width: `${right - left + 2 * RING}px`,
      height: `${bottom - top + 2 * RING}px`,
    });
    const sheet = matchMedia(SHEET).matches;
    const { offsetWidth: width, offsetHeight: height } = this.#box;
    this.#page.style.setProperty("--sheet", sheet ? `${height}px` : "0px");
    const window = { width: document.documentElement.clientWidth, height: innerHeight };
    const { sides, alignment } = SIDES[step.target];
    const { x, y, side } = placed(target, { width, height }, window, sides, alignment);
    this.#box.dataset.side = sheet ? "" : (side ?? "");
    this.#box.style.translate = sheet ? "" : `${Math.round(x)}px ${Math.round(y)}px`;
  }
}

function isMain(element: Element | null): boolean {
  return element?.id === "main";
}
