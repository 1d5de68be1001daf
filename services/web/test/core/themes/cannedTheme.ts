import type { Theme } from "../../../src/core/themes/theme.ts";

/** A theme of numbers that no model offers. */
export function cannedTheme(own: Partial<Theme> = {}): Theme {
  return {
    name: "chance",
    kind: "scalar",
    unit: "probability",
    range: [0, 1],
    description: "Chance of rain",
    title: "Chance",
    ramp: "diverging",
    low: "dry",
    high: "wet",
    ...own,
  };
}
