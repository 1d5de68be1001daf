/** One field of the form of a training, and the sections that fields stand in. */
import type { SpecDraft } from "../../api/types.ts";
import type { Knob } from "../vocabulary/knobs.ts";

export type Field = Knob & {
  /** Where its value is in the spec, such as `latent.dim`. */
  readonly path: string;
  /** Whether it means anything in this draft; absent: always. */
  readonly when?: (draft: SpecDraft) => boolean;
};

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
  /** Fields that belong together, side by side. */
  readonly groups?: readonly { readonly title: string; readonly fields: readonly Field[] }[];
  /** Folded away at first. */
  readonly advanced?: boolean;
}

/** All fields of a section, including those in groups. */
export function fieldsOf({ fields, groups = [] }: Section): readonly Field[] {
  return [...fields, ...groups.flatMap((group) => group.fields)];
}
