/** Numbers and durations for people, in English. */

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 1234567 → "1,234,567" */
export function integer(value: number): string {
  return grouped.format(value);
}

/** A share as a percentage with as many decimals as needed: 0.5 → "50 %", 0.0123 → "1.2 %", 0.00004 → "<0.01 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value !== 0 && Math.abs(value) < 0.01) return "<0.01 %";
  const decimals = Math.abs(value) >= 10 || value === 0 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return `${value.toFixed(decimals)} %`;
}

/** Three significant digits, with an exponent only for very large or small numbers: 0.69315 → "0.693". */
export function figure(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(1).replace("e", "·10^").replace("^+", "^");
  if (size >= 1000) return grouped.format(value);
  return String(Number(value.toPrecision(3)));
}

/** The same with a true minus sign. */
export function signed(value: number): string {
  return figure(value).replace(/^-/, "−");
}

/** A coordinate, always with its sign and three decimals, so that columns do not jump. */
export function coordinate(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

/** Bytes as "640 kB", "15.6 MB", "156 MB", "1.2 GB", in powers of 1000. */
export function fileSize(bytes: number): string {
  if (bytes < 1e5) return `${Math.ceil(bytes / 1000)} kB`;
  const [size, unit] = bytes < 999.5e6 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${size.toFixed(size < 99.95 ? 1 : 0)} ${unit}`;
}

/** A small number as a multiple of a power of ten: 0.0005 → "5·10⁻⁴", 0.001 → "10⁻³". Zero is "0". */
export function powerOfTen(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e");
  const power = exponent
    .replace("+", "")
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? digit);
  const times = mantissa.replace(/\.0$/, "");
  return times === "1" ? `10${power}` : `${times}·10${power}`;
}

/** Seconds as "0.4 s", "42 s", "3 min 20 s", "2 h 05 min", "3 d 4 h". */
export function duration(seconds: number): string {
  if (seconds < 0.095) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60)
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The approximate time left. */
export function timeLeft(seconds: number): string {
  return `${roughly(seconds)} left`;
}

/** The approximate time until something starts. */
export function startsIn(seconds: number): string {
  return seconds < 1 ? "starts any moment" : `starts in ${roughly(seconds)}`;
}

function roughly(seconds: number): string {
  if (seconds < 10) return "a few seconds";
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} seconds`;
  if (seconds < 90) return "about a minute";
  if (seconds < 55 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  if (seconds < 80 * 60) return "about an hour";
  if (seconds < 36 * 3600) return `about ${Math.round(seconds / 3600)} hours`;
  return `about ${Math.round(seconds / 86400)} days`;
}

/** How long ago, roughly: "just now", "5 min ago", "3 h ago", "12 Mar 2026". */
export function ago(then: Date, now: Date): string {
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds < 45) return "just now";
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86400) return `${Math.round(seconds / 3600)} h ago`;
  if (seconds < 7 * 86400) return `${Math.round(seconds / 86400)} d ago`;
  return then.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** Name of a coordinate with its number as a subscript: z₁ is the first. */
export function axisName(axis: number): string {
  return `z${String(axis + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)] ?? digit)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
