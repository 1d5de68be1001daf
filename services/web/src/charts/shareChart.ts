/** Shares that add up to one, stacked over epochs: how the classes share the map. */

import { classColour } from "../core/latent/palette.ts";
import { percent } from "../core/text/format.ts";
import { svg } from "../ui/dom.ts";
import type { Frame } from "./axes.ts";
import { type ChartOptions, ChartShell, type EpochSpan, extentOf, frameOf } from "./frame.ts";

export interface ShareSample {
  readonly epoch: number;
  /** In the order of `classes`, 0 to 1. */
  readonly shares: readonly number[];
}

/** Most epochs that are drawn, since pixels cannot show more. */
const SAMPLES = 400;

export class ShareChart {
  readonly element: HTMLElement;
  readonly #shell: ChartShell;
  #samples: readonly ShareSample[] = [];
  #span: EpochSpan = { lastEpoch: 1 };

  constructor(classes: readonly string[], options: Omit<ChartOptions, "yLabel">) {
    this.#shell = new ChartShell({ ...options, yLabel: "%" });
    this.#shell.draw = (width, height) => this.#draw(width, height);
    this.#shell.readOut = (epoch) => {
      const sample = this.#samples.find((one) => one.epoch === epoch);
      if (!sample) return [];
      return classes
        .map((label, id) => ({ label, share: sample.shares[id] ?? 0, colour: classColour(id) }))
        .sort((a, b) => b.share - a.share)
        .slice(0, 3)
        .map(({ label, share, colour }) => ({ label, value: percent(share), colour }));
    };
    this.#shell.legend = () => classes.map((label, id) => ({ label, colour: classColour(id) }));
    this.element = this.#shell.element;
  }

  update(samples: readonly ShareSample[], span: EpochSpan): void {
    this.#samples = samples;
    this.#span = span;
    this.#shell.events = span.events ?? [];
    this.#shell.over = span.over ?? false;
    this.#shell.epochs = samples.map(({ epoch }) => epoch);
  }

  mark(epoch: number | undefined): void {
    this.#shell.mark(epoch);
  }

  dispose(): void {
    this.#shell.dispose();
  }

  #draw(width: number, height: number): { frame: Frame; layers: SVGElement[] } | undefined {
    const every = Math.ceil(this.#samples.length / SAMPLES);
    const samples = this.#samples.filter(
      (_, index) => index % every === 0 || index === this.#samples.length - 1,
    );
    const first = samples[0];
    if (!first) return undefined;
    const frame = frameOf(width, height, extentOf(this.#span), [0, 1]);
    // A single sample is drawn as wide as an epoch, so that it can be seen.
    const drawn = samples.length === 1 ? [first, { ...first, epoch: first.epoch + 1 }] : samples;
    const sums = drawn.map(() => 0);
    const layers = first.shares.map((_, id) => {
      const lower = drawn.map(
        ({ epoch }, index) => `${frame.x.at(epoch).toFixed(1)},${frame.y.at(sums[index] ?? 0).toFixed(1)}`,
      );
      drawn.forEach(({ shares }, index) => {
        sums[index] = (sums[index] ?? 0) + (shares[id] ?? 0);
      });
      const upper = drawn.map(
        ({ epoch }, index) => `${frame.x.at(epoch).toFixed(1)},${frame.y.at(sums[index] ?? 0).toFixed(1)}`,
      );
      return svg("polygon", {
        class: "chart-area",
        points: [...lower, ...upper.reverse()].join(" "),
        style: { fill: classColour(id) },
      });
    });
    return { frame, layers };
  }
}
