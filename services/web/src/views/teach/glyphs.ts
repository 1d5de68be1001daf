/** The drawings of the living picture: axes with the point, networks, arrows. In units of a pixel. */
import { svg } from "../../ui/dom.ts";

const HEIGHT = 44;
/** Most coordinates that are drawn. */
const MOST_TRACKS = 12;

const drawing = (width: number, name: string, ...shapes: SVGElement[]) =>
  svg(
    "svg",
    {
      class: `pipeline-glyph ${name}`,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      width,
      height: HEIGHT,
      "aria-hidden": "true",
      focusable: "false",
    },
    shapes,
  );

/** From few numbers to many, or the other way round. */
export function network(kind: "widens" | "narrows"): SVGSVGElement {
  const [left, right] = kind === "widens" ? [9, 20] : [20, 9];
  const at = (x: number) => left + ((right - left) * (x - 3)) / 46;
  const middle = HEIGHT / 2;
  return drawing(
    52,
    "network",
    svg("path", {
      class: "network-body",
      d: `M3 ${middle - left}L49 ${middle - right}V${middle + right}L3 ${middle + left}z`,
    }),
    ...[14.5, 26, 37.5].map((x) =>
      svg("path", { class: "network-layer", d: `M${x} ${middle - at(x) + 4}V${middle + at(x) - 4}` }),
    ),
  );
}

export function arrow(): SVGSVGElement {
  return drawing(24, "arrow", svg("path", { d: "M2 22h18M15 17.500l5 4.500-5 4.500" }));
}

export function plus(): SVGSVGElement {
  return drawing(14, "arrow", svg("path", { d: "M2.500 22h9M7 17.500v9" }));
}

/** A point on its axes: a small map of two numbers, or a track for each of more. */
export class PointGlyph {
  readonly element: SVGSVGElement;
  readonly #place: (point: readonly number[]) => void;

  constructor(dim: number, low: number, high: number) {
    const share = (value: number) => Math.min(1, Math.max(0, (value - low) / (high - low)));
    if (dim === 2) {
      const dot = svg("circle", { class: "pipeline-dot", r: 4.5 });
      const across = svg("path", { class: "pipeline-guide" });
      const x = (value: number) => 6 + share(value) * 38;
      const y = (value: number) => 41 - share(value) * 38;
      this.element = drawing(
        50,
        "axes",
        svg("path", { class: "pipeline-axis", d: "M6 3V41H44" }),
        across,
        dot,
      );
      this.#place = ([first = 0, second = 0]) => {
        dot.setAttribute("cx", String(x(first)));
        dot.setAttribute("cy", String(y(second)));
        across.setAttribute("d", `M6 ${y(second)}H${x(first)}V41`);
      };
      return;
    }
    const tracks = Math.min(dim, MOST_TRACKS);
    const step = Math.min(12, (HEIGHT - 6) / tracks);
    const top = HEIGHT / 2 - ((tracks - 1) * step) / 2;
    const dots = Array.from({ length: tracks }, (_, axis) =>
      svg("circle", { class: "pipeline-dot", cy: top + axis * step, r: Math.min(4.5, step / 2) }),
    );
    const lines = dots.map((_, axis) =>
      svg("path", { class: "pipeline-axis", d: `M4 ${top + axis * step}H52` }),
    );
    this.element = drawing(56, "axes", ...lines, ...dots);
    this.#place = (point) => {
      for (const [axis, dot] of dots.entries())
        dot.setAttribute("cx", String(4 + share(point[axis] ?? 0) * 48));
    };
  }

  /** @param colour that the map has there; undefined: it is not known. */
  update(point: readonly number[], colour: string | undefined): void {
    this.#place(point);
    this.element.style.setProperty("--here", colour ?? "var(--surface)");
  }
}
