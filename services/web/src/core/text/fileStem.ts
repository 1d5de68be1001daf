/** Name of a file without its ending, from what the file shows: "mnist-2d", "Map change" → "mnist-2d-map-change". */
export function fileStem(parts: readonly string[]): string {
  return parts
    .map((part) =>
      part
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[^a-z0-9.]+/g, "-")
        .replace(/^[-.]+|[-.]+$/g, ""),
    )
    .filter((part) => part !== "")
    .join("-");
}
