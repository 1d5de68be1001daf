/** A run's relatives as a file: a bar for each over the epochs, which leaves its parent's where it was forked. */
import type { Relative } from "../growth/family.ts";
import { linear, ticks } from "../maths/scale.ts";
import { integer } from "../text/format.ts";
import { type GroundName, inksOn } from "./ground.ts";
import { type Content, fitted, tag } from "./markup.ts";
import { type Caption, EDGE, type Figure, figureOf, headOf, text } from "./sheet.ts";

export interface FamilyFigure extends Caption {
  readonly family: readonly Relative[];
  /** Name of the run that it was asked for. */
  readonly own: string;
  readonly ground: GroundName;
}

const [NAMES, BARS] = [250, 500];
const GAP = 16;
const ROW = 36;
const INDENT = 12;

export function familyFigure(tree: FamilyFigure): Figure {
  const { family, own, ground } = tree;
  const inks = inksOn(ground);
  const left = EDGE + NAMES + GAP;
  const last = Math.max(1, ...family.map(({ end }) => end));
  const x = linear(0, last, left, left + BARS).at;
  const top = headOf(tree);
  const bottom = top + family.length * ROW;
  const middleOf = (row: number) => top + (row + 0.5) * ROW;
  const rows = new Map(family.map(({ name }, row) => [name, row]));
  return figureOf(
    tree,
    { width: NAMES + GAP + BARS + 24, height: family.length * ROW + 30 },
    ground,
    ticks(0, last, 5)
      .filter(Number.isInteger)
      .map((epoch) => [
        tag("line", { x1: x(epoch), x2: x(epoch), y1: top, y2: bottom + 5, stroke: inks.sunken }),
        text(integer(epoch), x(epoch), bottom + 21, { size: 12, fill: inks.soft, anchor: "middle" }),
      ]),
    text("epoch", left - 12, bottom + 21, { size: 12, fill: inks.soft, anchor: "end" }),
    family.map((relative, row): Content => {
      const colour = relative.name === own ? inks.accent : inks.line;
      const middle = middleOf(row);
      const parent = rows.get(relative.parent ?? "");
      const from = x(relative.begun);
      const indent = relative.depth * INDENT;
      return [
        text(fitted(relative.name, 14, NAMES - indent), EDGE + indent, middle + 5, {
          size: 14,
          fill: relative.run ? (relative.name === own ? inks.accent : inks.ink) : inks.soft,
          weight: relative.name === own ? 640 : 500,
        }),
        parent !== undefined &&
          parent < row &&
          tag("path", {
            d: `M${from} ${middleOf(parent)}V${middle - 7}q0 7 7 7h4`,
            fill: "none",
            stroke: colour,
            "stroke-width": 2,
          }),
        relative.run
          ? tag("rect", {
              x: from,
              y: middle - 4,
              width: Math.max(2, x(relative.end) - from),
              height: 8,
              rx: 4,
              fill: colour,
            })
          : tag("line", {
              x1: from,
              x2: x(relative.end),
              y1: middle,
              y2: middle,
              stroke: colour,
              "stroke-width": 2,
              "stroke-dasharray": "5 4",
            }),
        (relative.run?.extended_at ?? []).map((epoch) =>
          tag("rect", { x: x(epoch) - 1, y: middle - 8, width: 2, height: 16, fill: inks.ink }),
        ),
      ];
    }),
  );
}
