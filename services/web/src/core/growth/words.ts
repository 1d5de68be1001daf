/** How runs have grown, in words. */
import type { Components, RunView } from "../../api/types.ts";
import { pathWords, variable } from "../experiments/variables.ts";
import { figure, integer } from "../text/format.ts";

export type Ancestor = Components["Ancestor"];
export type FieldChange = Components["FieldChange"];
export type TakenOver = Components["TakenOver"];

/** "wide at epoch 40, mnist-2d at epoch 20": the nearest first; empty if it is no fork. */
export function lineageWords(lineage: readonly Ancestor[] | null | undefined): string {
  return (lineage ?? []).map(({ run, epoch }) => `${run} at epoch ${integer(epoch)}`).join(", ");
}

/** Epochs at which a run was extended; empty if it never was. */
export function extensionWords(epochs: readonly number[] | null | undefined): string {
  return (epochs ?? []).map(integer).join(", ");
}

/** Epochs that were trained by others before a run began; 0 if it is no fork. */
export function begunAfter(run: Pick<RunView, "lineage">): number {
  return run.lineage?.[0]?.epoch ?? 0;
}

/** A changed setting: "Generator: learning rate", "0.0001", "0.0005". */
export interface ChangeWords {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export function changeWords({ field, before, after }: FieldChange): ChangeWords {
  return { label: pathWords(field), before: valueWords(field, before), after: valueWords(field, after) };
}

function valueWords(path: string, value: unknown): string {
  const known = variable(path);
  if (value === null || value === undefined) {
    return (known?.kind === "number" && known.automatic) || "none";
  }
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return Number.isInteger(value) ? integer(value) : figure(value);
  if (typeof value === "object") return JSON.stringify(value);
  const option = known?.kind === "choice" && known.options.find((one) => one.value === value);
  return option ? option.label : String(value);
}

/** What goes on from a state beside the networks, and what begins anew, in sentences. */
export function takenOverWords(taken: TakenOver): string[] {
  const { generator_optimizer: generator, discriminator_optimizer: discriminator, average } = taken;
  const goes = (one: "taken" | "begun_anew") =>
    one === "taken" ? "goes on with what it remembers" : "begins anew";
  return [
    "Both networks go on with their weights.",
    ...(generator === discriminator
      ? [
          generator === "taken"
            ? "Both optimisers go on with what they remember."
            : "Both optimisers begin anew.",
        ]
      : [`The generator’s optimiser ${goes(generator)}; the discriminator’s ${goes(discriminator)}.`]),
    ...AVERAGE[average],
  ];
}

const AVERAGE: Readonly<Record<TakenOver["average"], readonly string[]>> = {
  taken: ["The average of the generator’s weights goes on."],
  begun_anew: ["The average of the generator’s weights begins at the weights of that epoch."],
  none: [],
};
