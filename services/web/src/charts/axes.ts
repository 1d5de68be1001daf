/** What charts over epochs have behind their lines: axes, and lines where something happened. */
import { type Scale, tickStep, ticks } from "../core/maths/scale.ts";
import { svg } from "../ui/dom.ts";

export const MARGIN = { top: 10, right: 12, bottom: 26, left: 46 };

export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly height: number;
  /** Epochs that are named below the axis; absent: round ones. */
  readonly epochs?: readonly number[] | undefined;
}

/** Something that happened after an epoch. */
export interface EpochEvent {
  readonly epoch: number;
  readonly label: string;
}

/** Upright lines with their labels above the plot, on the side that has room. */
export function eventLines({ x, height, width }: Frame, events: readonly EpochEvent[]): SVGElement[] {
  return events
    .filter(({ epoch }) => epoch >= x.low && epoch <= x.high)
    .flatMap(({ epoch, label }) => {
      const at = x.at(epoch);
      const left = at > width - MARGIN.right - 6.5 * label.length;
      return [
        svg("line", { class: "chart-event", x1: at, x2: at, y1: 0, y2: height - MARGIN.bottom }),
        svg(
          "text",
          {
            class: "chart-tick",
            x: at + (left ? -5 : 5),
            y: MARGIN.top - 2,
            "text-anchor": left ? "end" : "start",
          },
          label,
        ),
      ];
    });
}

/** @param tick text of a number on the vertical axis; with as many decimals as it needs if not given. */
export function axes(frame: Frame, yLabel: string, tick?: (value: number) => string): SVGElement[] {
  const { x, y, width, height } = frame;
  const yTicks = ticks(y.low, y.high, 4);
  const decimals = decimalsOf(tickStep(y.high - y.low, 4), yLabel);
  const percent = yLabel === "%";
  const xTicks =
    frame.epochs ?? ticks(x.low, x.high, Math.max(2, Math.floor(width / 90))).filter(Number.isInteger);
  return [
    ...yTicks.map((value) =>
      svg("line", {
        class: value === 0 ? "chart-grid zero" : "chart-grid",
        x1: MARGIN.left,
        x2: width - MARGIN.right,
        y1: y.at(value),
        y2: y.at(value),
      }),
    ),
    ...yTicks.map((value) =>
      svg(
        "text",
        { class: "chart-tick", x: MARGIN.left - 8, y: y.at(value) + 4, "text-anchor": "end" },
        tick?.(value) ?? (percent ? `${(value * 100).toFixed(decimals)} %` : value.toFixed(decimals)),
      ),
    ),
    svg("text", { class: "chart-tick", x: MARGIN.left - 8, y: height - 8, "text-anchor": "end" }, "epoch"),
    ...xTicks.map((value) =>
      svg(
        "text",
        { class: "chart-tick", x: x.at(value), y: height - 8, "text-anchor": "middle" },
        String(value),
      ),
    ),
  ];
}

function decimalsOf(step: number, yLabel: string): number {
  const shown = yLabel === "%" ? step * 100 : step;
  return Math.max(0, -Math.floor(Math.log10(shown) + 1e-9));
}
