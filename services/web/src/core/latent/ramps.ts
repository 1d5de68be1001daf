/**
 * Colours of numbers, from the same list as those of the gateway's pictures. A map of numbers is drawn in 255
 * levels of its range, so that whatever draws class ids also draws levels.
 */
import data from "../../api/ramps.json";
import type { Components } from "../../api/types.ts";
import { parseRgb, type Rgb } from "./palette.ts";
import { clamp } from "./vector.ts";

export type Ramp = NonNullable<Components["ThemeView"]["ramp"]>;

/** The highest level; the lowest is 0. */
export const TOP_LEVEL = 254;
/** The level of a place that has no number. */
export const UNKNOWN_LEVEL = 255;

const STOPS: Readonly<Record<Ramp, readonly string[]>> = data.ramps;
const unknown = parseRgb(data.unknown);

/** The colour of each level, `UNKNOWN_LEVEL` included. */
const TABLES: Readonly<Record<Ramp, readonly Rgb[]>> = {
  sequential: tableOf(STOPS.sequential),
  diverging: tableOf(STOPS.diverging),
};

/** Interpolated in sRGB between the stops. */
function tableOf(stops: readonly string[]): readonly Rgb[] {
  const colours = stops.map(parseRgb);
  const levels = Array.from({ length: TOP_LEVEL + 1 }, (_, level): Rgb => {
    const at = (level / TOP_LEVEL) * (colours.length - 1);
    const below = Math.min(Math.floor(at), colours.length - 2);
    const [from, to] = [colours[below] ?? unknown, colours[below + 1] ?? unknown];
    const mix = (channel: 0 | 1 | 2) =>
      Math.round(from[channel] + (to[channel] - from[channel]) * (at - below));
    return [mix(0), mix(1), mix(2)];
  });
  return [...levels, unknown];
}

export function rampRgb(ramp: Ramp, level: number): Rgb {
  return TABLES[ramp][level] ?? unknown;
}

export function rampColour(ramp: Ramp, level: number): string {
  return `rgb(${rampRgb(ramp, level).join(" ")})`;
}

/** Its colours at even distances, from the lowest to the highest value. */
export function rampStops(ramp: Ramp): readonly string[] {
  return STOPS[ramp];
}

/** The whole ramp as a CSS gradient from left to right. */
export function rampGradient(ramp: Ramp): string {
  return `linear-gradient(to right, ${STOPS[ramp].join(", ")})`;
}

/** The level of a value; values beyond the range have those of its ends. Of a range without width: the middle. */
export function levelOf(value: number, low: number, high: number): number {
  if (Number.isNaN(value)) return UNKNOWN_LEVEL;
  const share = high > low ? clamp((value - low) / (high - low), 0, 1) : 0.5;
  return Math.round(share * TOP_LEVEL);
}
