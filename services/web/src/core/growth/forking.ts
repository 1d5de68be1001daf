/** What a fork may change, why the rest stays, and what of a draft is a change. */
import changeable from "../../api/changeable.json" with { type: "json" };
import type { SpecDraft, SpecValue } from "../../api/types.ts";
import type { Field, Section } from "../training/field.ts";

/** Fields that are asked for beside the changes. */
const APART: readonly string[] = ["name"];

const lies = (path: string, within: string) => path === within || path.startsWith(`${within}.`);

export function isChangeable(path: string): boolean {
  return [...APART, ...changeable].some((allowed) => lies(path, allowed));
}

/** Why a field stays as it is; the first entry that a field lies in counts. */
const KEPT_BECAUSE: Readonly<Record<string, string>> = {
  dataset: "Its networks have learnt these images.",
  "latent.dim": "The generator’s first layer has one input for each number.",
  "latent.folds": "The generator’s first layer has two inputs for each wave.",
  "latent.prior": "The generator has learnt what lies where in this space.",
  conditional: "Both networks have been built with the class as an input, or without it.",
  "network.conditioning": "Its layers depend on how the class enters.",
  "network.activation": "The generator’s weights have been learnt with this function.",
  "network.discriminator_activation": "The discriminator’s weights have been learnt with this function.",
  "network.batch_norm": "Its statistics are a part of the generator’s weights.",
  "network.architecture": "It decides which layers there are.",
  "network.filters": "It decides how many weights there are.",
  "network.kernel_size": "It decides how many weights there are.",
};

/** In one sentence; undefined: a fork may change the field. */
export function keptBecause(path: string): string | undefined {
  if (isChangeable(path)) return undefined;
  const reason = Object.entries(KEPT_BECAUSE).find(([kept]) => lies(path, kept))?.[1];
  return reason ?? "A fork keeps its networks and their weights.";
}

export interface ForkSections {
  /** The form's sections with the fields that a fork may change. */
  readonly open: readonly Section[];
  /** Its other fields, each with a label that says which group it stands in. */
  readonly kept: readonly Field[];
}

export function forkSections(sections: readonly Section[]): ForkSections {
  const free = ({ path }: Field) => isChangeable(path);
  const open = sections
    .map((section) => ({
      ...section,
      fields: section.fields.filter(free),
      groups: (section.groups ?? [])
        .map((group) => ({ ...group, fields: group.fields.filter(free) }))
        .filter((group) => group.fields.length > 0),
    }))
    .filter(({ fields, groups }) => fields.length + groups.length > 0);
  const kept = sections.flatMap(({ fields, groups = [] }) => [
    ...fields.filter((field) => !free(field)),
    ...groups.flatMap(({ title, fields: own }) =>
      own
        .filter((field) => !free(field))
        .map((field) => ({ ...field, label: `${title}: ${field.label.toLowerCase()}` })),
    ),
  ]);
  return { open, kept };
}

/**
 * The parts of a draft that differ from the parent's spec, apart from what is asked for beside them. A part that
 * has become another one, such as an optimiser, is given whole.
 */
export function changesOf(parent: SpecDraft, draft: SpecDraft): SpecDraft {
  const { name: _, epochs: __, ...changes } = differing(parent, draft);
  return changes;
}

function differing(before: SpecDraft, after: SpecDraft): SpecDraft {
  const changed: SpecDraft = {};
  for (const [key, value] of Object.entries(after)) {
    const was = before[key];
    if (isBranch(value) && isBranch(was)) {
      const inside = was.name === value.name ? differing(was, value) : value;
      if (Object.keys(inside).length > 0) changed[key] = inside;
    } else if (value !== was) changed[key] = value;
  }
  return changed;
}

function isBranch(value: SpecValue | undefined): value is SpecDraft {
  return value !== null && typeof value === "object";
}
