/** What an experiment's table and charts show of its comparison. */
import type { Components } from "../../api/types.ts";
import { rangeOf } from "../maths/series.ts";
import { METRICS, type Metric } from "../vocabulary/metrics.ts";

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

/** Range in which the intervals of a comparison are drawn. */
export function drawnRange(comparison: Comparison): readonly [low: number, high: number] {
  const means = comparison.rows.flatMap(({ cells }) => cells.filter(measured).map(({ mean }) => mean));
  return rangeOf(means, METRICS[comparison.metric].unit);
}

export interface Outcome {
  readonly combination: number;
  readonly label: string;
  readonly epoch: number;
  readonly mean: number;
  readonly interval: readonly [number, number] | undefined;
}

/** The value of each combination at the last epoch at which it was measured. */
export function outcomes(comparison: Comparison): Outcome[] {
  return comparison.rows.flatMap(({ combination, label, cells }) => {
    const cell = cells.findLast(measured);
    if (!cell) return [];
    const [low, high] = cell.interval ?? [];
    const interval = low === undefined || high === undefined ? undefined : ([low, high] as const);
    return [{ combination, label, epoch: cell.epoch, mean: cell.mean, interval }];
  });
}
