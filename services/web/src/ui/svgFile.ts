/** A chart of the page as a self-contained file, with the styles of the style sheet written into it. */
import { svg } from "./dom.ts";

const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "font-size",
  "font-family",
  "font-variant-numeric",
  "text-anchor",
];
const EDGE = 16;
const TITLE = 18;
const LINE = 16;

/** @param legend what the colours mean, written below the title. */
export function svgFile(
  drawing: SVGSVGElement,
  title: string,
  legend: readonly { readonly label: string; readonly colour: string }[],
): Blob {
  const width = drawing.clientWidth + 2 * EDGE;
  const places = placed(legend, drawing.clientWidth);
  const head = TITLE + LINE * ((places.at(-1)?.row ?? -1) + 1);
  const height = drawing.clientHeight + head + 2 * EDGE;
  const page = getComputedStyle(drawing.closest(".card") ?? document.body);
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  inlined(drawing, copy);
  copy.querySelector(".chart-cursor")?.remove();
  copy.setAttribute("x", String(EDGE));
  copy.setAttribute("y", String(EDGE + head));
  copy.setAttribute("overflow", "visible");
  const font = { "font-family": page.fontFamily };
  // Colours of the legend may be custom properties, which are not defined outside the page.
  const probe = document.createElement("span");
  document.body.append(probe);
  const colourOf = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const names = places.flatMap(({ label, colour, x, row }) => {
    const y = EDGE + TITLE + row * LINE;
    return [
      svg("rect", { x: EDGE + x, y: y + 3, width: 12, height: 3, fill: colourOf(colour) }),
      svg("text", { x: EDGE + x + 16, y: y + 8, "font-size": 11, fill: page.color, ...font }, label),
    ];
  });
  probe.remove();
  const file = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("title", {}, title),
    svg("rect", { width, height, fill: page.backgroundColor }),
    svg(
      "text",
      { x: EDGE, y: EDGE + 10, "font-size": 14, "font-weight": 600, fill: page.color, ...font },
      title,
    ),
    names,
    copy,
  );
  return new Blob([new XMLSerializer().serializeToString(file)], { type: "image/svg+xml" });
}

/** Positions of the names, in as many rows as they need; their widths are estimated. */
function placed<T extends { readonly label: string }>(legend: readonly T[], width: number) {
  let [x, row] = [0, 0];
  return legend.map((item) => {
    const own = 30 + item.label.length * 6.2;
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    const place = { ...item, x, row };
    x += own;
    return place;
  });
}

function inlined(from: Element, to: Element): void {
  const styles = getComputedStyle(from);
  to.removeAttribute("class");
  to.removeAttribute("style");
  if (from.classList.contains("chart-cursor")) to.setAttribute("class", "chart-cursor");
  for (const name of STYLES) {
    const value = styles.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  [...from.children].forEach((child, index) => {
    const own = to.children[index];
    if (own) inlined(child, own);
  });
}
