/** fetch with an API key, a retry after the key was asked for, retries after 503 and 429, and a connection state. */
import { signal } from "@preact/signals-core";
import { Unreachable } from "./problem.ts";
import { type FileOrder, type SendFile, sendFile } from "./sendFile.ts";

/** `fetch` of an address. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export type Connection = "unknown" | "online" | "offline";

export interface KeyStore {
  get(): string | null;
  set(key: string): void;
}

export interface TransportOptions {
  readonly fetch: Fetch;
  /** How files are sent; by default with XMLHttpRequest. */
  readonly sendFile?: SendFile | undefined;
  readonly keys: KeyStore;
  /** Asks the user for the API key; null if they decline. */
  readonly askKey: (wrong: boolean) => Promise<string | null>;
}

/** Retries of a request that a busy or starting server refused with 503 or 429. */
const MOST_RETRIES = 4;
/** Seconds. */
const LONGEST_WAIT = 5;

export class Transport {
  readonly connection = signal<Connection>("unknown");
  readonly #options: TransportOptions;
  #asking: Promise<string | null> | undefined;
  #asked = false;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Whether anything has been asked yet. */
  get asked(): boolean {
    return this.#asked;
  }

  /**
   * `fetch` of an address, with a body that can be sent again; throws `Unreachable` where that throws a bare TypeError.
   * Each attempt is made of its parts, since to copy a `Request` costs a browser a millisecond.
   */
  readonly fetch: Fetch = (url, init = {}) =>
    this.#sendWithRetries((key) => {
      const headers = new Headers(init.headers);
      if (key) headers.set("Authorization", `Bearer ${key}`);
      return this.#options.fetch(url, { ...init, headers });
    }, init.signal ?? undefined);

  /** The same for a file, with progress. */
  readonly sendFile = (order: FileOrder): Promise<Response> => {
    const send = this.#options.sendFile ?? sendFile;
    return this.#sendWithRetries((key) => {
      const headers = key ? { ...order.headers, Authorization: `Bearer ${key}` } : order.headers;
      return send({ ...order, headers });
    }, order.signal);
  };

  async #sendWithRetries(
    send: (key: string | null) => Promise<Response>,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    this.#asked = true;
    for (let attempt = 0; ; attempt++) {
      const response = await this.#once(send, signal);
      if (response.status === 401) {
        if (!(await this.#newKey())) return response;
        continue;
      }
      const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
      const busy = response.status === 503 || response.status === 429;
      if (!busy || !Number.isFinite(wait) || attempt >= MOST_RETRIES) return response;
      await pause(Math.min(wait, LONGEST_WAIT) * 1000, signal);
    }
  }

  async #once(
    send: (key: string | null) => Promise<Response>,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    try {
      const response = await send(this.#options.keys.get());
      this.connection.value = "online";
      return response;
    } catch (error) {
      if (signal?.aborted) throw error;
      this.connection.value = "offline";
      throw new Unreachable();
    }
  }

  /** Shows one dialog, however many requests were refused at the same time. */
  async #newKey(): Promise<boolean> {
    this.#asking ??= this.#options.askKey(this.#options.keys.get() !== null).finally(() => {
      this.#asking = undefined;
    });
    const key = await this.#asking;
    if (key === null) return false;
    this.#options.keys.set(key);
    return true;
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
