/** What a map shows at each point, as the model offers it; nothing here knows a theme by its name. */
import type { Components } from "../../api/types.ts";
import { signed } from "../text/format.ts";

export type Theme = Components["ThemeView"];

/** Share of the range around its middle within which a value leans to neither side. */
const UNDECIDED = 0.1;
/** Share of the range at either end within which a value is called low or high. */
const OUTER = 0.25;

/** The theme of numbers with this name; undefined: the classes are shown. */
export function scalarTheme(themes: readonly Theme[], name: string | undefined): Theme | undefined {
  return themes.find((theme) => theme.kind === "scalar" && theme.name === name);
}

export function scalarThemes(themes: readonly Theme[]): readonly Theme[] {
  return themes.filter((theme) => theme.kind === "scalar");
}

/** The theme that shows the classes; undefined if the model offers none. */
export function classTheme(themes: readonly Theme[]): Theme | undefined {
  return themes.find((theme) => theme.kind === "classes");
}

/** Each theme that one of several models offers, once: in the order of the first model, then of the others. */
export function themesOfAll(lists: readonly (readonly Theme[])[]): readonly Theme[] {
  const all = new Map<string, Theme>();
  for (const theme of lists.flat()) if (!all.has(theme.name)) all.set(theme.name, theme);
  return [...all.values()];
}

/** Said of a version that does not have the theme that was asked for. */
export function lackWords(version: number, theme: Theme): string {
  return `Epoch ${version} was exported without “${theme.title}”, so its classes are shown.`;
}

/** Unit after a number; a share needs none. */
export function unitOf(theme: Theme): string {
  return theme.range?.[0] === 0 && theme.range[1] === 1 ? "" : theme.unit;
}

/** "0.83", "4.1 pixel values per unit". */
export function valueText(theme: Theme, value: number): string {
  if (Number.isNaN(value)) return "not known";
  return [signed(value), unitOf(theme)].filter(Boolean).join(" ");
}

/**
 * What a value means, in the theme's own words.
 *
 * @param low value at the low end of the legend, and `high` that at its high end.
 */
export function leaning(theme: Theme, value: number, low: number, high: number): string {
  if (Number.isNaN(value) || high <= low) return "";
  const share = (value - low) / (high - low);
  if (theme.ramp === "diverging") {
    if (Math.abs(share - 0.5) < UNDECIDED / 2) return "undecided";
    return share < 0.5 ? theme.low : theme.high;
  }
  return share <= OUTER ? theme.low : share >= 1 - OUTER ? theme.high : "";
}

/** A value in words for a tooltip or a screen reader: "Discriminator 0.83, real". */
export function valueWords(theme: Theme, value: number, low: number, high: number): string {
  const said = `${theme.title} ${valueText(theme, value)}`;
  const means = leaning(theme, value, low, high);
  return means ? `${said}, ${means}` : said;
}
