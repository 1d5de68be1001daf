/**
 * Numbers as people type and paste them, for every number field of the page: with a decimal point or comma,
 * grouped thousands, minus signs of word processors and the brackets of programming languages.
 */

const GROUPED = /^[+-]?[1-9]\d{0,2}(?:([ .,'])\d{3})(?:\1\d{3})*$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** One number; undefined if the text is empty or not a number. */
export function readNumber(text: string): number | undefined {
  const plain = withPoint(cleaned(text));
  if (!PLAIN.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** The same for a count, where three digits after a separator are thousands: "5,000" is five thousand. */
export function readWhole(text: string): number | undefined {
  const given = cleaned(text);
  return GROUPED.test(given) ? Number(given.replace(/[ .,']/g, "")) : readNumber(given);
}

/**
 * A vector, such as `0.25, -0.75`, `0,25; −0,75`, `[0.25, -0.75]` or `{"point": [0.25, -0.75]}`, or a single
 * number. Undefined if any part of it is not a number.
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
 * The items of a list, separated by commas, or by spaces if there are no commas. If there are semicolons, a
 * comma within a number is a decimal comma.
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

/** The number with a decimal point and without separators of thousands. */
function withPoint(text: string): string {
  const [first = "", second] =
    text.match(/[.,]/g)?.filter((mark, index, all) => all.indexOf(mark) === index) ?? [];
  const [whole = "", ...decimals] = second === undefined ? [text] : text.split(second);
  if (second !== undefined) {
    // Both marks: the first kind separates thousands, the second is the decimal point.
    return decimals.length === 1 && GROUPED.test(whole) && whole.includes(first)
      ? `${whole.replaceAll(first, "")}.${decimals[0]}`
      : text;
  }
  const marks = text.split(first || "\0").length - 1;
  if (GROUPED.test(text) && (marks !== 1 || first === "")) return text.replace(/[ .,']/g, "");
  return marks === 1 ? text.replace(",", ".") : text;
}

/** Without what programming languages write around a vector: `z = np.array([…])`. */
function withoutWrapping(text: string): string {
  return text.replace(/^(?:[A-Za-z_.]+\s*[=:(]\s*)*[[({\s]*/, "").replace(/[\])}\s;,]*$/, "");
}

/** The parts of a vector. A comma next to a space separates, so that other commas may be decimal ones. */
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
