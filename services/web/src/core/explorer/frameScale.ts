/**
 * Resolution of a moving drawing, so that it moves smoothly: lower when frames are late, and higher again after
 * many frames in time, with a longer wait before each attempt.
 */

/** Shares of the full number of pixels along a side. */
const STEPS = [1, 0.7, 0.5] as const;
/** Milliseconds; a display shows a new frame every 17, or every 8. */
const LATE = 22;
/** Excess of late frames over frames in time that is more than a hiccup. */
const TOO_MANY = 8;
/** Frames in time before a higher resolution is tried. */
const PATIENCE = 120;
const LONGEST_PATIENCE = 3600;

export class FrameScale {
  #step = 0;
  #late = 0;
  #inTime = 0;
  #patience = PATIENCE;

  /** Share of the full number of pixels along a side, at most 1. */
  get scale(): number {
    return STEPS[this.#step] ?? 1;
  }

  /** @param passed milliseconds from the last frame to this one. */
  frame(passed: number): void {
    if (passed > LATE) {
      this.#late += 1;
      this.#inTime = 0;
      if (this.#late >= TOO_MANY) this.#coarser();
    } else {
      this.#late = Math.max(0, this.#late - 1);
      this.#inTime += 1;
      if (this.#inTime >= this.#patience) this.#finer();
    }
  }

  #coarser(): void {
    this.#late = 0;
    this.#step = Math.min(this.#step + 1, STEPS.length - 1);
  }

  #finer(): void {
    this.#inTime = 0;
    if (this.#step === 0) return;
    this.#step -= 1;
    this.#patience = Math.min(2 * this.#patience, LONGEST_PATIENCE);
  }
}
