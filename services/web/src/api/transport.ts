/** fetch with manners: API key, one retry after the key was asked for, patience with 503, and a connection light. */
import { signal } from "@preact/signals-core";
import { Unreachable } from "./problem.ts";

export type Connection = "unknown" | "online" | "offline";

export interface KeyStore {
  get(): string | null;
  set(key: string): void;
}

export interface TransportOptions {
  readonly fetch: typeof fetch;
  readonly keys: KeyStore;
  /** Asks a person for the API key; null when they would rather not. */
  readonly askKey: (wrong: boolean) => Promise<string | null>;
}

/** How often a busy or starting server is asked again before its 503 or 429 is shown. */
const PATIENCE = 4;
const LONGEST_WAIT = 5;

export class Transport {
  readonly connection = signal<Connection>("unknown");
  readonly #options: TransportOptions;
  #asking: Promise<string | null> | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Has the signature of `fetch`; throws `Unreachable` where that throws a bare TypeError. */
  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    for (let attempt = 0; ; attempt++) {
      const response = await this.#once(request.clone());
      if (response.status === 401) {
        if (!(await this.#newKey(request))) return response;
        continue;
      }
      const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
      const busy = response.status === 503 || response.status === 429;
      if (!busy || !Number.isFinite(wait) || attempt >= PATIENCE) return response;
      await pause(Math.min(wait, LONGEST_WAIT) * 1000, request.signal);
    }
  };

  async #once(request: Request): Promise<Response> {
    const key = this.#options.keys.get();
    if (key) request.headers.set("Authorization", `Bearer ${key}`);
    try {
      const response = await this.#options.fetch(request);
      this.connection.value = "online";
      return response;
    } catch (error) {
      if (request.signal.aborted) throw error;
      this.connection.value = "offline";
      throw new Unreachable();
    }
  }

  /** One dialog for any number of requests that were refused together. */
  async #newKey(request: Request): Promise<boolean> {
    const tried = request.headers.get("Authorization") !== null || this.#options.keys.get() !== null;
    this.#asking ??= this.#options.askKey(tried).finally(() => {
      this.#asking = undefined;
    });
    const key = await this.#asking;
    if (key === null) return false;
    this.#options.keys.set(key);
    return true;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
