/** Names and texts of an uploaded data set. */

/** A valid name that is not taken: `My Photos.zip` becomes `my-photos`, or `my-photos-2`. */
export function datasetName(file: string, taken: ReadonlySet<string>): string {
  const stem =
    file
      .replace(/\.gz$/i, "")
      .replace(/\.(zip|csv|npz)$/i, "")
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "-")
      .replace(/^[-_]+|[-_]+$/g, "")
      .slice(0, 60) || "images";
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem.slice(0, 62 - String(number).length)}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The new names of the classes that were renamed, by their old names. */
export function newNames(
  classes: readonly { readonly name: string }[],
  names: readonly string[],
): Record<string, string> {
  const changed = classes.flatMap(({ name }, number): [string, string][] => {
    const other = (names[number] ?? name).trim();
    return other === name ? [] : [[name, other]];
  });
  return Object.fromEntries(changed);
}

/** How many files were skipped, in words; empty if none was. */
export function skippedText(files: number): string {
  if (files === 0) return "";
  return files === 1 ? "1 hidden or system file skipped" : `${files} hidden and system files skipped`;
}
