/** Tables as CSV for spreadsheets (RFC 4180). */

export type CsvCell = string | number | null | undefined;

/** Rows below their column names; null and undefined become empty fields. */
export function csv(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function cell(value: CsvCell): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvBlob(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): Blob {
  return new Blob([csv(columns, rows)], { type: "text/csv" });
}
