/** SVG as text, which needs no page to be written. */

/** Markup, as opposed to text, which is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | undefined | false | readonly Content[];

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out, and numbers have at most two decimals. */
export function tag(name: string, attributes: Attributes = {}, ...children: Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? short(value) : (value ?? ""))}"`)
    .join("");
  const inner = inside(children);
  return new Markup(inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`);
}

function inside(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  return typeof content === "string" ? escaped(content) : content.map(inside).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** The width of a text in pixels, about: figures are laid out where nothing can measure it. */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const letter of text) {
    units += /[iljtfr.,:;'|! ]/.test(letter) ? 0.32 : /[mwMW%—]/.test(letter) ? 0.88 : 0.6;
  }
  return units * size;
}

/** The text in lines, broken between words. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trimStart();
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The text, cut where it would be too wide. */
export function fitted(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
