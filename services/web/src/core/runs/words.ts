/** What states and figures are called, in words that a student understands. */
import type { RunView } from "../../api/types.ts";

type State = RunView["state"];

export const STATE_WORDS: Readonly<Record<State, string>> = {
  queued: "Waiting",
  running: "Training",
  paused: "Paused",
  succeeded: "Finished",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const STATE_HELP: Readonly<Record<State, string>> = {
  queued: "It starts as soon as a worker is free.",
  running: "A worker is training it now.",
  paused: "It keeps its state and can be resumed at any time.",
  succeeded: "All epochs are done.",
  failed: "Something went wrong. Once that is mended, it can be resumed from its last saved epoch.",
  cancelled: "It was stopped before its last epoch.",
};

/** The state, or what was asked of the run and is not done yet. */
export function stateWord(run: Pick<RunView, "state" | "request">): string {
  if (run.state !== "running" || !run.request) return STATE_WORDS[run.state];
  return run.request === "pause" ? "Pausing…" : "Cancelling…";
}

/** Where a queued run stands in the line. */
export function placeInLine(position: number | null | undefined): string {
  if (!position) return "waiting for a worker";
  return position === 1 ? "next in line" : `${position - 1} ${position === 2 ? "run" : "runs"} before it`;
}

/** What a run is about, in one line: "mnist · 2D latent space · conditional". */
export function subject(spec: RunView["spec"]): string {
  const parts = [spec.dataset, `${spec.latent?.dim ?? 2}D latent space`];
  if (spec.conditional) parts.push("conditional");
  return parts.join(" · ");
}
