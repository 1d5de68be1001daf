/** What a comparison came to, as bars: the value of each row at its last measured epoch, the best first. */
import type { IntervalBars } from "../../charts/intervalBars.ts";
import { barRange, type Comparison, outcomes } from "../../core/experiments/comparison.ts";
import { integer } from "../../core/text/format.ts";

export const WHISKERS =
  "Ordered by result. Whiskers are 95\u00a0% intervals of the mean; one without an end goes on where no value can be.";

/** @param colourOf colour of a row, by its number. */
export function showOutcomes(
  bars: IntervalBars,
  comparison: Comparison,
  colourOf: (combination: number) => string,
): void {
  const ends = outcomes(comparison);
  const epochs = new Set(ends.map(({ epoch }) => epoch));
  const [only] = epochs.size === 1 ? epochs : [];
  bars.update(
    ends.map((end) => ({
      ...end,
      colour: colourOf(end.combination),
      text: only === undefined ? `${end.text}, epoch ${integer(end.epoch)}` : end.text,
    })),
    barRange(ends, comparison.metric),
    only === undefined ? "each at its last measured epoch" : `epoch ${integer(only)}`,
  );
}
