/**
 * Surgery: edits that scale parts of layers, and how they are written in a link.
 *
 * One edit is `layer*r0-3*c5*h1.4*x0`: rows 0 to 3, column 5, channels 1 and 4, scaled by 0 (switched off).
 * A part that is left out means all of it. These characters stay readable in a link.
 */
import type { Codec } from "../navigation/linkState.ts";

export const PARTS = ["rows", "columns", "channels"] as const;
export type Part = (typeof PARTS)[number];

export interface Edit {
  readonly layer: string;
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
  readonly channels?: readonly number[];
  readonly scale: number;
}

const LETTERS: Readonly<Record<Part, string>> = { rows: "r", columns: "c", channels: "h" };
const MOST = 4096;

export const editsCodec: Codec<readonly Edit[]> = {
  read(text) {
    const edits = text.split(",").map(readEdit);
    return edits.every((edit) => edit !== undefined) ? edits : undefined;
  },
  write: (edits) => edits.map(writeEdit).join(","),
};

/** Sorted numbers, consecutive ones joined: [0, 1, 2, 5] → "0-2.5". */
export function writeRuns(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    runs.push(end > start ? `${sorted[start]}-${sorted[end]}` : `${sorted[start]}`);
    start = end + 1;
  }
  return runs.join(".");
}

/** undefined if the text is not such a list, or has numbers that no layer reaches. */
export function readRuns(text: string): number[] | undefined {
  const numbers = new Set<number>();
  for (const run of text.split(".")) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(run);
    if (!match) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last < first || last >= MOST) return undefined;
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

function writeEdit(edit: Edit): string {
  const parts = PARTS.flatMap((part) => {
    const numbers = edit[part];
    return numbers ? [`${LETTERS[part]}${writeRuns(numbers)}`] : [];
  });
  return [edit.layer, ...parts, `x${edit.scale}`].join("*");
}

function readEdit(text: string): Edit | undefined {
  const [layer = "", ...words] = text.split("*");
  if (!/^[\w.-]+$/.test(layer)) return undefined;
  const edit: { -readonly [K in keyof Edit]: Edit[K] } = { layer, scale: 0 };
  for (const word of words) {
    const rest = word.slice(1);
    if (word.startsWith("x")) {
      const scale = Number(rest);
      if (rest === "" || !Number.isFinite(scale) || Math.abs(scale) > 100) return undefined;
      edit.scale = scale;
      continue;
    }
    const part = PARTS.find((one) => word.startsWith(LETTERS[one]));
    const numbers = readRuns(rest);
    if (!part || !numbers) return undefined;
    edit[part] = numbers;
  }
  return edit;
}

/** In words: "rows 0-3 × channel 5 of stage_2: off". */
export function describeEdit(edit: Edit): string {
  return `${describePart(edit)}: ${edit.scale === 0 ? "off" : `× ${edit.scale}`}`;
}

/** What is edited: "rows 0-3 × channel 5 of stage_2". */
export function describePart(edit: Edit): string {
  const parts = PARTS.flatMap((part) => {
    const numbers = edit[part];
    if (!numbers) return [];
    const noun = numbers.length === 1 ? part.slice(0, -1) : part;
    return [`${noun} ${writeRuns(numbers).replaceAll(".", ", ")}`];
  });
  return `${parts.length > 0 ? parts.join(" × ") : "everything"} of ${edit.layer}`;
}

/** The edits that fit a model: those of its layers, with the rows, columns and channels that exist. */
export function fittingEdits(
  edits: readonly Edit[],
  layers: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Edit[] {
  return edits.flatMap((edit) => {
    const layer = layers.find(({ name }) => name === edit.layer);
    if (!layer) return [];
    const fitted: { -readonly [K in keyof Edit]: Edit[K] } = { layer: edit.layer, scale: edit.scale };
    for (const [index, part] of PARTS.entries()) {
      const numbers = edit[part];
      if (!numbers) continue;
      const inside = numbers.filter((number) => number < (layer.shape[index] ?? 0));
      if (inside.length === 0) return [];
      fitted[part] = inside;
    }
    return [fitted];
  });
}

/** The parts of edits that do not fit a model: those of other layers, and rows, columns and channels beyond its own. */
export function lostEdits(edits: readonly Edit[], layers: Parameters<typeof fittingEdits>[1]): Edit[] {
  return edits.flatMap((edit) => {
    const layer = layers.find(({ name }) => name === edit.layer);
    if (!layer) return [edit];
    const beyond = PARTS.flatMap((part, index) => {
      const outside = edit[part]?.filter((number) => number >= (layer.shape[index] ?? 0)) ?? [];
      return outside.length > 0 ? [[part, outside] as const] : [];
    });
    return beyond.length > 0
      ? [{ layer: edit.layer, ...Object.fromEntries(beyond), scale: edit.scale }]
      : [];
  });
}
