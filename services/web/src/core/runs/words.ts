/** What is said of a run in the lists and on its page. */
import type { RunView } from "../../api/types.ts";
import { STATES } from "../vocabulary/states.ts";

/** The state, or the request that the run has not carried out yet. */
export function stateWord(run: Pick<RunView, "state" | "request">): string {
  if (run.state !== "running" || !run.request) return STATES[run.state].label;
  return run.request === "pause" ? "Pausing…" : "Cancelling…";
}

/** The place of a queued run in the queue. */
export function placeInLine(position: number | null | undefined): string {
  if (!position) return "waiting for a worker";
  return position === 1 ? "next in line" : `${position - 1} ${position === 2 ? "run" : "runs"} ahead of it`;
}

/** Said of a map that a run does not have. */
export function noMapWords(run: Pick<RunView, "state">): string {
  return STATES[run.state].ended ? "none was drawn" : "not drawn yet";
}

/** What a run is about, in one line: "mnist · 2D latent space · 3 folds · conditional". */
export function subject(spec: RunView["spec"]): string {
  const { dim = 2, folds = 0 } = spec.latent ?? {};
  const parts = [spec.dataset, `${dim}D latent space`];
  if (folds) parts.push(`${folds} ${folds === 1 ? "fold" : "folds"}`);
  if (spec.conditional) parts.push("conditional");
  return parts.join(" · ");
}
