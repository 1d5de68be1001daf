/** How one setting of a training is shown: its label, its control, and what it does in plain words. */

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Words {
  readonly label: string;
  /** One or two sentences for somebody who meets the term for the first time. */
  readonly help: string;
}

export type Knob = Words &
  (
    | { readonly kind: "text" }
    | {
        readonly kind: "number";
        /** Whether it counts something, so that "5,000" is five thousand. */
        readonly whole?: true;
        readonly unit?: string;
        /** What an empty field stands for. */
        readonly automatic?: string;
        readonly presets?: readonly number[];
      }
    | { readonly kind: "choice"; readonly options: readonly Option[] }
    | { readonly kind: "switch" }
  );

/** The names of a table with their labels, as the options of a choice. */
export function optionsOf(table: Readonly<Record<string, string | { readonly label: string }>>): Option[] {
  return Object.entries(table).map(([value, words]) => ({
    value,
    label: typeof words === "string" ? words : words.label,
  }));
}
