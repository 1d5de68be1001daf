/** A slider over epochs that can play them like a film, and follow the newest one. */
import { button, range, setRange } from "./controls.ts";
import { h, setText } from "./dom.ts";
import { icon } from "./icons.ts";

export interface PlayerOptions {
  readonly label: string;
  /** Told the epoch to show; undefined: the newest, whichever that is. `done` is false while dragging or playing. */
  readonly changed: (epoch: number | undefined, done: boolean) => void;
  /** Resolves when the epoch that was asked for is on the screen, so that no frame is skipped. */
  readonly shown?: () => Promise<void>;
  /** Offer to follow the newest epoch. */
  readonly follow?: boolean;
}

const FRAME = 220;

export class EpochPlayer {
  readonly element: HTMLElement;
  readonly #options: PlayerOptions;
  readonly #slider: HTMLInputElement;
  readonly #text = h("output", { class: "player-epoch" });
  readonly #play: HTMLButtonElement;
  readonly #newest: HTMLButtonElement;
  #epochs: readonly number[] = [];
  #chosen: number | undefined;
  #playing = false;
  #disposed = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#slider = range({ label: options.label, min: 0, max: 0, step: 1, value: 0 });
    this.#slider.addEventListener("input", () => this.#slid(false));
    this.#slider.addEventListener("change", () => this.#slid(true));
    this.#play = button({
      icon: "play",
      kind: "plain",
      iconOnly: true,
      label: "Play the epochs",
      click: () => this.#toggle(),
    });
    this.#newest = button({
      label: "Newest",
      kind: "quiet",
      title: "Follow the newest epoch",
      click: () => {
        this.stop();
        options.changed(undefined, true);
      },
    });
    this.element = h(
      "div",
      { class: "player" },
      this.#play,
      this.#slider,
      this.#text,
      options.follow ? this.#newest : null,
    );
  }

  update(epochs: readonly number[], chosen: number | undefined): void {
    this.#epochs = epochs;
    this.#chosen = chosen;
    const index =
      chosen === undefined
        ? epochs.length - 1
        : Math.max(
            0,
            epochs.findLastIndex((epoch) => epoch <= chosen),
          );
    setRange(this.#slider, index, 0, Math.max(0, epochs.length - 1));
    const still = epochs.length < 2;
    this.#slider.disabled = still;
    this.#play.disabled = still;
    const epoch = epochs[index];
    this.#slider.setAttribute("aria-valuetext", epoch === undefined ? "none yet" : `epoch ${epoch}`);
    setText(this.#text, epoch === undefined ? "No epoch yet" : `Epoch ${epoch}`);
    this.#newest.setAttribute("aria-pressed", String(chosen === undefined));
  }

  stop(): void {
    if (!this.#playing) return;
    this.#playing = false;
    this.#paintPlay();
  }

  dispose(): void {
    this.#disposed = true;
    this.#playing = false;
  }

  #slid(done: boolean): void {
    this.stop();
    this.#options.changed(this.#epochs[Number(this.#slider.value)], done);
  }

  #toggle(): void {
    if (this.#playing) this.stop();
    else {
      this.#playing = true;
      this.#paintPlay();
      void this.#run();
    }
  }

  /** From the shown epoch to the last one; from the first one when the last is shown. */
  async #run(): Promise<void> {
    const at = this.#epochs.indexOf(this.#chosen ?? this.#epochs.at(-1) ?? 0);
    const start = at < 0 || at >= this.#epochs.length - 1 ? 0 : at;
    for (let index = start; index < this.#epochs.length && this.#playing; index++) {
      this.#options.changed(this.#epochs[index], false);
      await Promise.all([this.#options.shown?.(), new Promise((resolve) => setTimeout(resolve, FRAME))]);
    }
    if (this.#disposed || !this.#playing) return;
    this.stop();
    this.#options.changed(this.#chosen, true);
  }

  #paintPlay(): void {
    const label = this.#playing ? "Stop" : "Play the epochs";
    this.#play.replaceChildren(icon(this.#playing ? "pause" : "play"));
    this.#play.setAttribute("aria-label", label);
    this.#play.title = label;
  }
}
