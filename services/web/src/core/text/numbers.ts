/**
 * Numbers as people type and paste them. A decimal comma is as good as a point; groups of thousands, signs
 * from a text processor and the brackets of a program are understood. Every number field of the page reads
 * by this. Pure.
 */

const GROUPED = /^[+-]?[1-9]\d{0,2}(?:([ .,'])\d{3})(?:\1\d{3})*$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** One number; undefined when the text is empty or none. */
export function readNumber(text: string): number | undefined {
  const plain = withPoint(cleaned(text));
  if (!PLAIN.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** The same for a count, in which three digits behind a separator are thousands: "5,000" is five thousand. */
export function readWhole(text: string): number | undefined {
  const given = cleaned(text);
  return GROUPED.test(given) ? Number(given.replace(/[ .,']/g, "")) : readNumber(given);
}

/**
 * A vector, such as `0.25, -0.75`, `0,25; −0,75`, `[0.25, -0.75]` or `{"point": [0.25, -0.75]}`; a single
 * number is one too. Undefined when anything in it is no number.
 */
export function readNumbers(text: string): readonly number[] | undefined {
  const given = cleaned(text);
  const single = readNumber(given);
  if (single !== undefined) return [single];
  const parts = partsOf(withoutWrapping(given));
  const values = fromJson(given) ?? parts.flatMap((part) => readNumber(part) ?? []);
  return values.length > 0 && (values.length === parts.length || isJson(given)) ? values : undefined;
}

/**
 * The texts of a list, separated by commas or, if there are none, by spaces. Where there are semicolons too, a
 * comma within a number is a decimal one.
 */
export function listed(text: string): readonly string[] {
  const given = cleaned(text);
  const separator = given.includes(";") ? /;|,(?=\s|$)/ : given.includes(",") ? /,/ : /\s+/;
  return given
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function cleaned(text: string): string {
  return text
    .trim()
    .replace(/[\u2212\u2010-\u2013](?=[\d.,])/g, "-")
    .replace(/[\u00a0\u2007\u2009\u202f]/g, " ")
    .replace(/\u2019/g, "'");
}

/** The number with a point for its decimals and nothing between its thousands. */
function withPoint(text: string): string {
  const [first = "", second] =
    text.match(/[.,]/g)?.filter((mark, index, all) => all.indexOf(mark) === index) ?? [];
  const [whole = "", ...decimals] = second === undefined ? [text] : text.split(second);
  if (second !== undefined) {
    // Both marks: the first kind groups, the second one is the point.
    return decimals.length === 1 && GROUPED.test(whole) && whole.includes(first)
      ? `${whole.replaceAll(first, "")}.${decimals[0]}`
      : text;
  }
  const marks = text.split(first || "\0").length - 1;
  if (GROUPED.test(text) && (marks !== 1 || first === "")) return text.replace(/[ .,']/g, "");
  return marks === 1 ? text.replace(",", ".") : text;
}

/** Without what programs write around a vector: `z = np.array([…])`. */
function withoutWrapping(text: string): string {
  return text.replace(/^(?:[A-Za-z_.]+\s*[=:(]\s*)*[[({\s]*/, "").replace(/[\])}\s;,]*$/, "");
}

/** The numbers of a vector. A comma beside a space separates, so that others may be decimal ones. */
function partsOf(text: string): readonly string[] {
  if (/[;\n\t]/.test(text)) return text.split(/[;\n\t]+/).map((part) => part.trim().replace(/,$/, ""));
  if (/,\s|\s,/.test(text)) return text.split(/\s*,\s+|\s+,\s*/);
  return /\s/.test(text) ? text.split(/\s+/) : text.split(",");
}

const isJson = (text: string): boolean => fromJson(text) !== undefined;

function fromJson(text: string): readonly number[] | undefined {
  try {
    return vectorIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The first vector in a JSON value, such as the body of a request. */
function vectorIn(value: unknown): readonly number[] | undefined {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => typeof item === "number" && Number.isFinite(item)))
      return value;
    return value.length > 0 ? vectorIn(value[0]) : undefined;
  }
  if (value === null || typeof value !== "object") return undefined;
  for (const inner of Object.values(value)) {
    const found = typeof inner === "object" ? vectorIn(inner) : undefined;
    if (found) return found;
  }
  return undefined;
}
