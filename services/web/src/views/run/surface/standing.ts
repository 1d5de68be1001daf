/** How a loss surface stands while there is none to see, and what can be asked for. */
import type { LossSurface, LossSurfaceJob, SurfaceKind } from "../../../api/types.ts";
import { SURFACE_NEEDS } from "../../../core/growth/states.ts";
import { integer } from "../../../core/text/format.ts";
import { button, skeleton } from "../../../ui/controls.ts";
import { h } from "../../../ui/dom.ts";
import { icon } from "../../../ui/icons.ts";

export type Standing =
  | { readonly kind: "unknown" }
  | { readonly kind: "none" }
  | { readonly kind: "job"; readonly job: LossSurfaceJob }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "there"; readonly surface: LossSurface };

export interface Orders {
  readonly compute: () => void;
  readonly stop: () => void;
}

/**
 * In place of the surface.
 *
 * @param epochs whose training states the run keeps.
 */
export function standingView(
  standing: Standing,
  kind: SurfaceKind,
  epochs: readonly number[],
  orders: Orders,
): HTMLElement {
  if (standing.kind === "unknown") return skeleton("surface-skeleton");
  if (standing.kind === "job") return progressView(standing.job, orders.stop);
  const few = epochs.length < SURFACE_NEEDS;
  const failed = standing.kind === "failed";
  return h(
    "div",
    { class: "surface-none" },
    failed
      ? h("div", { class: "note bad", role: "alert" }, icon("warning"), h("p", {}, standing.why))
      : null,
    h(
      "p",
      { class: "growth-text" },
      "The loss over a plane through the weights of this training, and the way that the training took over it. ",
      few ? needsWords(epochs.length) : planeWords(kind),
    ),
    few ? null : computeButton(failed ? "Try again" : "Compute it", orders.compute),
  );
}

function needsWords(kept: number): string {
  return `It takes at least ${SURFACE_NEEDS} training states, and this run keeps ${kept || "none"}. Train with “Training states kept: of every version” to see it.`;
}

function planeWords({ network, directions }: SurfaceKind): string {
  return directions === "path"
    ? `The plane lies along the two directions in which the ${network}’s weights moved most.`
    : `The plane is spanned by two random directions, scaled to the ${network}’s filters.`;
}

function computeButton(label: string, click: () => void, kind: "primary" | "plain" = "plain") {
  return button({ label, icon: "map", kind, click });
}

function progressView({ state, progress: { step, steps } }: LossSurfaceJob, stop: () => void): HTMLElement {
  const share = steps ? (step ?? 0) / steps : 0;
  const percent = Math.floor(share * 100);
  return h(
    "div",
    { class: "surface-none" },
    h(
      "p",
      { class: "growth-text", role: "status" },
      state === "queued"
        ? "It waits in the line of trainings for a worker."
        : `Being computed, ${percent} % done.`,
    ),
    h(
      "div",
      {
        class: "progress",
        role: "progressbar",
        "aria-label": "Loss surface",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-valuenow": percent,
      },
      h("div", { class: "progress-fill", style: { transform: `scaleX(${share.toFixed(4)})` } }),
    ),
    button({ label: "Stop", icon: "stop", click: stop }),
  );
}

/** Offered of a surface that is older than the run's newest state. */
export function renewal(
  surface: LossSurface,
  epochs: readonly number[],
  compute: () => void,
): HTMLElement | null {
  const newest = epochs.at(-1) ?? 0;
  if (newest <= surface.epoch || epochs.length < SURFACE_NEEDS) return null;
  return h(
    "div",
    { class: "surface-again" },
    h(
      "p",
      { class: "growth-text" },
      `It ends at epoch ${integer(surface.epoch)}; the run has gone on to ${integer(newest)}.`,
    ),
    computeButton("Compute it again", compute, "plain"),
  );
}
