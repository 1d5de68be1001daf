/** The loss surface on the page of a run: asked for, waited for, and shown. */
import { computed, signal } from "@preact/signals-core";
import { isMissing, messageOf } from "../../../api/problem.ts";
import type { LossSurface, LossSurfaceJob, RunView, SurfaceKind } from "../../../api/types.ts";
import type { Contours } from "../../../charts/contours.ts";
import { SURFACE_NEEDS } from "../../../core/growth/states.ts";
import type { RunState } from "../../../core/navigation/views.ts";
import {
  allowsLog,
  bandEdges,
  DIRECTIONS,
  lossRange,
  lossRows,
  NETWORKS,
  usualScale,
} from "../../../core/surface/surface.ts";
import { button, segmented } from "../../../ui/controls.ts";
import { fill, h, setText } from "../../../ui/dom.ts";
import { icon } from "../../../ui/icons.ts";
import { EpochPlayer } from "../../../ui/player.ts";
import type { Scope } from "../../../ui/scope.ts";
import type { Tools } from "../../../ui/view.ts";
import { downloadButton } from "../../shared/download.ts";
import { surfacePng } from "./file.ts";
import { SurfacePlot } from "./plot.ts";
import { pathTable, surfaceWords } from "./words.ts";

type Stand =
  | { readonly kind: "unknown" }
  | { readonly kind: "none" }
  | { readonly kind: "job"; readonly job: LossSurfaceJob }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "there"; readonly surface: LossSurface };

export class LossSurfaceSection {
  readonly element: HTMLElement;
  readonly #run = signal<RunView | undefined>(undefined);
  readonly #kind = signal<SurfaceKind>({ network: "generator", directions: "path" });
  readonly #scale = signal<RunState["scale"]>(undefined);
  readonly #stand = signal<Stand>({ kind: "unknown" });
  readonly #tools: Tools;
  readonly #name: string;
  readonly #plot: SurfacePlot;
  readonly #player: EpochPlayer;
  readonly #epoch = signal<number | undefined>(undefined);
  #looking: AbortController | undefined;

  /** @param changed called with a choice that belongs into the link; `done` is false while a film plays. */
  constructor(
    name: string,
    tools: Tools,
    scope: Scope,
    changed: (change: Partial<RunState>, done: boolean) => void,
  ) {
    this.#name = name;
    this.#tools = tools;
    this.#plot = new SurfacePlot((epoch) => changed({ epoch }, true));
    this.#player = new EpochPlayer({
      label: "Epoch on the path",
      changed: (epoch, done) => changed({ epoch }, done),
    });
    const options = <T extends string>(words: Readonly<Record<T, string>>) =>
      (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }));
    const network = segmented("Network", options(NETWORKS), this.#kind.value.network, (one) =>
      changed({ network: one }, true),
    );
    const directions = segmented("Directions", options(DIRECTIONS), this.#kind.value.directions, (one) =>
      changed({ directions: one }, true),
    );
    const scale = segmented(
      "Scale of the loss",
      [
        { value: "linear", label: "Linear" },
        { value: "log", label: "Logarithm" },
      ],
      "linear",
      (one) => changed({ scale: one }, true),
    );
    const download = downloadButton({
      label: "PNG",
      title: "Download the loss surface as PNG",
      name: () => `${name}-${this.#kind.value.network}-loss-surface.png`,
      make: () => {
        const contours = drawn.value;
        if (!contours) throw new Error("There is no loss surface yet.");
        return surfacePng(contours);
      },
      notify: tools.notify,
    });
    const body = h("div", { class: "surface-body" });
    const below = h("div", {});
    const table = h("div", {});
    const shown = h(
      "div",
      {},
      this.#plot.element,
      h("div", { class: "epoch-bar surface-player" }, this.#player.element),
      below,
      table,
    );
    this.element = h(
      "section",
      { class: "card comparison-card surface", "aria-label": "Loss surface", hidden: true },
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Loss surface"),
        h("div", { class: "actions" }, network.element, directions.element, scale.element, download),
      ),
      body,
    );

    // The record of a live run is replaced all the time; its states are not.
    const states = computed(() => this.#run.value?.states?.epochs);
    const surface = computed(() => {
      const stand = this.#stand.value;
      return stand.kind === "there" ? stand.surface : undefined;
    });
    const range = computed(() => surface.value && lossRange(lossRows(surface.value)));
    const chosenScale = computed(() =>
      range.value ? (this.#scale.value ?? usualScale(range.value)) : "linear",
    );
    const drawn = computed((): Contours | undefined => {
      const [found, extent] = [surface.value, range.value];
      if (!found || !extent) return undefined;
      return { surface: found, rows: lossRows(found), edges: bandEdges(extent, chosenScale.value) };
    });
    scope.effect(() => {
      network.set(this.#kind.value.network);
      directions.set(this.#kind.value.directions);
      scale.set(chosenScale.value);
    });
    scope.effect(() => {
      const contours = drawn.value;
      scale.element.hidden = !contours || !range.value || !allowsLog(range.value);
      download.hidden = !contours;
      if (!contours) {
        fill(body, this.#waiting(this.#stand.value, states.value));
        return;
      }
      if (shown.parentElement !== body) fill(body, shown);
      this.#plot.update(contours, plotLabel(contours));
      fill(below, surfaceWords(contours.surface), this.#again(contours.surface, states.value));
      fill(table, pathTable(contours.surface.path));
    });
    scope.effect(() => {
      this.#plot.mark(this.#epoch.value);
      const epochs = surface.value?.path.map(({ epoch }) => epoch) ?? [];
      this.#player.update(epochs, this.#epoch.value);
    });
    scope.effect(() => {
      this.element.hidden = (this.#run.value?.epoch ?? 0) === 0;
    });
    scope.onDispose(() => {
      this.#looking?.abort();
      this.#plot.dispose();
      this.#player.dispose();
    });
  }

  update(run: RunView, { network, directions, scale, epoch }: RunState): void {
    const before = this.#kind.peek();
    const first = this.#run.peek() === undefined;
    this.#run.value = run;
    this.#scale.value = scale;
    this.#epoch.value = epoch;
    if (!first && before.network === network && before.directions === directions) return;
    this.#kind.value = { network, directions };
    const { results = [], job = null } = run.loss_surface ?? {};
    const known = [...results, ...(job ? [job] : [])].some(
      (one) => one.network === network && one.directions === directions,
    );
    // Nothing is asked of a run that has no such surface, unless this page has asked for one itself.
    if (known || !first) void this.#look();
    else this.#stand.value = { kind: "none" };
  }

  /** Read it, and again while it waits or runs. */
  async #look(): Promise<void> {
    this.#looking?.abort();
    const looking = new AbortController();
    const { signal: stop } = looking;
    this.#looking = looking;
    this.#stand.value = { kind: "unknown" };
    while (!stop.aborted) {
      try {
        const answer = await this.#tools.api.lossSurface(this.#name, this.#kind.peek(), stop);
        if (stop.aborted) return;
        if ("surface" in answer) {
          this.#stand.value = { kind: "there", surface: answer.surface };
          return;
        }
        this.#stand.value = { kind: "job", job: answer.job };
        await pause(answer.secondsToWait * 1000, stop);
      } catch (error) {
        if (stop.aborted) return;
        this.#stand.value = isMissing(error) ? { kind: "none" } : { kind: "failed", why: messageOf(error) };
        return;
      }
    }
  }

  async #ask(): Promise<void> {
    try {
      await this.#tools.api.askLossSurface(this.#name, this.#kind.peek());
      await this.#look();
    } catch (error) {
      this.#stand.value = { kind: "failed", why: messageOf(error) };
    }
  }

  async #stop(): Promise<void> {
    this.#looking?.abort();
    try {
      await this.#tools.api.removeLossSurface(this.#name, this.#kind.peek());
    } catch (error) {
      this.#tools.notify(messageOf(error), "error");
    }
    await this.#look();
  }

  #compute(label: string, kind: "primary" | "plain" = "primary"): HTMLButtonElement {
    return button({ label, icon: "map", kind, click: () => void this.#ask() });
  }

  /** In place of the surface, while there is none. */
  #waiting(stand: Stand, epochs: readonly number[] = []): HTMLElement {
    if (stand.kind === "unknown")
      return h("div", { class: "skeleton surface-skeleton", "aria-hidden": "true" });
    if (stand.kind === "job") return this.#progress(stand.job);
    const few = epochs.length < SURFACE_NEEDS;
    const { network, directions } = this.#kind.value;
    return h(
      "div",
      { class: "surface-none" },
      stand.kind === "failed"
        ? h("div", { class: "note bad", role: "alert" }, icon("warning"), h("p", {}, stand.why))
        : null,
      h(
        "p",
        { class: "growth-text" },
        "The loss over a plane through the weights of this training, and the way that the training took over it. ",
        few
          ? `It takes at least ${SURFACE_NEEDS} training states, and this run keeps ${epochs.length || "none"}. Train with “Training states kept: of every version” to see it.`
          : directions === "path"
            ? `The plane lies along the two directions in which the ${network}’s weights moved most.`
            : `The plane is spanned by two random directions, scaled to the ${network}’s filters.`,
      ),
      few ? null : this.#compute(stand.kind === "failed" ? "Try again" : "Compute it"),
    );
  }

  #progress({ state, progress: { step = 0, steps = 0 } }: LossSurfaceJob): HTMLElement {
    const share = steps ? (step ?? 0) / steps : 0;
    const words =
      state === "queued"
        ? "It waits in the line of trainings for a worker."
        : `Being computed, ${Math.floor(share * 100)} % done.`;
    const filled = h("div", { class: "progress-fill" });
    filled.style.transform = `scaleX(${share.toFixed(4)})`;
    const text = h("p", { class: "growth-text", role: "status" });
    setText(text, words);
    return h(
      "div",
      { class: "surface-none" },
      text,
      h(
        "div",
        {
          class: "progress",
          role: "progressbar",
          "aria-label": "Loss surface",
          "aria-valuemin": 0,
          "aria-valuemax": 100,
          "aria-valuenow": Math.round(share * 100),
        },
        filled,
      ),
      button({ label: "Stop", icon: "stop", click: () => void this.#stop() }),
    );
  }

  /** A surface may be older than the run. */
  #again(surface: LossSurface, epochs: readonly number[] = []): HTMLElement | null {
    const newest = epochs.at(-1) ?? 0;
    if (newest <= surface.epoch || epochs.length < SURFACE_NEEDS) return null;
    return h(
      "div",
      { class: "surface-again" },
      h(
        "p",
        { class: "growth-text" },
        `It ends at epoch ${surface.epoch}; the run has gone on to ${newest}.`,
      ),
      this.#compute("Compute it again", "plain"),
    );
  }
}

function plotLabel({ surface }: Contours): string {
  const [first, last] = [surface.path[0], surface.path.at(-1)];
  return `Loss of the ${surface.network} as contours, with the path from epoch ${first?.epoch} to ${last?.epoch}. Use the left and right arrow keys to follow it; its numbers stand in the table below.`;
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
