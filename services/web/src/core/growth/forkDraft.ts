/** A fork while it is being written: the parent's spec with changes, and where it begins. */
import type { ForkDraft, SpecDraft, SpecValue } from "../../api/types.ts";
import { freeName, valueAt, withValue } from "../training/draft.ts";
import { type Beginning, NOTHING, stoodFor } from "../training/emptied.ts";
import { changesOf } from "./forking.ts";

export interface ForkForm {
  /** Epoch whose state it begins with. */
  readonly epoch: number;
  /** undefined: as many as the gateway proposes. */
  readonly epochs: SpecValue | undefined;
  readonly spec: SpecDraft;
}

export function newFork(parent: SpecDraft, epoch: number, taken: ReadonlySet<string>): ForkForm {
  const name = freeName(`${String(parent.name).slice(0, 58)}-fork`, taken);
  return { epoch, epochs: undefined, spec: { ...parent, name } };
}

/**
 * The form after a field was changed.
 *
 * @param typed undefined: it was emptied, and so is as the form began; the epochs as many as are proposed.
 */
export function withField(
  form: ForkForm,
  path: string,
  typed: SpecValue | undefined,
  begun: Beginning = NOTHING,
): ForkForm {
  if (path === "epoch") return { ...form, epoch: Number(typed) };
  if (path === "epochs") return { ...form, epochs: typed };
  const value = typed === undefined ? stoodFor(path, form.spec, begun) : typed;
  // An optimiser of another name has other parameters: those of the old one are dropped.
  const spec = path.endsWith(".name")
    ? withValue(form.spec, path.slice(0, -".name".length), { name: value ?? "" })
    : withValue(form.spec, path, value);
  return { ...form, spec };
}

export function fieldValue(form: ForkForm, path: string, proposed: SpecDraft): SpecValue | undefined {
  if (path === "epoch") return String(form.epoch);
  if (path === "epochs") return form.epochs ?? proposed.epochs;
  return valueAt(form.spec, path);
}

export function requestOf(parent: SpecDraft, { epoch, epochs, spec }: ForkForm): ForkDraft {
  return { name: String(spec.name ?? ""), epoch, epochs, changes: changesOf(parent, spec) };
}

/** Path of a field in the form, by its path in the request. */
export function fieldPath(path: string): string {
  return path.replace(/^changes\./, "");
}

/** The kept epoch that a fork begins with: the wanted one, or the newest before it; else the newest of all. */
export function startEpoch(kept: readonly number[], wanted: number | undefined): number | undefined {
  if (wanted === undefined) return kept.at(-1);
  return kept.findLast((epoch) => epoch <= wanted) ?? kept.at(-1);
}
