/** A chart as a file: its drawing, and above it what the colours mean. */
import { type GroundName, inksOn } from "./ground.ts";
import { Markup, tag, widthOf } from "./markup.ts";
import { type Caption, EDGE, type Figure, figureOf, headOf, text } from "./sheet.ts";

/** Pixels of a chart in a file, whatever the screen is like. */
export const CHART_WIDTH = 760;
export const CHART_HEIGHT = 340;

export interface Key {
  readonly label: string;
  readonly colour: string;
}

export interface ChartFigure extends Caption {
  /** Markup of what was drawn. */
  readonly drawing: string;
  readonly width: number;
  readonly height: number;
  readonly keys: readonly Key[];
  readonly ground: GroundName;
}

const SIZE = 13;
const LINE = 22;

export function chartFigure(chart: ChartFigure): Figure {
  const { drawing, width, height, ground } = chart;
  const places = placed(chart.keys, width);
  const rows = (places.at(-1)?.row ?? -1) + 1;
  const top = headOf(chart);
  const below = top + rows * LINE + (rows > 0 ? 8 : 0);
  const { ink } = inksOn(ground);
  return figureOf(
    chart,
    { width, height: below - top + height },
    ground,
    places.map(({ label, colour, x, row }) => [
      tag("rect", {
        x: EDGE + x,
        y: top + row * LINE + 2,
        width: 14,
        height: 10,
        rx: 2,
        fill: colour,
      }),
      text(label, EDGE + x + 20, top + row * LINE + 12, { size: SIZE, fill: ink }),
    ]),
    tag("svg", { x: EDGE, y: below, width, height, overflow: "visible" }, new Markup(drawing)),
  );
}

/** Places of the names, in as many rows as they need. */
function placed(keys: readonly Key[], width: number) {
  let [x, row] = [0, 0];
  return keys.map((key) => {
    const own = 20 + widthOf(key.label, SIZE) + 22;
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    const place = { ...key, x, row };
    x += own;
    return place;
  });
}
