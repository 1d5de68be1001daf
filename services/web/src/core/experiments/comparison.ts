/** What tables and charts show of a comparison: that of an experiment, or of any runs. */
import type { Components } from "../../api/types.ts";
import { rangeOf } from "../maths/series.ts";
import { METRICS, type Metric, type MetricWords } from "../vocabulary/metrics.ts";

export type Comparison = Components["Comparison"];
type Cell = Components["Cell"];

export function measured(cell: Cell): cell is Cell & { mean: number } {
  return cell.mean !== null;
}

/** `0.2 ± 0.05` in the metric's format; the interval is symmetric about the mean. */
export function cellText(cell: Cell, metric: Metric): string {
  if (!measured(cell)) return "–";
  const { format } = METRICS[metric];
  const [, high] = cell.interval ?? [];
  return high === undefined ? format(cell.mean) : `${format(cell.mean)} ± ${format(high - cell.mean)}`;
}

/** Range in which the intervals of lines are drawn. */
export function drawnRange(comparison: Comparison): readonly [low: number, high: number] {
  const means = comparison.rows.flatMap(({ cells }) => cells.filter(measured).map(({ mean }) => mean));
  const { unit } = METRICS[comparison.metric];
  if (comparison.epochs.length > 1) return rangeOf(means, unit);
  // A single epoch has no course that wide intervals would flatten.
  const bounds = boundsOf(comparison.metric, means);
  return spanOf(means, intervalsOf(comparison), bounds);
}

export interface ComparedLine {
  readonly combination: number;
  readonly label: string;
  readonly samples: readonly (readonly [epoch: number, mean: number])[];
  readonly around: readonly (readonly [epoch: number, low: number, high: number])[];
}

/** A line for each row, the best first, with its intervals as far as they are drawn. */
export function linesOf(comparison: Comparison): ComparedLine[] {
  const [low, high] = drawnRange(comparison);
  const within = (value: number) => Math.min(high, Math.max(low, value));
  return byResult(comparison).map(({ combination, label, cells }) => ({
    combination,
    label,
    samples: cells.filter(measured).map(({ epoch, mean }) => [epoch, mean] as const),
    around: cells.flatMap((cell) => {
      const interval = intervalOf(cell);
      return interval ? [[cell.epoch, within(interval[0]), within(interval[1])] as const] : [];
    }),
  }));
}

/** The rows, the best result first; what the verdict is not about comes last. */
export function byResult(comparison: Comparison): Comparison["rows"] {
  const { order } = comparison.verdict;
  const place = (combination: number) => {
    const found = order.indexOf(combination);
    return found < 0 ? order.length : found;
  };
  return comparison.rows.toSorted((one, other) => place(one.combination) - place(other.combination));
}

export interface Outcome {
  readonly combination: number;
  readonly label: string;
  /** Its value as text. */
  readonly text: string;
  readonly epoch: number;
  readonly mean: number;
  readonly interval: readonly [number, number] | undefined;
}

/** The value of each combination at the last epoch at which it was measured, the best first. */
export function outcomes(comparison: Comparison): Outcome[] {
  return byResult(comparison).flatMap(({ combination, label, cells }) => {
    const cell = cells.findLast(measured);
    if (!cell) return [];
    const text = cellText(cell, comparison.metric);
    return [{ combination, label, text, epoch: cell.epoch, mean: cell.mean, interval: intervalOf(cell) }];
  });
}

/** A scale that holds zero, all values and their whole intervals, as far as the metric has such values. */
export function barRange(
  ends: readonly Pick<Outcome, "mean" | "interval">[],
  metric: Metric,
): readonly [low: number, high: number] {
  const means = ends.map(({ mean }) => mean);
  const intervals = ends.flatMap(({ interval }) => (interval ? [interval] : []));
  return spanOf([0, ...means], intervals, boundsOf(metric, means));
}

/** Values that a metric cannot leave, although an interval about its mean may. */
function boundsOf(metric: Metric, means: readonly number[]): readonly [low: number, high: number] {
  const { unit, signed }: MetricWords = METRICS[metric];
  const low = signed || means.some((mean) => mean < 0) ? Number.NEGATIVE_INFINITY : 0;
  return [low, unit === "%" ? 1 : Number.POSITIVE_INFINITY];
}

function spanOf(
  values: readonly number[],
  intervals: readonly (readonly [number, number])[],
  [least, most]: readonly [number, number],
): readonly [number, number] {
  const all = [...values, ...intervals.flat()];
  return [Math.max(least, Math.min(...all)), Math.min(most, Math.max(...all))];
}

function intervalsOf({ rows }: Comparison): (readonly [number, number])[] {
  return rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => {
      const interval = intervalOf(cell);
      return interval ? [interval] : [];
    }),
  );
}

function intervalOf({ interval }: Cell): readonly [number, number] | undefined {
  const [low, high] = interval ?? [];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** How the verdict was reached, in one line. */
export function methodWords({ pairs }: Comparison["verdict"]): string {
  const [only] = pairs;
  if (!only) return "";
  const test = "Welch’s t-test on the means over the seeds";
  return pairs.length === 1
    ? `${test}; beyond chance: p < 0.05.`
    : `${test} of each of ${pairs.length} pairs, corrected after Holm; beyond chance: p < 0.05.`;
}

/** A p-value with two digits. */
export function pWords(p: number): string {
  return p < 0.001 ? "< 0.001" : String(Number(p.toPrecision(2)));
}

/** A sentence whose figures do not break: not before a percent sign, nor around ± and =. */
export function unbroken(sentence: string): string {
  return sentence.replace(/ (?=[%±=<])|(?<=[±=<]) /g, "\u00a0");
}
