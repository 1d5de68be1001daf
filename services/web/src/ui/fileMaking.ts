/** Makes one file at a time and saves it; a file that takes long can be stopped. */
import type { ReceiveProgress } from "../api/receive.ts";
import { saveBlob } from "./controls.ts";

/** Milliseconds after which it is said that a file is being made. */
const BUSY_AFTER = 250;

export interface MadeFile {
  /** Name of the file. */
  readonly name: () => string;
  readonly make: (signal: AbortSignal, progress: ReceiveProgress) => Promise<Blob> | Blob;
}

export interface MakingEvents {
  /** Called when it takes long, and for each share that has arrived. */
  readonly busy: (share: number | undefined) => void;
  readonly idle: () => void;
  readonly failed: (error: unknown) => void;
}

export class FileMaking {
  readonly #events: MakingEvents;
  #work: AbortController | undefined;
  #busy = false;

  constructor(events: MakingEvents) {
    this.#events = events;
  }

  get running(): boolean {
    return this.#work !== undefined;
  }

  /** Stops only what has been said to be made, not what a second click meets. */
  stop(): void {
    if (this.#busy) this.#work?.abort();
  }

  async start({ make, name }: MadeFile): Promise<void> {
    if (this.#work) return;
    const work = new AbortController();
    this.#work = work;
    let share: number | undefined;
    const busy = () => {
      this.#busy = true;
      this.#events.busy(share);
    };
    const late = setTimeout(busy, BUSY_AFTER);
    try {
      const file = await make(work.signal, (received) => {
        share = received;
        if (this.#busy) busy();
      });
      if (!work.signal.aborted) saveBlob(file, name());
    } catch (error) {
      if (!work.signal.aborted) this.#events.failed(error);
    } finally {
      clearTimeout(late);
      this.#work = undefined;
      this.#busy = false;
      this.#events.idle();
    }
  }
}

/** What a file is made of could not be had. */
export class DownloadFailed extends CustomEvent<unknown> {
  static readonly kind = "download-failed";

  constructor(error: unknown) {
    super(DownloadFailed.kind, { bubbles: true, detail: error });
  }
}
