/** The map and the snapshot of one epoch of a run, with a slider through all of them. */

import { isAbort } from "../../api/problem.ts";
import type { RunView } from "../../api/types.ts";
import { type Grid, sheetsOf } from "../../core/classmap.ts";
import { Lru } from "../../core/lru.ts";
import { nearestEpoch } from "../../core/run.ts";
import { h, setText } from "../../ui/dom.ts";
import { EpochPlayer } from "../../ui/player.ts";
import type { Scope } from "../../ui/scope.ts";
import type { Tools } from "../../ui/view.ts";
import { MapView } from "./mapView.ts";

const KEPT = 240;

export class EpochPictures {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #scope: Scope;
  readonly #name: string;
  readonly #map: MapView;
  readonly #player: EpochPlayer;
  readonly #image = h("img", { class: "pixels snapshot", alt: "" });
  readonly #mapCaption = h("span", { class: "caption-note" });
  readonly #snapshotCaption = h("span", { class: "caption-note" });
  readonly #mapFrame: HTMLElement;
  readonly #snapshotFrame: HTMLElement;
  readonly #maps = new Lru<number, Promise<readonly Grid[]>>(KEPT);
  readonly #snapshots = new Lru<number, Promise<string>>(
    KEPT,
    (url) => void url.then(URL.revokeObjectURL, () => undefined),
  );
  #wanted = 0;
  #shown: Promise<void> = Promise.resolve();
  #shownMap: number | undefined;
  #shownSnapshot: number | undefined;

  /** @param changed told the epoch that a person chose, as `EpochPlayer` tells it. */
  constructor(
    name: string,
    classes: readonly string[],
    tools: Tools,
    scope: Scope,
    changed: (epoch: number | undefined, done: boolean) => void,
  ) {
    this.#name = name;
    this.#tools = tools;
    this.#scope = scope;
    this.#map = new MapView(classes);
    this.#player = new EpochPlayer({ label: "Epoch", follow: true, changed, shown: () => this.#shown });
    this.#mapFrame = h(
      "div",
      { class: "picture loading" },
      this.#map.element,
      h("p", { class: "picture-empty" }, "The first map is drawn at the end of the first epoch."),
    );
    this.#snapshotFrame = h(
      "div",
      { class: "picture loading" },
      this.#image,
      h("p", { class: "picture-empty" }, "The first images come with the end of the first epoch."),
    );
    this.element = h(
      "section",
      { class: "card epoch-pictures", "aria-label": "Map and images by epoch" },
      h(
        "div",
        { class: "picture-pair" },
        h(
          "figure",
          {},
          h("figcaption", {}, h("span", { class: "chart-title" }, "Class map"), this.#mapCaption),
          this.#mapFrame,
        ),
        h(
          "figure",
          {},
          h("figcaption", {}, h("span", { class: "chart-title" }, "Images"), this.#snapshotCaption),
          this.#snapshotFrame,
        ),
      ),
      this.#player.element,
    );
    scope.onDispose(() => {
      this.#player.dispose();
      this.#snapshots.clear();
    });
  }

  /** @param epoch the chosen one; undefined: the newest. */
  update(run: RunView, epoch: number | undefined): void {
    const epochs = [...new Set([...run.maps, ...run.snapshots])].sort((a, b) => a - b);
    this.#player.update(epochs, epoch);
    const map = nearestEpoch(run.maps, epoch);
    const snapshot = nearestEpoch(run.snapshots, epoch);
    if (map === undefined)
      this.#mapFrame.className = `picture ${run.state === "queued" || run.state === "running" ? "waiting" : "none"}`;
    if (snapshot === undefined) this.#snapshotFrame.className = this.#mapFrame.className;
    this.#wanted++;
    this.#shown = Promise.all([
      map === undefined || map === this.#shownMap ? undefined : this.#showMap(map, this.#wanted),
      snapshot === undefined || snapshot === this.#shownSnapshot
        ? undefined
        : this.#showSnapshot(snapshot, this.#wanted),
    ]).then(() => undefined);
  }

  async #showMap(epoch: number, wanted: number): Promise<void> {
    try {
      let loading = this.#maps.get(epoch);
      if (!loading) {
        loading = this.#tools.api.runMap(this.#name, epoch, this.#scope.signal).then(sheetsOf);
        this.#maps.set(epoch, loading);
      }
      const sheets = await loading;
      if (wanted < this.#wanted && this.#shownMap !== undefined) return;
      this.#shownMap = epoch;
      const [only] = sheets;
      const label = `Class map of ${this.#name} at epoch ${epoch}`;
      if (sheets.length === 1 && only) this.#map.show(only, label);
      else this.#map.showSheets(sheets, Math.ceil(Math.sqrt(sheets.length)), label);
      setText(
        this.#mapCaption,
        sheets.length === 1 ? `epoch ${epoch}` : `epoch ${epoch} · ${sheets.length} slices`,
      );
      this.#mapFrame.className = "picture";
    } catch (error) {
      this.#maps.delete(epoch);
      if (!isAbort(error)) setText(this.#mapCaption, `epoch ${epoch} cannot be shown`);
    }
  }

  async #showSnapshot(epoch: number, wanted: number): Promise<void> {
    try {
      let loading = this.#snapshots.get(epoch);
      if (!loading) {
        loading = this.#tools.api.snapshot(this.#name, epoch, this.#scope.signal).then(URL.createObjectURL);
        this.#snapshots.set(epoch, loading);
      }
      const url = await loading;
      if (wanted < this.#wanted && this.#shownSnapshot !== undefined) return;
      this.#shownSnapshot = epoch;
      this.#image.src = url;
      this.#image.alt = `Images that ${this.#name} makes at epoch ${epoch}, always from the same points`;
      await this.#image.decode();
      setText(this.#snapshotCaption, `epoch ${epoch} · always the same points`);
      this.#snapshotFrame.className = "picture";
    } catch (error) {
      this.#snapshots.delete(epoch);
      if (!isAbort(error)) setText(this.#snapshotCaption, `epoch ${epoch} cannot be shown`);
    }
  }
}
