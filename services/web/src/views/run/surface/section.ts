/** The loss surface on the page of a run: asked for, waited for, and shown. */
import { computed, signal } from "@preact/signals-core";
import { isMissing, messageOf } from "../../../api/problem.ts";
import type { RunView, SurfaceKind } from "../../../api/types.ts";
import type { Contours } from "../../../charts/contours.ts";
import { figureFiles } from "../../../charts/figureMenu.ts";
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
import { segmented } from "../../../ui/controls.ts";
import { fill, h } from "../../../ui/dom.ts";
import { downloadMenu } from "../../../ui/downloadMenu.ts";
import { EpochPlayer } from "../../../ui/player.ts";
import type { Scope } from "../../../ui/scope.ts";
import type { Tools } from "../../../ui/view.ts";
import { surfaceFigure } from "./figure.ts";
import { SurfacePlot } from "./plot.ts";
import { renewal, type Standing, standingView } from "./standing.ts";
import { pathTable, surfaceWords } from "./words.ts";

export class LossSurfaceSection {
  readonly element: HTMLElement;
  readonly #run = signal<RunView | undefined>(undefined);
  readonly #kind = signal<SurfaceKind>({ network: "generator", directions: "path" });
  readonly #scale = signal<RunState["scale"]>(undefined);
  readonly #standing = signal<Standing>({ kind: "unknown" });
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
    const download = downloadMenu({
      label: "Download",
      title: "Download the loss surface",
      groups: () => [
        {
          files: figureFiles(
            () => `${name}-${this.#kind.value.network}-loss-surface`,
            (ground) => {
              const contours = drawn.value;
              if (!contours) throw new Error("There is no loss surface yet.");
              return surfaceFigure(contours, ground, location.href);
            },
          ),
          grounds: true,
        },
      ],
    });
    const orders = { compute: () => void this.#ask(), stop: () => void this.#stop() };
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
      const stand = this.#standing.value;
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
        fill(body, standingView(this.#standing.value, this.#kind.value, states.value ?? [], orders));
        return;
      }
      if (shown.parentElement !== body) fill(body, shown);
      this.#plot.update(contours, plotLabel(contours));
      fill(
        below,
        surfaceWords(contours.surface),
        renewal(contours.surface, states.value ?? [], orders.compute),
      );
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
    else this.#standing.value = { kind: "none" };
  }

  /** Read it, and again while it waits or runs. */
  async #look(): Promise<void> {
    this.#looking?.abort();
    const looking = new AbortController();
    const { signal: stop } = looking;
    this.#looking = looking;
    this.#standing.value = { kind: "unknown" };
    while (!stop.aborted) {
      try {
        const answer = await this.#tools.api.lossSurface(this.#name, this.#kind.peek(), stop);
        if (stop.aborted) return;
        if ("surface" in answer) {
          this.#standing.value = { kind: "there", surface: answer.surface };
          return;
        }
        this.#standing.value = { kind: "job", job: answer.job };
        await pause(answer.secondsToWait * 1000, stop);
      } catch (error) {
        if (stop.aborted) return;
        this.#standing.value = isMissing(error)
          ? { kind: "none" }
          : { kind: "failed", why: messageOf(error) };
        return;
      }
    }
  }

  async #ask(): Promise<void> {
    try {
      await this.#tools.api.askLossSurface(this.#name, this.#kind.peek());
      await this.#look();
    } catch (error) {
      this.#standing.value = { kind: "failed", why: messageOf(error) };
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
