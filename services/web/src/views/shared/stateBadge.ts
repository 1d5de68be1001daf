import type { Components, RunView } from "../../api/types.ts";
import { stateWord } from "../../core/runs/words.ts";
import { STATES } from "../../core/vocabulary/states.ts";
import { h } from "../../ui/dom.ts";

/** The state of a run in a word, with a colour, and a sentence on hover. */
export function stateBadge(run: Pick<RunView, "state" | "request">): HTMLElement {
  return h(
    "span",
    { class: "badge", "data-state": run.state, title: STATES[run.state].help },
    h("span", { class: "badge-dot" }),
    stateWord(run),
  );
}

/** The state of an experiment or of one of its runs, which may have been deleted. */
export function partBadge(state: Components["ExperimentRun"]["state"]): HTMLElement {
  if (state !== "missing") return stateBadge({ state, request: null });
  return h(
    "span",
    { class: "badge", "data-state": state, title: "It was deleted." },
    h("span", { class: "badge-dot" }),
    "Deleted",
  );
}
