/**
 * Colours of classes.
 *
 * The ten were found by a search in OKLCH: at moderate chroma, the smallest difference between any two, seen
 * with normal, protan, deutan and tritan vision (Machado et al. 2009, severity 1), is as large as possible:
 * 0.128 in OKLab. Their lightness runs from 0.40 to 0.89, so that they also differ in greyscale. Both themes
 * use them, so that a class looks the same everywhere. `palette.test.ts` checks the distances.
 */
export type Rgb = readonly [red: number, green: number, blue: number];

const COLOURS = [
  "#194591", // navy
  "#cd9427", // ochre
  "#93ecff", // ice
  "#742e3c", // wine
  "#4fba9d", // jade
  "#b45783", // rose
  "#ffd287", // sand
  "#607cd2", // cornflower
  "#6c6d03", // olive
  "#bba8ff", // lilac
] as const;

const rgbs = COLOURS.map(parseRgb);

/** Bytes of a colour like "#194591". */
export function parseRgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Colour of a class as bytes. From the eleventh class on, the ten repeat, mixed with more grey in each round;
 * the names on the map and in the legend then tell them apart.
 */
export function classRgb(id: number): Rgb {
  const base = rgbs[id % rgbs.length] ?? [128, 128, 128];
  const round = Math.floor(id / rgbs.length);
  if (round === 0) return base;
  const share = 1 - 0.62 ** round;
  const grey = round % 2 === 1 ? 96 : 176;
  const mix = (value: number) => Math.round(value + (grey - value) * share);
  return [mix(base[0]), mix(base[1]), mix(base[2])];
}

export function classColour(id: number): string {
  return `rgb(${classRgb(id).join(" ")})`;
}

/** Relative luminance of WCAG 2, 0 to 1. */
export function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Text colour on a colour: near-black or white, whichever has more contrast. */
export function inkOn(rgb: Rgb): "#14151a" | "#ffffff" {
  return contrast(rgb, [20, 21, 26]) >= contrast(rgb, [255, 255, 255]) ? "#14151a" : "#ffffff";
}
