/** A film along an axis that the map does not span: its maps are loaded ahead and played back and forth. */
import { isAbort, messageOf } from "../../../api/problem.ts";
import { loadAhead } from "../../../core/requests/lookahead.ts";
import { axisName } from "../../../core/text/format.ts";
import { select } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { icon } from "../../../ui/icons.ts";

const FRAMES = 21;
const FRAME_MS = 140;
/** Maps that are loaded at the same time. */
const CONCURRENCY = 2;

export interface AxisFilmEvents {
  /** Loads the map at a value of the axis. */
  readonly prefetch: (axis: number, value: number, signal: AbortSignal) => Promise<unknown>;
  /** @param done true for the frame at which the film was stopped. */
  readonly show: (axis: number, value: number, done: boolean) => void;
  readonly playing: (plays: boolean) => void;
  readonly failed: (message: string) => void;
}

export class AxisFilm {
  readonly element = h("div", { class: "choices axis-film", hidden: true });
  readonly #events: AxisFilmEvents;
  readonly #button = h("button", { type: "button", class: "button plain" });
  readonly #status = h("span", { class: "quiet-note", role: "status" });
  #held: readonly number[] = [];
  #axis = -1;
  #low = -1;
  #high = 1;
  #abort: AbortController | undefined;
  #frame: number | undefined;

  constructor(events: AxisFilmEvents) {
    this.#events = events;
    this.#button.addEventListener("click", () => {
      if (this.#abort) this.stop();
      else void this.#play();
    });
  }

  get plays(): boolean {
    return this.#abort !== undefined;
  }

  /** @param held axes that the map does not span. */
  update(held: readonly number[], low: number, high: number): void {
    this.#low = low;
    this.#high = high;
    if (String(held) === String(this.#held)) return;
    this.stop();
    this.#held = held;
    if (!held.includes(this.#axis)) this.#axis = held[0] ?? -1;
    this.element.hidden = held.length === 0;
    const options = held.map((axis) => ({ value: String(axis), label: axisName(axis) }));
    fill(
      this.element,
      this.#button,
      held.length > 1
        ? select("Axis of the film", options, String(this.#axis), (value) => {
            this.stop();
            this.#axis = Number(value);
            this.#paint();
          })
        : null,
      this.#status,
    );
    this.#paint();
  }

  /** Its frame stays, as one entry in the history. */
  stop(): void {
    const frame = this.#frame;
    this.leave();
    if (frame !== undefined) this.#events.show(this.#axis, this.#valueAt(frame), true);
  }

  /** Ends it where something else is to be shown than its frame. */
  leave(): void {
    if (!this.#abort) return;
    this.#abort.abort();
    this.#abort = undefined;
    this.#frame = undefined;
    setText(this.#status, "");
    this.#events.playing(false);
    this.#paint();
  }

  dispose(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #valueAt(frame: number): number {
    return Math.round((this.#low + (frame / (FRAMES - 1)) * (this.#high - this.#low)) * 1000) / 1000;
  }

  async #play(): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#events.playing(true);
    this.#paint();
    try {
      const maps = this.#fetchAhead(signal);
      for (let step = 0; !signal.aborted; step = (step + 1) % (2 * FRAMES - 2)) {
        const frame = step < FRAMES ? step : 2 * FRAMES - 2 - step;
        await Promise.all([maps[frame], new Promise((resolve) => setTimeout(resolve, FRAME_MS))]);
        if (signal.aborted) return;
        this.#frame = frame;
        this.#events.show(this.#axis, this.#valueAt(frame), false);
      }
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      this.stop();
      this.#events.failed(messageOf(error));
    }
  }

  /** A promise for the map of each frame; they load in the order of the film. */
  #fetchAhead(signal: AbortSignal): Promise<unknown>[] {
    let ready = 0;
    return loadAhead(FRAMES, CONCURRENCY, async (frame) => {
      await this.#events.prefetch(this.#axis, this.#valueAt(frame), signal);
      ready++;
      if (!signal.aborted) setText(this.#status, ready < FRAMES ? `${ready} of ${FRAMES} maps` : "");
    });
  }

  #paint(): void {
    const name = this.#axis < 0 ? "" : axisName(this.#axis);
    fill(
      this.#button,
      icon(this.#abort ? "stop" : "play"),
      h("span", {}, this.#abort ? "Stop" : `Play ${name}`),
    );
    this.#button.title = `Moves ${name} from end to end as a film of maps`;
  }
}
