/** The map and the snapshot of one epoch of a run, with a slider over all epochs. */

import type { PictureForm } from "../../api/client.ts";
import { isAbort } from "../../api/problem.ts";
import type { RunView } from "../../api/types.ts";
import { begunAfter } from "../../core/growth/words.ts";
import { type Grid, sheetsOf } from "../../core/latent/classMap.ts";
import { classColour } from "../../core/latent/palette.ts";
import type { RunState } from "../../core/navigation/views.ts";
import { Lru } from "../../core/requests/lru.ts";
import { isFinished, nearestEpoch } from "../../core/runs/liveRun.ts";
import { segmented, select } from "../../ui/controls.ts";
import { h, setText } from "../../ui/dom.ts";
import { downloadMenu, type MenuFile } from "../../ui/downloadMenu.ts";
import { Tooltip } from "../../ui/overlays.ts";
import { decodeInto } from "../../ui/picture.ts";
import { EpochPlayer } from "../../ui/player.ts";
import type { Scope } from "../../ui/scope.ts";
import type { Tools } from "../../ui/view.ts";
import { ClassMapPicture } from "../shared/classMapPicture.ts";
import { filmFiles } from "../shared/filmDownload.ts";
import { pictureFiles } from "../shared/pictureFiles.ts";

const KEPT = 240;
/** Epochs that are loaded ahead. */
const AHEAD = 3;

export class EpochPictures {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #scope: Scope;
  readonly #name: string;
  readonly #map: ClassMapPicture;
  readonly #player: EpochPlayer;
  #image = h("img", { class: "pixels snapshot", alt: "" });
  readonly #mapCaption = h("span", { class: "caption-note" });
  readonly #snapshotCaption = h("span", { class: "caption-note" });
  readonly #noMap = h("p", { class: "picture-empty" });
  readonly #noSnapshot = h("p", { class: "picture-empty" });
  readonly #mapFrame: HTMLElement;
  readonly #snapshotFrame: HTMLElement;
  readonly #maps = new Lru<string, Promise<readonly Grid[]>>(KEPT);
  readonly #snapshots = new Lru<number, Promise<HTMLImageElement>>(KEPT);
  readonly #mapDownloads: HTMLElement;
  readonly #snapshotDownloads: HTMLElement;
  #which: WhichMap = {};
  /** Of what there are pictures enough for a film. */
  #films = { maps: false, snapshots: false };
  #wanted = 0;
  #shown: Promise<void> = Promise.resolve();
  #shownMap: string | undefined;
  #shownEpoch: number | undefined;
  #shownSnapshot: number | undefined;
  #slices = "";
  /** Epoch that the slider says. */
  #said: number | undefined;

  /** @param changed called with the user's choice; `done` is false while dragging or playing. */
  constructor(
    run: RunView,
    classes: readonly string[],
    state: RunState,
    tools: Tools,
    scope: Scope,
    changed: (change: Partial<RunState>, done: boolean) => void,
  ) {
    this.#name = run.name;
    this.#tools = tools;
    this.#scope = scope;
    this.#map = new ClassMapPicture(classes);
    this.#player = new EpochPlayer({
      label: "Epoch",
      follow: true,
      changed: (epoch, done) => changed({ epoch }, done),
      shown: () => this.#shown,
    });
    this.#mapFrame = h("div", { class: "picture loading" }, this.#map.element, this.#noMap);
    this.#snapshotFrame = h("div", { class: "picture loading" }, this.#image, this.#noSnapshot);
    this.#mapDownloads = this.#downloads("class map", "maps", () => this.#mapFiles());
    this.#snapshotDownloads = this.#downloads("images", "snapshots", () => this.#snapshotFiles());
    this.element = h(
      "div",
      { class: "epoch-pictures" },
      h(
        "div",
        { class: "picture-pair" },
        h(
          "figure",
          {},
          h(
            "figcaption",
            {},
            h("span", { class: "chart-title" }, "Class map"),
            this.#mapCaption,
            this.#mapDownloads,
          ),
          this.#mapFrame,
        ),
        h(
          "figure",
          {},
          h(
            "figcaption",
            {},
            h("span", { class: "chart-title" }, "Images"),
            this.#snapshotCaption,
            this.#snapshotDownloads,
          ),
          this.#snapshotFrame,
        ),
      ),
      h(
        "ul",
        { class: "class-key", "aria-label": "Classes" },
        classes.map((_, id) => h("li", {}, classMark(classes, id))),
      ),
      h("div", { class: "epoch-bar" }, this.#player.element, choices(run, classes, state, changed)),
    );
    const tooltip = new Tooltip(this.element);
    this.#map.element.addEventListener("pointermove", (event) => {
      const id = this.#map.classUnder(event.clientX, event.clientY);
      if (id === undefined) tooltip.hide();
      else tooltip.show(event.clientX, event.clientY, ...classMark(classes, id));
    });
    this.#map.element.addEventListener("pointerleave", () => tooltip.hide());
    scope.onDispose(() => this.#player.dispose());
  }

  update(run: RunView, state: RunState): void {
    const { epoch } = state;
    const epochs = [...new Set([...run.maps, ...run.snapshots])].sort((a, b) => a - b);
    this.#player.update(epochs, epoch);
    const map = nearestEpoch(run.maps, epoch);
    const snapshot = nearestEpoch(run.snapshots, epoch);
    this.#which = whichMap(run, state);
    this.#films = { maps: run.maps.length > 1, snapshots: run.snapshots.length > 1 };
    this.#mapDownloads.hidden = run.maps.length === 0;
    this.#snapshotDownloads.hidden = run.snapshots.length === 0;
    const over = isFinished(run);
    const none = `picture ${over ? "none" : "waiting"}`;
    const { map_every, snapshot_every } = run.spec.monitor ?? {};
    setText(
      this.#noMap,
      over
        ? "It ended before its first map."
        : `The first map is drawn at the end of epoch ${firstDue(run, map_every)}.`,
    );
    setText(
      this.#noSnapshot,
      over
        ? "It ended before its first images."
        : `The first images come at the end of epoch ${firstDue(run, snapshot_every)}.`,
    );
    this.#said = nearestEpoch(epochs, epoch);
    this.#describe();
    if (map === undefined) this.#mapFrame.className = none;
    if (snapshot === undefined) this.#snapshotFrame.className = none;
    const wanted = ++this.#wanted;
    this.#shown = Promise.all([
      map === undefined ? undefined : this.#showMap(map, this.#which, wanted),
      snapshot === undefined || snapshot === this.#shownSnapshot
        ? undefined
        : this.#showSnapshot(snapshot, wanted),
    ]).then(() => undefined);
    if (epoch !== undefined) this.#loadNext(run, epochs, epoch);
  }

  #downloads(what: string, kind: "maps" | "snapshots", files: () => readonly MenuFile[]): HTMLElement {
    const films = filmFiles({
      file: () => `${this.#name}-${kind}`,
      film: (form, options) =>
        this.#tools.api.filmFile(this.#name, kind, form, kind === "maps" ? this.#which : {}, options),
    });
    return downloadMenu({
      title: `Download the ${what}`,
      groups: () => [
        { title: "This epoch", files: files() },
        ...(this.#films[kind] ? [{ title: "Film of all epochs", files: films }] : []),
      ],
    });
  }

  #mapFiles(): readonly MenuFile[] {
    const epoch = this.#shownEpoch ?? 0;
    const stem = `${this.#name}-${epoch}-map`;
    const load = (form: PictureForm, scale: number, [signal, progress]: Parameters<MenuFile["make"]>) =>
      this.#tools.api.runMapFile(this.#name, epoch, this.#which, form, scale, { signal, progress });
    return [
      ...pictureFiles({
        form: "PNG",
        ...this.#map.size,
        stem: () => stem,
        load: (scale = 1, options) => load("image/png", scale, options),
      }),
      {
        label: "Data, npy",
        name: () => `${stem}.npy`,
        make: (...options) => load("application/x-npy", 1, options),
      },
    ];
  }

  #snapshotFiles(): readonly MenuFile[] {
    const epoch = this.#shownSnapshot ?? 0;
    return pictureFiles({
      form: "PNG",
      width: this.#image.naturalWidth,
      height: this.#image.naturalHeight,
      stem: () => `${this.#name}-${epoch}-images`,
      load: (scale, [signal, progress]) =>
        this.#tools.api.snapshotFile(this.#name, epoch, scale, { signal, progress }),
    });
  }

  /** Load the next epochs ahead, so that a film does not have to wait. */
  #loadNext(run: RunView, epochs: readonly number[], epoch: number): void {
    for (const next of epochs.slice(epochs.indexOf(epoch) + 1).slice(0, AHEAD)) {
      if (run.maps.includes(next)) this.#loadMap(next, this.#which).catch(() => undefined);
      if (run.snapshots.includes(next)) this.#loadSnapshot(next).catch(() => undefined);
    }
  }

  #loadMap(epoch: number, which: WhichMap): Promise<readonly Grid[]> {
    const key = keyOf(epoch, which);
    let loading = this.#maps.get(key);
    if (!loading) {
      loading = this.#tools.api.runMap(this.#name, epoch, which, this.#scope.signal).then(sheetsOf);
      this.#maps.set(key, loading);
      loading.catch(() => this.#maps.delete(key));
    }
    return loading;
  }

  #loadSnapshot(epoch: number): Promise<HTMLImageElement> {
    let loading = this.#snapshots.get(epoch);
    if (!loading) {
      const image = h("img", {
        class: "pixels snapshot",
        alt: `Images that ${this.#name} makes at epoch ${epoch}, always from the same points`,
      });
      loading = this.#tools.api
        .snapshot(this.#name, epoch, this.#scope.signal)
        .then((blob) => decodeInto(image, blob));
      this.#snapshots.set(epoch, loading);
      loading.catch(() => this.#snapshots.delete(epoch));
    }
    return loading;
  }

  async #showMap(epoch: number, which: WhichMap, wanted: number): Promise<void> {
    const key = keyOf(epoch, which);
    if (key === this.#shownMap) return;
    try {
      const sheets = await this.#loadMap(epoch, which);
      if (wanted < this.#wanted && this.#shownMap !== undefined) return;
      this.#shownMap = key;
      this.#shownEpoch = epoch;
      const [only] = sheets;
      const label = `Class map of ${this.#name} at epoch ${epoch}`;
      if (sheets.length === 1 && only) this.#map.show(only, label);
      else this.#map.showSheets(sheets, Math.ceil(Math.sqrt(sheets.length)), label);
      this.#slices = sheets.length === 1 ? "" : `${sheets.length} slices along z₃, from below`;
      this.#describe();
      this.#mapFrame.className = "picture";
    } catch (error) {
      if (!isAbort(error)) setText(this.#mapCaption, `epoch ${epoch} cannot be shown`);
    }
  }

  /** The captions name an epoch only where it is not that of the slider. */
  #describe(): void {
    const words = (epoch: number | undefined, more: string) =>
      [epoch === this.#said || epoch === undefined ? "" : `epoch ${epoch}`, more]
        .filter(Boolean)
        .join(" · ");
    if (this.#shownEpoch !== undefined) setText(this.#mapCaption, words(this.#shownEpoch, this.#slices));
    if (this.#shownSnapshot !== undefined)
      setText(this.#snapshotCaption, words(this.#shownSnapshot, "always the same points"));
  }

  async #showSnapshot(epoch: number, wanted: number): Promise<void> {
    try {
      const image = await this.#loadSnapshot(epoch);
      if (wanted < this.#wanted && this.#shownSnapshot !== undefined) return;
      this.#shownSnapshot = epoch;
      this.#image.replaceWith(image);
      this.#image = image;
      this.#describe();
      this.#snapshotFrame.className = "picture";
    } catch (error) {
      if (!isAbort(error)) setText(this.#snapshotCaption, `epoch ${epoch} cannot be shown`);
    }
  }
}

function classMark(classes: readonly string[], id: number): HTMLElement[] {
  return [
    h("span", { class: "swatch", style: { background: classColour(id) } }),
    h("span", {}, classes[id] ?? String(id)),
  ];
}

function keyOf(epoch: number, { label, at }: WhichMap): string {
  return [epoch, label ?? "", at ?? ""].join("|");
}

/** The first epoch of the run itself at which something comes that is made every few epochs, or at the end. */
function firstDue(run: RunView, every = 1): number {
  return Math.min(run.epochs, (Math.floor(begunAfter(run) / every) + 1) * every);
}

interface WhichMap {
  readonly label?: number;
  readonly at?: readonly number[];
}

/** Conditional runs draw a map for each class; runs in 4D and more draw a cube at both ends of the fourth axis. */
function whichMap({ spec }: RunView, { label, side }: RunState): WhichMap {
  const dim = spec.latent?.dim ?? 2;
  return {
    ...(spec.conditional ? { label } : {}),
    ...(dim > 3 ? { at: Array.from({ length: dim }, (_, axis) => (axis === 3 ? Number(side) : 0)) } : {}),
  };
}

function choices(
  { spec }: RunView,
  classes: readonly string[],
  state: RunState,
  changed: (change: Partial<RunState>, done: boolean) => void,
): HTMLElement {
  const byClass = spec.conditional
    ? h(
        "label",
        { class: "choice" },
        "Map of",
        select(
          "Class whose map is shown",
          classes.map((name, id) => ({ value: String(id), label: name })),
          String(state.label),
          (value) => changed({ label: Number(value) }, true),
        ),
      )
    : null;
  const bySide =
    (spec.latent?.dim ?? 2) > 3
      ? segmented(
          "Place on the fourth axis",
          [
            { value: "-1", label: "z₄ = −1" },
            { value: "1", label: "z₄ = +1" },
          ],
          state.side,
          (side) => changed({ side }, true),
        ).element
      : null;
  return h("div", { class: "choices" }, byClass, bySide);
}
