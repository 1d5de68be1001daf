/** What surgery does to a map: the map before and after it, and what changed between them. */
import { levelsOf, type Numbers } from "../latent/scalarMap.ts";
import { percent } from "../text/format.ts";
import { type Theme, unitOf, valueText } from "../themes/theme.ts";

/** What of the two maps is shown. */
export const EFFECTS = ["before", "after", "changed"] as const;
export type Effect = (typeof EFFECTS)[number];

/** A map as it is drawn. */
export interface Drawn {
  /** In the order of the API's arrays: class ids, or the levels of numbers. */
  readonly cells: Uint8Array;
  readonly numbers: Numbers | undefined;
}

/** The same map without and with the edits; numbers in one range, so that their colours can be compared. */
export interface EffectMaps {
  readonly before: Drawn;
  readonly after: Drawn;
}

export interface Seen extends Drawn {
  /** Of each cell's colour, 0 to 255; undefined: all are full. */
  readonly opacity?: Uint8Array;
  /** Class ids before the edits, while those after them are shown. */
  readonly was?: Uint8Array;
}

/** Opacity of the cells that did not change, where what changed is shown. */
export const DIM = 38;

/** What is drawn of both maps. Of numbers, what changed is the difference. */
export function seenAs({ before, after }: EffectMaps, effect: Effect): Seen {
  if (effect === "before") return before;
  if (after.numbers && before.numbers) {
    return effect === "after" ? after : differenceOf(before.numbers, after.numbers);
  }
  const seen = { ...after, was: before.cells };
  if (effect === "after") return seen;
  return { ...seen, opacity: after.cells.map((id, cell) => (id === before.cells[cell] ? DIM : 255)) };
}

function differenceOf(before: Numbers, after: Numbers): Drawn {
  const values = after.values.map((value, cell) => value - (before.values[cell] ?? Number.NaN));
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 0);
  const { theme } = after;
  const change: Theme = {
    ...theme,
    title: `${theme.title}, change`,
    description: `What the edits add to “${theme.title}”, or take away from it.`,
    unit: unitOf(theme),
    range: [-most, most],
    ramp: "diverging",
    low: "lower than before",
    high: "higher than before",
  };
  return {
    cells: levelsOf(values, -most, most),
    numbers: { theme: change, values, low: -most, high: most },
  };
}

export interface ClassChange {
  /** Share of the cells that show another class, 0 to 1. */
  readonly share: number;
  /** Cells that went from one class to one other: the most of them; undefined: nothing changed. */
  readonly largest?: { readonly from: number; readonly to: number; readonly share: number };
}

export function changeOf(before: Uint8Array, after: Uint8Array): ClassChange {
  const counts = new Map<number, number>();
  after.forEach((to, cell) => {
    const from = before[cell] ?? to;
    if (from !== to) counts.set(from * 256 + to, (counts.get(from * 256 + to) ?? 0) + 1);
  });
  const all = Math.max(1, after.length);
  let [most, largest, changed] = [0, 0, 0];
  for (const [pair, count] of counts) {
    changed += count;
    if (count > most) [most, largest] = [count, pair];
  }
  if (changed === 0) return { share: 0 };
  return {
    share: changed / all,
    largest: { from: Math.floor(largest / 256), to: largest % 256, share: most / all },
  };
}

/** "18 % of the map changed; 7 took 9 % from 1." */
export function effectWords({ before, after }: EffectMaps, classes: readonly string[]): string {
  if (before.numbers && after.numbers) {
    const { theme } = after.numbers;
    return `${theme.title} changed by ${valueText(theme, meanChange(before.numbers, after.numbers))} on average.`;
  }
  const { share, largest } = changeOf(before.cells, after.cells);
  if (!largest) return "No cell of the map changed its class.";
  const name = (id: number) => classes[id] ?? String(id);
  const { from, to } = largest;
  return largest.share === share
    ? `${percent(share)} of the map changed, all of it from ${name(from)} to ${name(to)}.`
    : `${percent(share)} of the map changed; ${name(to)} took ${percent(largest.share)} from ${name(from)}.`;
}

/** Mean absolute difference of the values that are known in both maps. */
function meanChange(before: Numbers, after: Numbers): number {
  let [sum, count] = [0, 0];
  after.values.forEach((value, cell) => {
    const change = Math.abs(value - (before.values[cell] ?? Number.NaN));
    if (Number.isNaN(change)) return;
    sum += change;
    count += 1;
  });
  return count > 0 ? sum / count : Number.NaN;
}

/** Two shares of the map, before and after: "12 → 9.1 %". */
export function shareChange(before: number, after: number): string {
  const [first, second] = [percent(before), percent(after)];
  return first === second ? second : `${first.replace(" %", "")} → ${second}`;
}
