/** A figure as a file that stands alone: title, ground, fonts, and where it comes from. */
import { GROUNDS, type GroundName, inksOn } from "./ground.ts";
import { type Content, fitted, type Markup, tag } from "./markup.ts";

/** What a figure says of itself, above the drawing and in its file. */
export interface Caption {
  readonly title: string;
  /** Below the title. */
  readonly words: string;
  /** Link that shows it again. */
  readonly source: string;
}

/** A figure before it is written: SVG in its own pixels. */
export interface Figure extends Caption {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

export const EDGE = 28;
const TITLE = 22;
const WORDS = 14;
export const FONT = "Inter, 'Inter Variable', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** Height of title and words with the room around them: where the drawing begins. */
export function headOf({ words }: Caption): number {
  return EDGE + TITLE + (words ? WORDS + 10 : 0) + 20;
}

/**
 * @param size of the drawing, which begins at the edge and below the head.
 * @param content of the drawing, in the coordinates of the whole figure.
 */
export function figureOf(
  caption: Caption,
  size: { readonly width: number; readonly height: number },
  ground: GroundName,
  ...content: Content[]
): Figure {
  const { title, words, source } = caption;
  const { ink, soft } = inksOn(ground);
  const width = Math.ceil(size.width + 2 * EDGE);
  const height = Math.ceil(size.height + headOf(caption) + EDGE);
  const { fill } = GROUNDS[ground];
  const root = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": FONT,
    },
    tag("title", {}, title),
    words !== "" && tag("desc", {}, words),
    tag("metadata", {}, sourceOf(title, source)),
    fill !== undefined && tag("rect", { width, height, fill }),
    text(fitted(title, TITLE, size.width), EDGE, EDGE + TITLE - 3, { size: TITLE, fill: ink, weight: 640 }),
    words !== "" &&
      text(fitted(words, WORDS, size.width), EDGE, EDGE + TITLE + 8 + WORDS, { size: WORDS, fill: soft }),
    content,
  );
  return { ...caption, width, height, svg: root.text };
}

/** In Dublin Core's terms, which drawing programs show. */
function sourceOf(title: string, source: string): Markup {
  return tag(
    "rdf:RDF",
    {
      "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
      "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    },
    tag("rdf:Description", {}, tag("dc:title", {}, title), tag("dc:source", {}, source)),
  );
}

export interface TextStyle {
  readonly size?: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  /** Degrees, around its own place. */
  readonly turn?: number;
}

/** A line of text on its baseline. */
export function text(
  words: Content,
  x: number,
  y: number,
  { size = 13, fill, weight, anchor, turn }: TextStyle,
): Markup {
  return tag(
    "text",
    {
      x,
      y,
      "font-size": size,
      "font-weight": weight,
      fill,
      "text-anchor": anchor === "start" ? undefined : anchor,
      transform: turn === undefined ? undefined : `rotate(${turn} ${x} ${y})`,
    },
    words,
  );
}

/** z with its number set lower, which no font needs a letter for. */
export function axisMark(axis: number): Content {
  return ["z", tag("tspan", { dy: 4, "font-size": "72%" }, String(axis + 1))];
}

/** A number with a minus sign, not a hyphen. */
export function signed(value: number): string {
  return String(value).replace("-", "−");
}
