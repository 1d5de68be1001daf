/** Light, dark, or as set in the system. The choice is stored in this browser. */
import { browserMemory } from "./memory.ts";

export type Theme = "light" | "dark" | "system";

const KEY = "atlas-theme";
const memory = browserMemory(() => localStorage);

export function storedTheme(): Theme {
  const kept = memory.get(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** `public/theme.js` does the same before the first paint. */
export function applyTheme(theme: Theme): void {
  memory.set(KEY, theme === "system" ? null : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
