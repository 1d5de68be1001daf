/** What the colours of a map mean, beside it: the classes with their shares, or a ramp with its range. */
import { classColour } from "../latent/palette.ts";
import { type Ramp, rampStops } from "../latent/ramps.ts";
import { figure, percent } from "../text/format.ts";
import type { Inks } from "./ground.ts";
import { type Content, fitted, tag, wrapped } from "./markup.ts";
import { text } from "./sheet.ts";

export const LEGEND_WIDTH = 250;
const ROW = 25;
const SWATCH = 15;
/** Size of what is said beside names and numbers. */
const SMALL = 13;
/** Rows that fit beside a map; of more classes those with the largest shares are named. */
export const ROWS_AT_MOST = 20;

export interface ClassLegend {
  readonly kind: "classes";
  readonly classes: readonly string[];
  /** In the order of the classes, 0 to 1. */
  readonly shares: readonly number[];
  /** What the shares are of. */
  readonly of: string;
}

export interface RampLegend {
  readonly kind: "ramp";
  readonly title: string;
  readonly ramp: Ramp;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** What the ends mean. */
  readonly meanings: readonly [low: string, high: string];
}

export type MapLegend = ClassLegend | RampLegend;

/** @param note said below. */
export function legendOf(legend: MapLegend, x: number, y: number, inks: Inks, note = ""): Content {
  const [drawn, bottom] =
    legend.kind === "classes" ? classRows(legend, x, y, inks) : rampBar(legend, x, y, inks);
  return [drawn, paragraph(note, x, bottom + 24, inks)];
}

function paragraph(words: string, x: number, y: number, inks: Inks): Content {
  if (words === "") return undefined;
  const style = { size: SMALL, fill: inks.soft } as const;
  return wrapped(words, SMALL, LEGEND_WIDTH).map((line, index) => text(line, x, y + index * 18, style));
}

function classRows({ classes, shares, of }: ClassLegend, x: number, y: number, inks: Inks) {
  const rows = shownClasses(shares);
  const right = x + LEGEND_WIDTH;
  const left = shares.filter((share, id) => share > 0 && !rows.includes(id)).length;
  const top = y + 32;
  const drawn: Content[] = [
    text("Class", x, y + 12, { size: 13, fill: inks.soft }),
    text(of, right, y + 12, { size: 13, fill: inks.soft, anchor: "end" }),
    rows.map((id, row) => {
      const at = top + row * ROW;
      const share = percent(shares[id] ?? 0);
      return [
        tag("rect", { x, y: at - SWATCH / 2, width: SWATCH, height: SWATCH, rx: 3, fill: classColour(id) }),
        text(fitted(classes[id] ?? String(id), 15, LEGEND_WIDTH - 90), x + SWATCH + 9, at + 5, {
          size: 15,
          fill: inks.ink,
        }),
        text(share, right, at + 5, { size: 15, fill: inks.ink, anchor: "end" }),
      ];
    }),
  ];
  const bottom = top + rows.length * ROW - ROW / 2;
  if (left === 0) return [drawn, bottom] as const;
  const rest = `and ${left} more ${left === 1 ? "class" : "classes"}`;
  return [[drawn, text(rest, x, bottom + 12, { size: 13, fill: inks.soft })], bottom + 16] as const;
}

/** All classes in their order; or those with the largest shares, where there are too many. */
export function shownClasses(shares: readonly number[]): readonly number[] {
  const all = shares.map((_, id) => id);
  if (all.length <= ROWS_AT_MOST) return all;
  return [...all]
    .sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))
    .slice(0, ROWS_AT_MOST)
    .sort((a, b) => a - b);
}

function rampBar(legend: RampLegend, x: number, y: number, inks: Inks) {
  const { title, ramp, low, high, unit, meanings } = legend;
  const stops = rampStops(ramp);
  const bar = y + 28;
  const below = bar + 18 + 20;
  const ends = [low, (low + high) / 2, high].map((value) => figure(value).replace("-", "−"));
  const [right, middle] = [x + LEGEND_WIDTH, x + LEGEND_WIDTH / 2];
  const said = { size: 13, fill: inks.soft } as const;
  const number = { size: 14, fill: inks.ink } as const;
  const drawn: Content[] = [
    tag(
      "defs",
      {},
      tag(
        "linearGradient",
        { id: "ramp" },
        stops.map((colour, index) =>
          tag("stop", { offset: `${(100 * index) / (stops.length - 1)}%`, "stop-color": colour }),
        ),
      ),
    ),
    text(fitted(title, 15, LEGEND_WIDTH), x, y + 13, { size: 15, fill: inks.ink, weight: 600 }),
    tag("rect", { x, y: bar, width: LEGEND_WIDTH, height: 18, rx: 3, fill: "url(#ramp)" }),
    text(ends[0], x, below, number),
    text(ends[1], middle, below, { ...number, anchor: "middle" }),
    text(ends[2], right, below, { ...number, anchor: "end" }),
    text(meanings[0], x, below + 20, said),
    text(meanings[1], right, below + 20, { ...said, anchor: "end" }),
    unit !== "" && paragraph(`in ${unit}`, x, below + 46, inks),
  ];
  return [
    drawn,
    below + (unit === "" ? 20 : 28 + 18 * wrapped(`in ${unit}`, SMALL, LEGEND_WIDTH).length),
  ] as const;
}
