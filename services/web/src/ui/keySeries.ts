/** A series of key presses that counts as one gesture, and so is one entry in the history. */

/** Milliseconds without a key after which the series is over. */
const PAUSE = 450;

export class KeySeries {
  readonly #over: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param over called when a series is over. */
  constructor(over: () => void) {
    this.#over = over;
  }

  pressed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), PAUSE);
  }

  /** Ends the series now, if there is one. */
  end(): void {
    if (this.#timer === undefined) return;
    this.cancel();
    this.#over();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
