/** How an uploaded data set is named after its file. */

/** A name that the API allows and that is free: `My Photos.zip` becomes `my-photos`, or `my-photos-2`. */
export function datasetName(file: string, taken: ReadonlySet<string>): string {
  const stem =
    file
      .replace(/\.zip$/i, "")
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
