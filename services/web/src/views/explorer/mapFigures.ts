/** The map of an explorer as a figure for a slide: with title, axes and legend. */
import type { ModelView } from "../../api/types.ts";
import type { Effect } from "../../core/explorer/effect.ts";
import { EFFECT_WORDS } from "../../core/explorer/mapWords.ts";
import { heldAxes } from "../../core/explorer/scene.ts";
import { GROUNDS, type GroundName } from "../../core/figures/ground.ts";
import type { MapLegend } from "../../core/figures/legend.ts";
import { cubeFigure, flatFigure, type MapFigure, SIDE } from "../../core/figures/mapFigure.ts";
import type { Figure } from "../../core/figures/sheet.ts";
import { sharesOf } from "../../core/latent/classMap.ts";
import { namedRegions } from "../../core/latent/regionNames.ts";
import { axisName, figure } from "../../core/text/format.ts";
import { unitOf } from "../../core/themes/theme.ts";
import { h } from "../../ui/dom.ts";
import { dataUrl } from "../../ui/figureFiles.ts";
import { paintGrid, paintMarks } from "../../ui/paint.ts";
import { bordered } from "../shared/classMapPicture.ts";
import type { MapController } from "./map/mapController.ts";
import type { SeenMap } from "./map/seenMap.ts";

/** Pixels of the picture for one of the figure, at least. */
const FINE = 3;

/** What is shown now, flat or a cube. */
export async function shownFigure(
  model: ModelView,
  maps: MapController,
  ground: GroundName,
): Promise<Figure> {
  const effect = maps.shownEffect.peek();
  const { seen: shown, cube, drawn: grid } = maps;
  if (!shown) throw new Error("The map is not there yet.");
  if (shown.query.axes.length === 3) {
    if (!cube) throw new Error("This browser cannot draw the cube; its sections can be downloaded.");
    const { picture, overlay } = await cube.figure(GROUNDS[ground].scheme, FINE * SIDE);
    const common = commonOf(model, shown, effect, shown.opacity, ground);
    return cubeFigure({ ...common, image: await dataUrl(picture), overlay });
  }
  if (!grid) throw new Error("The map is not there yet.");
  const { axes, range } = shown.query;
  const requested = maps.requested.peek();
  const cells = h("canvas");
  paintGrid(cells, grid);
  const marks = h("canvas");
  if (requested !== undefined) paintMarks(marks, grid, requested);
  return flatFigure({
    ...commonOf(model, shown, effect, grid.opacity, ground),
    grid,
    images: [cells, ...(requested === undefined ? [] : [marks])].map(sharp),
    bordered: bordered(grid),
    named: namedRegions(grid),
    requested,
    classes: model.classes,
    axes,
    low: range[0],
    high: range[1],
  });
}

function commonOf(
  { name, classes, latent_dim }: ModelView,
  { query, numbers, cells, pair }: SeenMap,
  effect: Effect,
  opacity: Uint8Array | undefined,
  ground: GroundName,
): MapFigure {
  const cube = query.axes.length === 3;
  const held = heldAxes(latent_dim, query.axes).map(
    (axis) => `${axisName(axis)} = ${figure(query.at[axis] ?? 0).replace("-", "−")}`,
  );
  const label = query.label === undefined ? [] : [`asked for ${classes[query.label] ?? query.label}`];
  const legend: MapLegend = numbers
    ? {
        kind: "ramp",
        title: numbers.theme.title,
        ramp: numbers.theme.ramp ?? "sequential",
        low: numbers.low,
        high: numbers.high,
        unit: unitOf(numbers.theme),
        meanings: [numbers.theme.low, numbers.theme.high],
      }
    : {
        kind: "classes",
        classes,
        shares: sharesOf(cells, classes.length),
        of: cube ? "Share of the cube" : "Share of the map",
      };
  const changes = pair !== undefined && effect === "changed";
  const notes = [
    ...(opacity ? [changes ? "Faint: as before." : "Fainter where the classifier is unsure."] : []),
    ...(query.label !== undefined && !numbers && !changes
      ? ["Hatched: another class than asked for."]
      : []),
  ];
  const what = numbers ? numbers.theme.title.toLowerCase() : "class";
  return {
    title: `${name}: ${what} ${cube ? "cube" : "map"}`,
    words: [`Epoch ${query.version}`, ...(pair ? [EFFECT_WORDS[effect]] : []), ...label, ...held].join(
      " · ",
    ),
    source: location.href,
    legend,
    note: notes.join(" "),
    ground,
  };
}

/** Enlarged by whole pixels, because not every program keeps their edges. */
function sharp(canvas: HTMLCanvasElement): string {
  const scale = Math.max(1, Math.ceil((FINE * SIDE) / Math.max(canvas.width, canvas.height)));
  const large = h("canvas", { width: canvas.width * scale, height: canvas.height * scale });
  const context = large.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the picture.");
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return large.toDataURL("image/png");
}
