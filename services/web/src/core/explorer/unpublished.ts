/** What is said of a model that has no version: whether one can be expected depends on its training. */
import type { RunState } from "../../api/types.ts";
import { STATES } from "../vocabulary/states.ts";

export interface UnpublishedWords {
  readonly title: string;
  readonly text: string;
}

const EXPECTED = "This page opens the first version as soon as it is there.";

const TEXTS: Readonly<Record<RunState, string>> = {
  queued: `Its training waits for a free worker. ${EXPECTED}`,
  running: `Its training goes on. ${EXPECTED}`,
  paused: `Its training is paused, and has to be resumed first. ${EXPECTED}`,
  succeeded: "Its training has ended, and none of its versions is left.",
  failed: "Its training failed before it exported one. Its page says why, and can resume it.",
  cancelled: "Its training was cancelled before it exported one.",
};

/** @param state of the training; undefined: there is none of this name. */
export function unpublishedWords(name: string, state: RunState | undefined): UnpublishedWords {
  if (state === undefined) {
    return {
      title: `There is no model named ${name}`,
      text: "There is no training of this name either: it was deleted, or is misspelt in the link.",
    };
  }
  return { title: `${name} has no version${STATES[state].ended ? "" : " yet"}`, text: TEXTS[state] };
}
