/**
 * Server-sent events over fetch, because EventSource cannot send an API key.
 * Follows the WHATWG grammar, reconnects with `Last-Event-ID`, and honours `retry`.
 */

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Parses text in pieces of any size into whole events. */
export class EventParser {
  #buffer = "";
  #event = "";
  #data: string[] = [];
  /** The last id; sent as `Last-Event-ID` when reconnecting. */
  lastId: string;
  /** Milliseconds to wait before reconnecting, if the server gave them. */
  retry: number | undefined;

  constructor(lastId = "") {
    this.lastId = lastId;
  }

  /** Start over on a new connection; the last id is kept. */
  restart(): void {
    this.#buffer = "";
    this.#event = "";
    this.#data = [];
  }

  push(text: string): ServerEvent[] {
    this.#buffer += text;
    const events: ServerEvent[] = [];
    // A carriage return at the very end may be the first half of a line end.
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#buffer);
      if (!end) return events;
      const line = this.#buffer.slice(0, end.index);
      this.#buffer = this.#buffer.slice(end.index + end[0].length);
      if (line === "") this.#dispatch(events);
      else this.#field(line);
    }
  }

  #dispatch(events: ServerEvent[]): void {
    if (this.#data.length > 0) {
      events.push({ event: this.#event || "message", data: this.#data.join("\n") });
    }
    this.#event = "";
    this.#data = [];
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#event = value;
    else if (name === "id" && !value.includes("\0")) this.lastId = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
  }
}

export interface FollowOptions {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly url: string;
  readonly lastId?: string;
  /** Events that arrived together. */
  readonly received: (events: ServerEvent[]) => void;
  /** `open` is false while the connection is lost. */
  readonly connection?: (open: boolean) => void;
  /** Called after the stream ended normally: whether to reconnect. */
  readonly shouldContinue: () => boolean;
  /** Waits before reconnecting; tests pass their own. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/** Follow a stream until `shouldContinue` is false, the server answers 204 or 4xx, or the returned function is called. */
export function follow(options: FollowOptions): () => void {
  const abort = new AbortController();
  void run(options, abort.signal);
  return () => abort.abort();
}

async function run(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const parser = new EventParser(options.lastId);
  const wait = options.wait ?? pause;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (parser.lastId) headers["Last-Event-ID"] = parser.lastId;
      const response = await options.fetch(options.url, { headers, signal, cache: "no-store" });
      if (
        response.status === 204 ||
        (response.status >= 400 && response.status < 500 && response.status !== 429)
      ) {
        return;
      }
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
      failures = 0;
      parser.restart();
      options.connection?.(true);
      await drain(response.body, parser, options.received, signal);
      if (signal.aborted || !options.shouldContinue()) return;
    } catch {
      if (signal.aborted) return;
      options.connection?.(false);
    }
    await wait(parser.retry ?? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++), signal);
  }
}

/** The events of one response as they arrive, until it ends; it is not reconnected. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent[]> {
  if (!response.body) return;
  const parser = new EventParser();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = parser.push(decoder.decode(value, { stream: true }));
      if (events.length > 0) yield events;
    }
  } finally {
    // Lets the server stop computing once nobody reads.
    await reader.cancel().catch(() => undefined);
  }
}

async function drain(
  body: ReadableStream<Uint8Array>,
  parser: EventParser,
  received: (events: ServerEvent[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return;
    const events = parser.push(decoder.decode(value, { stream: true }));
    if (events.length > 0) received(events);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
