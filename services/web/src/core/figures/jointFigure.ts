/** Two themes of one map against each other, as a file. */
import { type Brush, jointCounts } from "../latent/jointHistogram.ts";
import type { Numbers } from "../latent/scalarMap.ts";
import { linear, ticks } from "../maths/scale.ts";
import { unitOf } from "../themes/theme.ts";
import { type GroundName, inksOn } from "./ground.ts";
import { type Content, tag } from "./markup.ts";
import { type Caption, EDGE, type Figure, figureOf, headOf, signed, text } from "./sheet.ts";

export interface JointFigure extends Caption {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly bins: number;
  /** A marked part; undefined: none. */
  readonly brush: Brush | undefined;
  readonly ground: GroundName;
}

const SIDE = 480;
const [LEFT, BELOW] = [76, 54];

export function jointFigure(joint: JointFigure): Figure {
  const { x, y, bins, brush, ground } = joint;
  const inks = inksOn(ground);
  const [left, top] = [EDGE + LEFT, headOf(joint)];
  const bottom = top + SIDE;
  const counts = jointCounts(x, y, bins);
  const most = Math.log1p(Math.max(...counts));
  const bin = SIDE / bins;
  const across = linear(x.low, x.high, left, left + SIDE).at;
  const up = linear(y.low, y.high, bottom, top).at;
  const number = { size: 13, fill: inks.soft } as const;
  const name = { size: 15, fill: inks.ink, weight: 600, anchor: "middle" } as const;
  const ends = (numbers: Numbers) => ticks(numbers.low, numbers.high, 4);
  return figureOf(
    joint,
    { width: LEFT + SIDE + 24, height: SIDE + BELOW },
    ground,
    [...counts].map(
      (count, index): Content =>
        count > 0 &&
        tag("rect", {
          x: left + (index % bins) * bin,
          y: bottom - (Math.floor(index / bins) + 1) * bin,
          width: bin,
          height: bin,
          fill: inks.accent,
          "fill-opacity": 0.12 + 0.88 * (Math.log1p(count) / most),
        }),
    ),
    brush &&
      tag("rect", {
        x: left + brush.left * SIDE,
        y: bottom - brush.top * SIDE,
        width: (brush.right - brush.left) * SIDE,
        height: (brush.top - brush.bottom) * SIDE,
        fill: "none",
        stroke: inks.ink,
        "stroke-width": 2,
      }),
    tag("rect", { x: left, y: top, width: SIDE, height: SIDE, fill: "none", stroke: inks.line }),
    ends(x).map((value) => [
      tag("line", { x1: across(value), x2: across(value), y1: bottom, y2: bottom + 6, stroke: inks.line }),
      text(signed(value), across(value), bottom + 22, { ...number, anchor: "middle" }),
    ]),
    ends(y).map((value) => [
      tag("line", { x1: left - 6, x2: left, y1: up(value), y2: up(value), stroke: inks.line }),
      text(signed(value), left - 11, up(value) + 4, { ...number, anchor: "end" }),
    ]),
    text(named(x), left + SIDE / 2, bottom + 46, name),
    text(named(y), EDGE + 14, top + SIDE / 2, { ...name, turn: -90 }),
  );
}

function named({ theme }: Numbers): string {
  const unit = unitOf(theme);
  return unit ? `${theme.title} (${unit})` : theme.title;
}
