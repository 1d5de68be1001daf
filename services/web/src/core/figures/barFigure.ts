/** Bars as a file: a name, a bar from zero with its interval, and a value in each row. */
import { linear, ticks } from "../maths/scale.ts";
import { type GroundName, inksOn } from "./ground.ts";
import { type Content, fitted, tag } from "./markup.ts";
import { type Caption, EDGE, type Figure, figureOf, headOf, text } from "./sheet.ts";

export interface BarRow {
  readonly label: string;
  readonly colour: string;
  readonly value: number;
  /** Ends of its whisker; undefined: none. */
  readonly interval?: readonly [low: number, high: number] | undefined;
  readonly text: string;
}

export interface BarFigure extends Caption {
  readonly rows: readonly BarRow[];
  /** Ends of the scale, zero among them or between them. */
  readonly scale: readonly [low: number, high: number];
  readonly tick: (value: number) => string;
  readonly ground: GroundName;
}

const [NAMES, BARS, VALUES] = [190, 430, 140];
const GAP = 14;
const ROW = 34;
const THICK = 16;
const CAP = 5;

export function barFigure(bars: BarFigure): Figure {
  const { rows, scale, ground } = bars;
  const inks = inksOn(ground);
  const left = EDGE + NAMES + GAP;
  const [low, high] = scale;
  const at = linear(low, high, left, left + BARS).at;
  const inside = (value: number) => at(Math.min(high, Math.max(low, value)));
  const top = headOf(bars);
  const bottom = top + rows.length * ROW;
  const said = { size: 14, fill: inks.ink } as const;
  return figureOf(
    bars,
    { width: NAMES + BARS + VALUES + 2 * GAP, height: rows.length * ROW + 28 },
    ground,
    ticks(low, high, 4).map((value) => [
      tag("line", { x1: at(value), x2: at(value), y1: top, y2: bottom + 5, stroke: inks.sunken }),
      text(bars.tick(value), at(value), bottom + 20, { size: 12, fill: inks.soft, anchor: "middle" }),
    ]),
    tag("line", { x1: at(low), x2: at(high), y1: bottom, y2: bottom, stroke: inks.line }),
    rows.map((row, index): Content => {
      const middle = top + (index + 0.5) * ROW;
      const [from, to] = [inside(Math.min(0, row.value)), inside(Math.max(0, row.value))];
      return [
        text(fitted(row.label, 14, NAMES), EDGE + NAMES, middle + 5, { ...said, anchor: "end" }),
        tag("rect", {
          x: from,
          y: middle - THICK / 2,
          width: to - from,
          height: THICK,
          rx: 2,
          fill: row.colour,
          "fill-opacity": row.interval ? 0.6 : undefined,
        }),
        row.interval && whisker(row.interval, middle),
        text(row.text, left + BARS + GAP, middle + 5, said),
      ];
    }),
  );

  /** An end that lies beyond the scale is left open. */
  function whisker([from, to]: readonly [number, number], middle: number): Content {
    const cap = (value: number) => `M${at(value).toFixed(1)} ${middle - CAP}v${2 * CAP}`;
    const caps = [from, to].filter((value) => value >= low && value <= high).map(cap);
    const d = `M${inside(from).toFixed(1)} ${middle}H${inside(to).toFixed(1)}${caps.join("")}`;
    return tag("path", { d, fill: "none", stroke: inks.ink, "stroke-width": 1.5 });
  }
}
