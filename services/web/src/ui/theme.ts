/** Light, dark, or as set in the system. The choice is stored in this browser. */
export type Theme = "light" | "dark" | "system";

const KEY = "atlas-theme";

export function storedTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** `public/theme.js` does the same before the first paint. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, theme);
    document.documentElement.dataset.theme = theme;
  }
}
