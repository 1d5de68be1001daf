/** Progress of a map that is being computed, with a button to stop and to continue. */
import { h, setText } from "../../../ui/dom.ts";

export class DrawingProgress {
  readonly #text = h("span", { role: "status" });
  readonly #button = h("button", { type: "button", class: "chip-button" });
  readonly element = h("div", { class: "map-busy", hidden: true }, this.#text, this.#button);
  #stopped = false;

  constructor(events: { readonly stop: () => void; readonly resume: () => void }) {
    this.#button.addEventListener("click", () => {
      if (this.#stopped) events.resume();
      else {
        events.stop();
        this.#show("Stopped before the map was complete", "Continue");
        this.#stopped = true;
        this.element.hidden = false;
      }
    });
  }

  /** @param share 0 to 1; undefined: no map is loading. */
  update(share: number | undefined): void {
    this.#stopped = false;
    this.element.hidden = share === undefined;
    if (share === undefined) return;
    // In steps of ten, so that screen readers do not read out every tile.
    const tens = Math.floor(share * 10) * 10;
    this.#show(tens > 0 ? `Drawing the map: ${tens} %` : "Drawing the map…", "Stop");
  }

  #show(text: string, verb: string): void {
    setText(this.#text, text);
    setText(this.#button, verb);
  }
}
