/** States of a run in words that a student understands. */
import type { RunState } from "../../api/types.ts";

interface StateWords {
  readonly label: string;
  readonly help: string;
  /** Whether the run has ended. */
  readonly ended: boolean;
}

export const STATES: Readonly<Record<RunState, StateWords>> = {
  queued: {
    label: "Waiting",
    help: "It starts as soon as a worker is free. It can be paused, and others go first.",
    ended: false,
  },
  running: { label: "Training", help: "A worker is training it now.", ended: false },
  paused: {
    label: "Paused",
    help: "It keeps what it has learnt and can be resumed at any time; then it waits at the end of the queue.",
    ended: false,
  },
  succeeded: { label: "Finished", help: "All epochs are done.", ended: true },
  failed: {
    label: "Failed",
    help: "Something went wrong. Once that is fixed, it can be resumed from its last saved epoch.",
    ended: true,
  },
  cancelled: { label: "Cancelled", help: "It was stopped before its last epoch.", ended: true },
};

/** States of runs that have not ended yet. */
export const ACTIVE_STATES: readonly string[] = Object.entries(STATES).flatMap(([state, { ended }]) =>
  ended ? [] : [state],
);
