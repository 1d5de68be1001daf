/** Lines over epochs, with optional bands and levels, values on hover and a mark at the shown epoch. */
import { niceExtent, type Sample, thinned } from "../core/maths/scale.ts";
import { svg } from "../ui/dom.ts";
import { type Frame, MARGIN } from "./axes.ts";
import { type ChartOptions, ChartShell, type EpochSpan, extentOf, frameOf } from "./frame.ts";

export interface Series {
  readonly label: string;
  /** CSS colour. */
  readonly colour: string;
  readonly samples: readonly Sample[];
  /** Interval around the line: [epoch, low, high]. */
  readonly around?: readonly Edge[];
  /** Its first sample is where it leaves another line. */
  readonly branches?: boolean;
}

function named({ label, colour }: Series, value: string) {
  return { label, value, colour };
}

type Edge = readonly [epoch: number, low: number, high: number];

/** A value to set the lines beside, such as that of pure guessing. */
export interface Level {
  readonly label: string;
  readonly value: number;
  /** CSS colour; neutral if not given. */
  readonly colour?: string;
}

export interface LineData extends EpochSpan {
  readonly series: readonly Series[];
  /** An area between two curves: [epoch, low, high]. */
  readonly band?: {
    readonly label: string;
    readonly edges: readonly Edge[];
  };
  readonly levels?: readonly Level[];
}

export interface LineOptions extends ChartOptions {
  readonly format: (value: number) => string;
  /** Values that the vertical axis always includes. */
  readonly include?: readonly number[];
  /** Whether the last values are said beside the chart already. */
  readonly unsaid?: boolean;
}

export class LineChart {
  readonly element: HTMLElement;
  readonly #shell: ChartShell;
  readonly #options: LineOptions;
  #data: LineData = { series: [], lastEpoch: 1 };

  constructor(options: LineOptions) {
    this.#options = options;
    this.#shell = new ChartShell(options);
    this.#shell.draw = (width, height) => this.#draw(width, height);
    // Every line is named, also one without a value.
    this.#shell.readOut = (epoch) =>
      this.#data.series.map((series) => {
        const sample = ownSamples(series).find(([x]) => x === epoch);
        return named(series, sample ? options.format(sample[1]) : "–");
      });
    // Lines may end at different epochs.
    this.#shell.atRest = () =>
      this.#data.series.map((series) => {
        const last = ownSamples(series).at(-1);
        if (options.unsaid) return named(series, "");
        return named(series, last ? options.format(last[1]) : "not measured");
      });
    this.#shell.legend = () => this.#data.series;
    this.element = this.#shell.element;
  }

  update(data: LineData): void {
    this.#data = data;
    this.#shell.events = data.events ?? [];
    this.#shell.over = data.over ?? false;
    const epochs = new Set(data.series.flatMap((series) => ownSamples(series).map(([x]) => x)));
    this.#shell.epochs = [...epochs].sort((a, b) => a - b);
  }

  mark(epoch: number | undefined): void {
    this.#shell.mark(epoch);
  }

  dispose(): void {
    this.#shell.dispose();
  }

  #draw(width: number, height: number): { frame: Frame; layers: SVGElement[] } | undefined {
    const { series, band, levels = [] } = this.#data;
    if (!series.some(({ samples }) => samples.length > 0)) return undefined;
    const values = [
      ...series.flatMap(({ samples }) => samples.map(([, y]) => y)),
      ...(band?.edges.flatMap(([, low, high]) => [low, high]) ?? []),
      ...series.flatMap(({ around = [] }) => around.flatMap(([, low, high]) => [low, high])),
      ...levels.map(({ value }) => value),
      ...(this.#options.include ?? []),
    ];
    const epochs = new Set(series.flatMap(({ samples }) => samples.map(([epoch]) => epoch)));
    const [only] = epochs.size === 1 && series.length > 1 ? epochs : [];
    if (only !== undefined) return this.#drawSingle(width, height, only, values);
    const frame = frameOf(width, height, extentOf(this.#data), niceExtent(values));
    const layers = this.#behind(frame);
    for (const line of series) {
      if (line.around && line.around.length > 1) layers.push(aroundOf(frame, line.around, line.colour));
      else for (const edge of line.around ?? []) layers.push(whiskerOf(frame, edge, line.colour, 0));
    }
    for (const line of series) layers.push(...lineOf(frame, line));
    for (const line of series) layers.push(...forkOf(frame, line));
    return { frame, layers };
  }

  /** The series of one epoch, beside each other in its middle. */
  #drawSingle(width: number, height: number, epoch: number, values: readonly number[]) {
    const { series } = this.#data;
    const frame = frameOf(width, height, [epoch - 1, epoch + 1], niceExtent(values), [epoch]);
    const marks = series.flatMap(({ samples: [sample], around: [edge] = [], colour }, index) => {
      if (!sample) return [];
      const beside = (index - (series.length - 1) / 2) * Math.min(BESIDE, (width * 0.7) / series.length);
      return [
        ...(edge ? [whiskerOf(frame, edge, colour, beside)] : []),
        svg("circle", {
          class: "chart-dot",
          cx: frame.x.at(epoch) + beside,
          cy: frame.y.at(sample[1]),
          r: 4.5,
          style: { fill: colour },
        }),
      ];
    });
    return { frame, layers: [...this.#behind(frame), ...marks] };
  }

  /** What the lines are set beside. */
  #behind(frame: Frame): SVGElement[] {
    const { band, levels = [] } = this.#data;
    const samples = this.#data.series.flatMap((series) => series.samples);
    return [
      ...(band && band.edges.length > 0 ? bandOf(frame, band.edges, band.label, samples) : []),
      ...levels.flatMap((level) => levelOf(frame, level, samples)),
    ];
  }
}

/** Pixels between the series of a chart of one epoch. */
const BESIDE = 26;
const CAP = 4;

/** An interval as a line with ends, so many pixels beside its epoch. */
function whiskerOf({ x, y }: Frame, [epoch, low, high]: Edge, colour: string, beside: number): SVGElement {
  const at = x.at(epoch) + beside;
  const [top, bottom] = [y.at(high), y.at(low)];
  return svg("path", {
    class: "chart-whisker",
    d: `M${at} ${top}V${bottom}M${at - CAP} ${top}h${2 * CAP}M${at - CAP} ${bottom}h${2 * CAP}`,
    style: { stroke: colour },
  });
}

/** The samples that were measured on the line itself. */
function ownSamples({ samples, branches }: Series): readonly Sample[] {
  return branches ? samples.slice(1) : samples;
}

/** A ring where a line leaves another one. */
function forkOf({ x, y }: Frame, { samples, colour, branches }: Series): SVGElement[] {
  const [fork] = samples;
  if (!branches || !fork) return [];
  const [cx, cy] = [x.at(fork[0]), y.at(fork[1])];
  return [svg("circle", { class: "chart-fork", cx, cy, r: 4.5, style: { stroke: colour } })];
}

function lineOf({ x, y, width }: Frame, series: Series): SVGElement[] {
  const { samples, colour } = series;
  const own = ownSamples(series);
  const points = thinned(samples, width).map(
    ([epoch, value]) => `${x.at(epoch).toFixed(1)},${y.at(value).toFixed(1)}`,
  );
  const last = own.at(-1);
  return [
    svg("polyline", { class: "chart-line", points: points.join(" "), style: { stroke: colour } }),
    // A few samples are marked as single measurements.
    ...(own.length <= 30 ? own : last ? [last] : []).map(([epoch, value]) =>
      svg("circle", {
        class: "chart-dot",
        cx: x.at(epoch),
        cy: y.at(value),
        r: own.length <= 30 ? 2.5 : 3.5,
        style: { fill: colour },
      }),
    ),
  ];
}

function aroundOf(frame: Frame, edges: readonly Edge[], colour: string): SVGElement {
  return svg("polygon", {
    class: "chart-around",
    points: outline(frame, edges),
    style: { fill: colour },
  });
}

function bandOf(
  frame: Frame,
  edges: readonly Edge[],
  label: string,
  samples: readonly Sample[],
): SVGElement[] {
  const { x } = frame;
  // The band is extended from its first and last edge to the ends of the axis.
  const first = edges[0] ?? [x.low, 0, 0];
  const last = edges.at(-1) ?? first;
  const wide = [[x.low, first[1], first[2]] as const, ...edges, [x.high, last[1], last[2]] as const];
  return [
    svg("polygon", { class: "chart-band", points: outline(frame, wide) }),
    nameOf(frame, label, [last[1], last[2]], samples),
  ];
}

function levelOf(
  frame: Frame,
  { label, value, colour = "var(--ink-soft)" }: Level,
  samples: readonly Sample[],
): SVGElement[] {
  const at = frame.y.at(value);
  const ends = { x1: MARGIN.left, x2: frame.width - MARGIN.right, y1: at, y2: at };
  return [
    svg("line", { class: "chart-level", ...ends, style: { stroke: colour } }),
    nameOf(frame, label, [value, value], samples),
  ];
}

/** Room that a name takes at an end of the plot, as a share of its width. */
const NAME_ROOM = 0.35;

/** The name of an area or a level: above it, or where there is no room, below; at the end that is freer of lines. */
function nameOf(
  { x, y, width }: Frame,
  label: string,
  [low, high]: readonly [number, number],
  samples: readonly Sample[],
): SVGElement {
  const above = y.at(high) - 4;
  const at = above < MARGIN.top + 8 ? y.at(low) + 13 : above;
  const room = (inside: (share: number) => boolean) =>
    Math.min(
      ...samples
        .filter(([epoch]) => inside((epoch - x.low) / (x.high - x.low)))
        .map(([, value]) => Math.abs(y.at(value) - (at - 4))),
    );
  const left = room((share) => share < NAME_ROOM) > room((share) => share > 1 - NAME_ROOM);
  const place = left
    ? { x: MARGIN.left + 3, "text-anchor": "start" }
    : { x: width - MARGIN.right - 3, "text-anchor": "end" };
  return svg("text", { class: "chart-level-name", y: at, ...place }, label);
}

/** Points along the upper edge and back along the lower one. */
function outline({ x, y }: Frame, edges: readonly Edge[]): string {
  const upper = edges.map(([epoch, , high]) => `${x.at(epoch)},${y.at(high)}`);
  const lower = edges.map(([epoch, low]) => `${x.at(epoch)},${y.at(low)}`).reverse();
  return [...upper, ...lower].join(" ");
}
