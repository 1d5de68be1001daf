/** The newest class map of each run, side by side. */
import type { Api } from "../../api/client.ts";
import type { RunView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { noMapWords } from "../../core/runs/words.ts";
import { fill, h } from "../../ui/dom.ts";
import { mapThumbnail } from "../shared/thumbnail.ts";

export class RunTiles {
  readonly element = h("div", { class: "run-tiles" });
  readonly #api: Api;
  readonly #signal: AbortSignal;
  #shows = "";

  constructor(api: Api, signal: AbortSignal) {
    this.#api = api;
    this.#signal = signal;
  }

  /** The maps are replaced only if a run has a newer one. */
  update(runs: readonly { readonly run: RunView; readonly colour: string }[]): void {
    const shows = JSON.stringify(
      runs.map(({ run, colour }) => [run.name, run.maps.at(-1), run.state, colour]),
    );
    if (shows === this.#shows) return;
    this.#shows = shows;
    fill(
      this.element,
      runs.map(({ run, colour }) => this.#tile(run, colour)),
    );
  }

  #tile(run: RunView, colour: string): HTMLElement {
    const epoch = run.maps.at(-1);
    return h(
      "article",
      { class: "run-tile" },
      mapThumbnail(
        `Class map of ${run.name}${epoch ? ` at epoch ${epoch}` : `, ${noMapWords(run)}`}`,
        epoch === undefined ? undefined : () => this.#api.runMap(run.name, epoch, {}, this.#signal),
      ),
      h(
        "div",
        { class: "run-tile-text" },
        h(
          "h3",
          {},
          h("span", { class: "swatch line", style: { background: colour } }),
          " ",
          h("a", { class: "stretched", href: linkTo.run(run.name) }, run.name),
        ),
        h("p", { class: "quiet-note" }, epoch ? `epoch ${epoch}` : noMapWords(run)),
      ),
    );
  }
}
