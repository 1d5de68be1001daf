/** A slider over epochs that can play them as a film and follow the newest one. */
import { loadAhead } from "../core/requests/lookahead.ts";
import { button, range, setRange } from "./controls.ts";
import { h, setText } from "./dom.ts";
import { icon } from "./icons.ts";

export interface PlayerOptions {
  readonly label: string;
  /** Called with the epoch to show; undefined: always the newest. `done` is false while dragging or playing. */
  readonly changed: (epoch: number | undefined, done: boolean) => void;
  /** Resolves when the requested epoch is on the screen, so that no frame is skipped. */
  readonly shown?: () => Promise<void>;
  /** Loads what an epoch shows before it is shown. */
  readonly preload?: (epoch: number, signal: AbortSignal) => Promise<unknown>;
  readonly playing?: (plays: boolean) => void;
  /** Called when a film stopped because of an error. */
  readonly failed?: (error: unknown) => void;
  /** Whether to offer to follow the newest epoch. */
  readonly follow?: boolean;
}

const FRAME = 220;
/** Epochs that are loaded at the same time. */
const CONCURRENCY = 2;

export class EpochPlayer {
  readonly element: HTMLElement;
  readonly #options: PlayerOptions;
  readonly #slider: HTMLInputElement;
  readonly #text = h("output", { class: "player-epoch" });
  readonly #play: HTMLButtonElement;
  readonly #newest: HTMLButtonElement;
  readonly #status = h("span", { class: "visually-hidden", role: "status" });
  #epochs: readonly number[] = [];
  #chosen: number | undefined;
  #film: AbortController | undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#slider = range({ label: options.label, min: 0, max: 0, step: 1, value: 0 });
    this.#slider.addEventListener("input", () => this.#slid(false));
    this.#slider.addEventListener("change", () => this.#slid(true));
    this.#slider.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      if (!this.#play.disabled) this.#toggle();
    });
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
      this.#status,
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
    this.#slider.setAttribute("aria-valuetext", epoch === undefined ? "none" : `epoch ${epoch}`);
    setText(this.#text, epoch === undefined ? "No epoch" : `Epoch ${epoch}`);
    this.#newest.setAttribute("aria-pressed", String(chosen === undefined));
  }

  get plays(): boolean {
    return this.#film !== undefined;
  }

  stop(): void {
    if (!this.#film) return;
    this.#film.abort();
    this.#film = undefined;
    this.#slider.classList.remove("waiting");
    this.#slider.style.removeProperty("--loaded");
    setText(this.#status, "");
    this.#paintPlay();
    this.#options.playing?.(false);
  }

  dispose(): void {
    this.#film?.abort();
    this.#film = undefined;
  }

  #slid(done: boolean): void {
    this.stop();
    this.#options.changed(this.#epochs[Number(this.#slider.value)], done);
  }

  /** The epoch at which a film ends or is stopped gets an entry in the history. */
  #toggle(): void {
    if (this.#film) {
      this.stop();
      this.#options.changed(this.#chosen, true);
    } else void this.#run();
  }

  /** Plays from the shown epoch to the last one, or from the first one if the last is shown. */
  async #run(): Promise<void> {
    const film = new AbortController();
    const { signal } = film;
    this.#film = film;
    this.#paintPlay();
    this.#options.playing?.(true);
    const at = this.#epochs.indexOf(this.#chosen ?? this.#epochs.at(-1) ?? 0);
    const start = at < 0 || at >= this.#epochs.length - 1 ? 0 : at;
    try {
      const loading = this.#loadAhead(start, signal);
      // Epochs that are added while it plays are shown as well.
      for (let index = start; index < this.#epochs.length; index++) {
        this.#slider.classList.add("waiting");
        await loading[index - start];
        if (signal.aborted) return;
        this.#slider.classList.remove("waiting");
        this.#options.changed(this.#epochs[index], false);
        await Promise.all([this.#options.shown?.(), new Promise((resolve) => setTimeout(resolve, FRAME))]);
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      this.stop();
      this.#options.failed?.(error);
      return;
    }
    this.stop();
    this.#options.changed(this.#chosen, true);
  }

  #loadAhead(start: number, signal: AbortSignal): Promise<void>[] {
    const { preload } = this.#options;
    if (!preload) return [];
    const epochs = this.#epochs.slice(start);
    const last = Math.max(1, this.#epochs.length - 1);
    let loaded = 0;
    setText(this.#status, `Loading ${epochs.length} epochs`);
    return loadAhead(epochs.length, CONCURRENCY, async (index) => {
      await preload(epochs[index] ?? 0, signal);
      if (signal.aborted) return;
      loaded++;
      this.#slider.style.setProperty("--loaded", `${((start + loaded - 1) / last) * 100}%`);
      if (loaded === epochs.length) setText(this.#status, "All epochs are loaded");
    });
  }

  #paintPlay(): void {
    const label = this.#film ? "Stop" : "Play the epochs";
    this.#play.replaceChildren(icon(this.#film ? "pause" : "play"));
    this.#play.setAttribute("aria-label", label);
    this.#play.title = label;
  }
}
