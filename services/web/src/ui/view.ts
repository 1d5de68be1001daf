/** What every view is: a function that fills an element and answers what can be done with it. */
import type { ReadonlySignal } from "@preact/signals-core";
import type { Api } from "../api/client.ts";
import type { Connection } from "../api/transport.ts";

export interface View<S> {
  /** The link changed, but names the same thing. */
  update(state: S): void;
  dispose(): void;
}

export interface Tools {
  readonly api: Api;
  readonly connection: ReadonlySignal<Connection>;
  /** Go to a link; `replace` leaves no entry in the history. */
  go(hash: string, options?: { readonly replace?: boolean }): void;
  say(text: string, kind?: "info" | "error"): void;
  /** The time now; the gallery stops it. */
  now(): Date;
}

export type Mount<S> = (element: HTMLElement, state: S, tools: Tools) => View<S>;
