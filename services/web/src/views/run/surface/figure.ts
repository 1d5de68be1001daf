/** The loss surface as a figure that stands alone: with its axes and its legend. */
import {
  type Box,
  bandColour,
  type Contours,
  paintContours,
  paintPath,
  pixelOf,
} from "../../../charts/contours.ts";
import { type GroundName, inksOn } from "../../../core/figures/ground.ts";
import { tag } from "../../../core/figures/markup.ts";
import { EDGE, type Figure, figureOf, headOf, text } from "../../../core/figures/sheet.ts";
import { SvgPen } from "../../../core/figures/svgPen.ts";
import { AXES, axisTicks, NETWORKS } from "../../../core/surface/surface.ts";
import { integer } from "../../../core/text/format.ts";
import { signed } from "./plot.ts";

const [WIDTH, HEIGHT] = [760, 530];
/** Room for the numbers and the name of the upright axis. */
const LEFT = 66;
/** Height of the band of colours, and how far below the plane it lies. */
const [BAND, LEGEND] = [14, 66];

export function surfaceFigure(contours: Contours, ground: GroundName, source: string): Figure {
  const { surface, edges } = contours;
  const [first, last] = [surface.path[0], surface.path.at(-1)];
  const grey = surface.loss.flat().includes(null) ? " Grey: no finite loss." : "";
  const caption = {
    title: `${surface.run}: loss of the ${NETWORKS[surface.network].toLowerCase()} around its training`,
    words: `The line is the path from epoch ${integer(first?.epoch ?? 0)} to epoch ${integer(last?.epoch ?? 0)}, with a dot for each state.${grey}`,
    source,
  };
  const box: Box = { left: EDGE + LEFT, top: headOf(caption), width: WIDTH, height: HEIGHT };
  const pen = new SvgPen();
  paintContours(pen, box, contours);
  paintPath(pen, box, surface);
  return figureOf(
    caption,
    { width: LEFT + WIDTH + 14, height: HEIGHT + LEGEND + BAND + 24 },
    ground,
    pen.markup,
    axesOf(contours, box, ground),
    legendOf(edges, box, ground),
  );
}

function axesOf({ surface }: Contours, box: Box, ground: GroundName) {
  const [xs, ys] = surface.axes;
  const { ink, soft } = inksOn(ground);
  const [across, up] = AXES[surface.directions];
  const bottom = box.top + box.height;
  const number = { size: 13, fill: soft } as const;
  const name = { size: 14, fill: ink, anchor: "middle" } as const;
  return [
    axisTicks(xs, 12).map((value) =>
      text(signed(value), pixelOf(surface, box, [value, ys[0] ?? 0])[0], bottom + 20, {
        ...number,
        anchor: "middle",
      }),
    ),
    axisTicks(ys, 10).map((value) =>
      text(signed(value), box.left - 10, pixelOf(surface, box, [xs[0] ?? 0, value])[1] + 4, {
        ...number,
        anchor: "end",
      }),
    ),
    text(across, box.left + box.width / 2, bottom + 44, name),
    text(up, EDGE + 10, box.top + box.height / 2, { ...name, turn: -90 }),
  ];
}

function legendOf(edges: readonly number[], box: Box, ground: GroundName) {
  const bands = edges.length - 1;
  const top = box.top + box.height + LEGEND;
  const width = box.width / bands;
  const number = { size: 13, fill: inksOn(ground).soft } as const;
  return [
    Array.from({ length: bands }, (_, band) =>
      tag("rect", {
        x: box.left + band * width,
        y: top,
        width: width + 0.5,
        height: BAND,
        fill: bandColour(band, bands),
      }),
    ),
    edges.map((edge, index) => {
      const anchor = index === 0 ? "start" : index === bands ? "end" : "middle";
      return (
        index % 3 === 0 &&
        text(signed(edge), box.left + index * width, top + BAND + 20, { ...number, anchor })
      );
    }),
    text("loss", box.left - 10, top + 12, { ...number, anchor: "end" }),
  ];
}
