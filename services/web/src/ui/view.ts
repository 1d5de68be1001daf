/** What every view is: a function that fills an element and returns how to update and dispose of it. */
import type { ReadonlySignal } from "@preact/signals-core";
import type { Api } from "../api/client.ts";
import type { Connection } from "../api/transport.ts";
import type { Memory } from "./memory.ts";

export interface View<S> {
  /** The state in the link changed, but the view and the name in it did not. */
  update(state: S): void;
  dispose(): void;
}

export interface Tools {
  readonly api: Api;
  readonly connection: ReadonlySignal<Connection>;
  /** Go to a link; with `replace`, without a new entry in the history. */
  go(hash: string, options?: { readonly replace?: boolean }): void;
  notify(text: string, kind?: "info" | "error"): void;
  /** What is remembered of the person from one visit to the next. */
  readonly memory: Memory;
  /** The current time; fixed in the gallery. */
  now(): Date;
}

export type Mount<S> = (element: HTMLElement, state: S, tools: Tools) => View<S>;
