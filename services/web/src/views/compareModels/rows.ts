/** The rows of the matrix, and where they stand in its grid. */
import type { LayerRow } from "../../core/compare/lineup.ts";
import type { CompareState } from "../../core/navigation/views.ts";

export type RowKey = "head" | "map" | "image" | "judges" | `layer:${string}`;

export const layerKey = ({ name }: Pick<LayerRow, "name">): RowKey => `layer:${name}`;

/** Those that are shown, from the top. */
export function shownRows(layers: readonly LayerRow[], state: CompareState): RowKey[] {
  return [
    "head",
    "map",
    "image",
    ...(state.judges === "yes" ? (["judges"] as const) : []),
    ...(state.layers === "yes" ? layers.map(layerKey) : []),
  ];
}

/**
 * Puts an element into its row. Each row has two lines of the grid: on wide screens its label stands beside it,
 * on narrow ones in the line above. An element whose row is not shown is hidden.
 */
export function placeIn(rows: readonly RowKey[], key: RowKey, element: HTMLElement): void {
  const index = rows.indexOf(key);
  element.hidden = index < 0;
  element.style.setProperty("--from", String(2 * index + 1));
  element.style.setProperty("--below", String(2 * index + 2));
}
