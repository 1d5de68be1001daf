/** Over a map that is being computed: how far it is, and a way to stop it and to go on. */
import { h, setText } from "../../../ui/dom.ts";

export class DrawingProgress {
  readonly #text = h("span", { role: "status" });
  readonly #button = h("button", { type: "button", class: "chip-button" });
  readonly element = h("div", { class: "map-busy", hidden: true }, this.#text, this.#button);
  #stopped = false;

  constructor(events: { readonly stop: () => void; readonly shouldContinue: () => void }) {
    this.#button.addEventListener("click", () => {
      if (this.#stopped) events.shouldContinue();
      else {
        events.stop();
        this.#show("Stopped before the map was complete", "Continue");
        this.#stopped = true;
        this.element.hidden = false;
      }
    });
  }

  /** @param share 0 to 1; undefined: nothing is under way. */
  update(share: number | undefined): void {
    this.#stopped = false;
    this.element.hidden = share === undefined;
    if (share === undefined) return;
    // Whole tens: whoever hears it need not hear every tile.
    const tens = Math.floor(share * 10) * 10;
    this.#show(tens > 0 ? `Drawing the map: ${tens} %` : "Drawing the map…", "Stop");
  }

  #show(text: string, verb: string): void {
    setText(this.#text, text);
    setText(this.#button, verb);
  }
}
