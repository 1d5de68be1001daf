/** How long an epoch takes, from runs that draw their maps more or less often. */

/** The same network as it was trained with a rhythm of maps. */
export interface Timed {
  readonly mapEvery: number;
  /** Of an epoch, maps included. */
  readonly seconds: number;
}

export interface EpochTime {
  readonly seconds: number;
  /** Which way it may be wrong: nothing is known of how long the maps alone take. */
  readonly bound: "at least" | "at most" | undefined;
}

/**
 * An epoch costs its training, and its share of a map: a + m / k for a map every k epochs. Runs with two rhythms
 * or more tell both; those with a single one tell a bound.
 *
 * @param runs at least one.
 */
export function epochTime(runs: readonly Timed[], mapEvery: number): EpochTime {
  const same = runs.filter((run) => rhythm(run.mapEvery) === rhythm(mapEvery));
  if (same.length > 0) return { seconds: median(same.map(({ seconds }) => seconds)), bound: undefined };
  const rhythms = new Set(runs.map((run) => rhythm(run.mapEvery)));
  if (rhythms.size > 1) return { seconds: fitted(runs, 1 / mapEvery), bound: undefined };
  const [known] = runs;
  const rarer = mapEvery > (known?.mapEvery ?? mapEvery);
  return { seconds: median(runs.map(({ seconds }) => seconds)), bound: rarer ? "at most" : "at least" };
}

/** Maps are drawn about as often: every 10 or every 9 epochs. */
export function rhythm(mapEvery: number): number {
  return Math.round(Math.log2(mapEvery));
}

/** Least squares of the seconds by the share of a map; neither part takes less than no time. */
function fitted(runs: readonly Timed[], share: number): number {
  const shares = runs.map((run) => 1 / run.mapEvery);
  const seconds = runs.map((run) => run.seconds);
  const [x, y] = [mean(shares), mean(seconds)];
  const spread = shares.reduce((sum, one) => sum + (one - x) ** 2, 0);
  const together = shares.reduce((sum, one, index) => sum + (one - x) * ((seconds[index] ?? y) - y), 0);
  // A map takes no more than what makes up all of the mean.
  const map = Math.min(Math.max(together / spread, 0), y / x);
  return y + map * (share - x);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
