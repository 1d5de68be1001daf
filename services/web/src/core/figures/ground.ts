/** What a figure is drawn on: it is to be readable on the slide that it is put on. */
export const GROUNDS = {
  white: { label: "White", scheme: "light", fill: "#ffffff" },
  dark: { label: "Dark", scheme: "dark", fill: "#181a1f" },
  clear: { label: "Transparent", scheme: "light", fill: undefined },
} as const;

export type GroundName = keyof typeof GROUNDS;

/** The colours of text and lines, as the page has them in its schemes. */
export interface Inks {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** Behind bars. */
  readonly sunken: string;
  readonly accent: string;
}

const INKS: Readonly<Record<"light" | "dark", Inks>> = {
  light: { ink: "#1a1b20", soft: "#50525b", line: "#8b8c94", sunken: "#f0eee9", accent: "#3546b8" },
  dark: { ink: "#eceae5", soft: "#b4b5bb", line: "#6d707b", sunken: "#2a2c33", accent: "#9dabff" },
};

export function inksOn(ground: GroundName): Inks {
  return INKS[GROUNDS[ground].scheme];
}

export function isGround(name: string | null): name is GroundName {
  return name !== null && Object.hasOwn(GROUNDS, name);
}
