/** Links of the page, written and read by the table of views. */
import { readState, type StateOf, type Table, writeState } from "./linkState.ts";
import { VIEWS, type ViewEntry, type ViewName, type ViewState } from "./views.ts";

/** The view that the empty link opens. */
const HOME = "runs" satisfies ViewName;

/** What a link means. The name is the one in the address; of the missing view it is the address itself. */
export type Route = {
  [V in ViewName]: { readonly view: V; readonly name?: string; readonly state: ViewState<V> };
}[ViewName];

const ENTRIES = Object.entries(VIEWS) as readonly (readonly [ViewName, ViewEntry])[];

/** @param hash the part of the address from `#` on. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = partsOf(path).map(decoded);
  const address = parts.length === 0 ? partsOf(VIEWS[HOME].path) : parts;
  for (const [view, { path: pattern, state }] of ENTRIES) {
    const found = pattern === null ? undefined : matched(pattern, address);
    if (found) return { view, ...found, state: readState(state, new URLSearchParams(query)) } as Route;
  }
  return { view: "missing", name: path, state: {} };
}

/** undefined when the address is another one. */
function matched(pattern: string, address: readonly string[]): { name?: string } | undefined {
  const places = partsOf(pattern);
  if (places.length !== address.length) return undefined;
  let found: { name?: string } = {};
  for (const [index, place] of places.entries()) {
    const part = address[index] ?? "";
    if (place === ":name") found = { name: part };
    else if (place !== part) return undefined;
  }
  return found;
}

function partsOf(path: string): string[] {
  return path.split("/").filter(Boolean);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

type Linked = { [V in ViewName]: (typeof VIEWS)[V]["path"] extends null ? never : V }[ViewName];

type Link<V extends ViewName> = (typeof VIEWS)[V]["path"] extends `${string}/:name${string}`
  ? (name: string, state?: Partial<ViewState<V>>) => string
  : (state?: Partial<ViewState<V>>) => string;

/** For each view a function that writes a link to it: `linkTo.run("mnist-2d", { epoch: 3 })`. */
export const linkTo = Object.fromEntries(
  ENTRIES.flatMap(([view, { path, state }]) => (path === null ? [] : [[view, linker(path, state)]])),
) as unknown as { readonly [V in Linked]: Link<V> };

function linker<T extends Table>(path: string, table: T) {
  return path.includes("/:name")
    ? (name: string, state: Partial<StateOf<T>> = {}) =>
        address(
          path.replace(":name", () => encodeURIComponent(name)),
          writeState(table, state),
        )
    : (state: Partial<StateOf<T>> = {}) => address(path, writeState(table, state));
}

/** Commas stay readable in a fragment; URLSearchParams would write them as %2C. */
function address(path: string, params: URLSearchParams): string {
  const query = params.toString().replaceAll("%2C", ",");
  return `#${path}${query ? `?${query}` : ""}`;
}

/** Title of the browser's tab. */
export function titleOf({ view, name = "" }: Route): string {
  const { title, subtitle }: ViewEntry = VIEWS[view];
  const subject = title ?? [name, subtitle].filter(Boolean).join(", ");
  return `${subject} · Latent Atlas`;
}

export interface NavigationEntry {
  readonly view: ViewName;
  readonly label: string;
  readonly href: string;
}

/** Entries of the navigation bar. */
export const NAVIGATION: readonly NavigationEntry[] = ENTRIES.flatMap(([view, { path, title, section }]) =>
  section === view && path !== null && title !== null ? [{ view, label: title, href: `#${path}` }] : [],
);
