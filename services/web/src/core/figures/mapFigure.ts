/** A map or a cube for a slide: the picture with its axes, beside it what the colours mean. */
import { borderPath, type Grid, type Region } from "../latent/classMap.ts";
import { classColour, classRgb, inkOn } from "../latent/palette.ts";
import { ticks } from "../maths/scale.ts";
import { type GroundName, type Inks, inksOn } from "./ground.ts";
import { LEGEND_WIDTH, legendOf, type MapLegend, ROWS_AT_MOST } from "./legend.ts";
import { type Content, Markup, tag, widthOf } from "./markup.ts";
import { axisMark, type Caption, EDGE, type Figure, figureOf, headOf, signed, text } from "./sheet.ts";

/** Side of the picture. */
export const SIDE = 560;
/** Height of a map over one axis. */
const BAND = 150;
/** Room for the numbers and the name of the upright axis, and below for those of the other. */
const [LEFT, BELOW] = [54, 52];
const GAP = 40;
/** Letters of a path of borders from which on it would only make the file slow. */
const PATH_AT_MOST = 400_000;
/** Size of the names on regions. */
const NAME = 17;
const BORDER = { fill: "none", stroke: "#0c0d14", "stroke-opacity": 0.5 };

export interface MapFigure extends Caption {
  readonly legend: MapLegend;
  /** Said below the legend. */
  readonly note: string;
  readonly ground: GroundName;
}

export interface FlatFigure extends MapFigure {
  readonly grid: Grid;
  /** The cells as an image; and what is laid over them, if anything is. */
  readonly images: readonly string[];
  /** What the borders are drawn between; undefined: no borders. */
  readonly bordered: Grid | undefined;
  readonly named: readonly Region[];
  /** The class that was asked for, where cells of others are hatched. */
  readonly requested: number | undefined;
  readonly classes: readonly string[];
  readonly axes: readonly number[];
  readonly low: number;
  readonly high: number;
}

export function flatFigure(map: FlatFigure): Figure {
  const inks = inksOn(map.ground);
  const upright = map.axes.length > 1;
  const [x, y, high] = [EDGE + (upright ? LEFT : 0), headOf(map), upright ? SIDE : BAND];
  const box = { x, y, width: SIDE, height: high };
  return figureOf(
    map,
    { width: x - EDGE + SIDE + GAP + LEGEND_WIDTH, height: Math.max(high + BELOW, legendHeight(map)) },
    map.ground,
    map.images.map((href) => tag("image", { ...box, ...SHARP, href, preserveAspectRatio: "none" })),
    map.bordered && bordersOf(map.bordered, x, y, high),
    map.named.map((region) => nameOf(region, map, x, y, high)),
    tag("rect", { ...box, fill: "none", stroke: inks.line }),
    axesOf(map, x, y, high, inks),
    legendOf(map.legend, x + SIDE + GAP, y, inks, map.note),
  );
}

export interface CubeFigure extends MapFigure {
  /** The cube as it is turned. */
  readonly image: string;
  /** What is drawn over it, axes among it, 1000 by 1000. */
  readonly overlay: string;
}

export function cubeFigure(cube: CubeFigure): Figure {
  const [x, y] = [EDGE, headOf(cube)];
  const box = { x, y, width: SIDE, height: SIDE };
  return figureOf(
    cube,
    { width: SIDE + GAP + LEGEND_WIDTH, height: Math.max(SIDE, legendHeight(cube)) },
    cube.ground,
    tag("image", { ...box, href: cube.image }),
    tag("svg", { ...box, viewBox: "0 0 1000 1000", overflow: "visible" }, new Markup(cube.overlay)),
    legendOf(cube.legend, x + SIDE + GAP, y, inksOn(cube.ground), cube.note),
  );
}

/** Cells are squares with sharp edges. */
const SHARP = { "image-rendering": "pixelated" };

/** At most so high; a map over two axes is higher. */
function legendHeight({ legend, note }: MapFigure): number {
  const rows = legend.kind === "classes" ? Math.min(ROWS_AT_MOST, legend.classes.length) * 25 + 50 : 150;
  return rows + (note === "" ? 0 : 60);
}

/** A map of n cells samples both ends of its window: they lie half a cell within its outline. */
export function placeOf(value: number, low: number, high: number, cells: number): number {
  const share = (value - low) / (high - low || 1);
  return cells < 2 ? share : (share * (cells - 1) + 0.5) / cells;
}

function axesOf(map: FlatFigure, x: number, y: number, height: number, inks: Inks): Content {
  const { axes, low, high, grid } = map;
  const [right = 0, up] = axes;
  const bottom = y + height;
  const number = { size: 14, fill: inks.soft } as const;
  const name = { size: 17, fill: inks.ink, weight: 600, anchor: "middle" } as const;
  const round = ticks(low, high, 4);
  return [
    round.map((value) => {
      const at = x + placeOf(value, low, high, grid.columns) * SIDE;
      return [
        tag("line", { x1: at, x2: at, y1: bottom, y2: bottom + 6, stroke: inks.line }),
        text(signed(value), at, bottom + 22, { ...number, anchor: "middle" }),
      ];
    }),
    text(axisMark(right), x + SIDE / 2, bottom + 45, name),
    up !== undefined && [
      round.map((value) => {
        const at = bottom - placeOf(value, low, high, grid.rows) * height;
        return [
          tag("line", { x1: x - 6, x2: x, y1: at, y2: at, stroke: inks.line }),
          text(signed(value), x - 11, at + 5, { ...number, anchor: "end" }),
        ];
      }),
      text(axisMark(up), x - 42, y + height / 2 + 5, name),
    ],
  ];
}

function bordersOf(grid: Grid, x: number, y: number, height: number): Content {
  const d = borderPath(grid);
  if (d === "" || d.length > PATH_AT_MOST) return undefined;
  const [across, down] = [SIDE / grid.columns, height / grid.rows];
  // Not every program knows strokes that do not grow with their drawing.
  return new Markup(
    `<path transform="translate(${x} ${y}) scale(${across} ${down})" stroke-width="${1.1 / across}"${Object.entries(
      BORDER,
    )
      .map(([key, value]) => ` ${key}="${value}"`)
      .join("")} d="${d}"/>`,
  );
}

function nameOf(region: Region, map: FlatFigure, x: number, y: number, height: number): Content {
  const { grid, classes, requested } = map;
  const { classId } = region;
  const name = classes[classId] ?? String(classId);
  const at = x + ((region.column + 0.5) / grid.columns) * SIDE;
  const baseline = y + (1 - (region.row + 0.5) / grid.rows) * height + 6;
  const width = widthOf(name, NAME) + 10;
  // On a hatched region a name needs a place of its own.
  const plate = requested !== undefined &&
    requested !== classId && {
      x: at - width / 2,
      y: baseline - NAME,
      width,
      height: NAME + 6,
      rx: 4,
      fill: classColour(classId),
    };
  return [
    plate && tag("rect", plate),
    text(name, at, baseline, {
      size: NAME,
      fill: inkOn(classRgb(classId)),
      weight: 640,
      anchor: "middle",
    }),
  ];
}
