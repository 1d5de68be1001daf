/** What training states weigh on the disk, and what is lost with them. */
import type { RunView } from "../../api/types.ts";
import { fileSize, integer } from "../text/format.ts";

type Spec = RunView["spec"];

/** States of the newest epochs, which every run keeps. */
const NEWEST = 2;
/** States that the loss surface needs. */
export const SURFACE_NEEDS = 3;

/**
 * How many training states a run keeps at its end.
 *
 * @param spec with its defaults, as in a preview.
 * @param begun epochs that were trained before it began, of a fork.
 */
export function statesKept(spec: Spec, begun = 0): number {
  const epochs = spec.epochs ?? 1;
  const { every = 10, keep = 20, states = "last" } = spec.export ?? {};
  if (states !== "all") return NEWEST;
  const versions = Math.min(keep, Math.ceil(epochs / every) - Math.floor(begun / every));
  // That of the epoch before the last is kept, version or not.
  return versions + ((epochs - 1) % every === 0 ? 0 : 1);
}

/** "about 156 MB on the disk, 10 of 15.6 MB each." */
export function costWords(stateBytes: number, spec: Spec, begun = 0): string {
  const count = statesKept(spec, begun);
  return `about ${fileSize(stateBytes * count)} on the disk, ${integer(count)} of ${fileSize(stateBytes)} each.`;
}

/** "epoch 60", "epochs 50 and 60", "epochs 10, 20 and 30", "6 epochs from 10 to 60". */
export function epochsWords(epochs: readonly number[], most = 4): string {
  const [first = 0] = epochs;
  const last = epochs.at(-1) ?? first;
  if (epochs.length === 1) return `epoch ${integer(first)}`;
  if (epochs.length > most) {
    return `${integer(epochs.length)} epochs from ${integer(first)} to ${integer(last)}`;
  }
  return `epochs ${epochs.slice(0, -1).map(integer).join(", ")} and ${integer(last)}`;
}

/** Why a run has the states that it has. */
export function keptReason(spec: Spec): string {
  return spec.export?.states === "all"
    ? "It keeps those of all its versions, and the newest two."
    : "It keeps the newest two; with “Training states kept: of every version” it would keep those of all its versions.";
}

/** What can no longer be done once all states but the newest are removed. */
export function lostWords(epochs: readonly number[]): string {
  const gone = epochs.slice(0, -1);
  const newest = epochs.at(-1) ?? 0;
  const surface =
    epochs.length >= SURFACE_NEEDS ? " Its loss surface can no longer be computed from these states." : "";
  const are = gone.length === 1 ? "state of" : "states of";
  const removed = `The ${are} ${epochsWords(gone)} ${gone.length === 1 ? "is" : "are"} removed permanently`;
  return `${removed}: the run can no longer be forked there.${surface} That of epoch ${integer(newest)}, the newest, stays, so that the run can still go on or be forked from its end. Images, maps, versions and figures stay.`;
}
