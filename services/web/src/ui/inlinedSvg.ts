/** Drawings of the page as markup that stands alone: what the style sheet says is written into it. */

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
];

/** The markup of a drawing's content. */
export function inlinedSvg(drawing: SVGSVGElement): string {
  const serializer = new XMLSerializer();
  return [...drawing.children]
    .map((child) => {
      const copy = child.cloneNode(true) as Element;
      inline(child, copy);
      return serializer.serializeToString(copy);
    })
    .join("");
}

function inline(from: Element, to: Element): void {
  const styles = getComputedStyle(from);
  to.removeAttribute("class");
  to.removeAttribute("style");
  for (const name of STYLES) {
    const value = styles.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  [...from.children].forEach((child, index) => {
    const own = to.children[index];
    if (own) inline(child, own);
  });
}

/** Runs `read` while an element has the colours of a scheme, whatever the page has. Nothing reaches the screen. */
export function inScheme<T>(element: HTMLElement | SVGElement, scheme: "light" | "dark", read: () => T): T {
  const before = element.style.colorScheme;
  element.style.colorScheme = scheme;
  try {
    return read();
  } finally {
    element.style.colorScheme = before;
  }
}

/** A colour of the page, which may be a custom property, as every program understands it. */
export function resolvedColour(colour: string, scheme: "light" | "dark"): string {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = colour;
  document.body.append(probe);
  const resolved = inScheme(probe, scheme, () => getComputedStyle(probe).color);
  probe.remove();
  return resolved;
}
