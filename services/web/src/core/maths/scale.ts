/** Linear scales with round ticks, for charts. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Position of a value in pixels. */
  at(value: number): number;
  /** Value at a position in pixels. */
  invert(pixel: number): number;
}

export function linear(low: number, high: number, from: number, to: number): Scale {
  const span = high - low || 1;
  return {
    low,
    high,
    at: (value) => from + ((value - low) / span) * (to - from),
    invert: (pixel) => low + ((pixel - from) / (to - from || 1)) * span,
  };
}

/** The step of 1, 2 or 5 times a power of ten that divides a span into about `count` parts. */
export function tickStep(span: number, count: number): number {
  const raw = Math.abs(span) / Math.max(1, count);
  if (raw === 0 || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const rest = raw / power;
  return power * (rest > 5 ? 10 : rest > 2 ? 5 : rest > 1 ? 2 : 1);
}

/** Round values inside [low, high]. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * step;
    return Number(value.toPrecision(12));
  });
}

/** The range of some values, widened to round ends; it includes zero if that is near. */
export function niceExtent(values: Iterable<number>, count = 4): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low > 0 && low < 0.6 * high) low = 0;
  if (low === high) high = low + (Math.abs(low) || 1);
  const step = tickStep(high - low, count);
  return [
    Number((Math.floor(low / step + 1e-9) * step).toPrecision(12)),
    Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12)),
  ];
}

export type Sample = readonly [x: number, y: number];

/** At most two samples for each of `buckets` equal parts: the lowest and the highest. */
export function thinned(samples: readonly Sample[], buckets: number): readonly Sample[] {
  if (samples.length <= buckets * 2) return samples;
  const kept: Sample[] = [];
  const size = samples.length / buckets;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const part = samples.slice(Math.floor(bucket * size), Math.floor((bucket + 1) * size));
    let low = part[0];
    let high = part[0];
    for (const sample of part) {
      if (low && sample[1] < low[1]) low = sample;
      if (high && sample[1] > high[1]) high = sample;
    }
    if (!low || !high) continue;
    if (low === high) kept.push(low);
    else kept.push(...(low[0] < high[0] ? [low, high] : [high, low]));
  }
  return kept;
}
