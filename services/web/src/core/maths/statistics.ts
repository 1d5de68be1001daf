/** Means over repeated trainings with Student's t interval, as in the API's comparisons. */

export interface Estimate {
  readonly mean: number;
  /** At 95 %; undefined for a single value, which has no spread. */
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly n: number;
}

/** mean ± t·s/√n (Student 1908), s with n − 1 degrees of freedom; undefined without values. */
export function estimate(values: readonly number[]): Estimate | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, interval: undefined, n };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = tQuantile(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: [mean - reach, mean + reach], n };
}

/**
 * The t below which 97.5 % of Student's distribution lies. The share between −t and t is a finite sum
 * (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4) that rises with the angle atan(t/√freedom), which is found by
 * bisection to machine precision.
 */
export function tQuantile(freedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (central(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(low);
}

/** The share of Student's distribution between −t and t, with t = √freedom·tan(angle). */
function central(angle: number, freedom: number): number {
  const odd = freedom % 2 === 1;
  const cosine = Math.cos(angle);
  let term = odd ? cosine : 1;
  let total = freedom > 1 ? term : 0;
  // Each term has two more factors than the one before: 2/3·4/5·… for odd, 1/2·3/4·… for even freedom.
  for (let factor = odd ? 2 : 1; factor < freedom - 2; factor += 2) {
    term *= (cosine * cosine * factor) / (factor + 1);
    total += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * total) : Math.sin(angle) * total;
}
