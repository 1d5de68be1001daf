/** Pictures for slides: each pixel as a square of ten by ten, or as many as can still be opened. */

const TIMES = 10;
/** Pixels of the longer side, as the API draws at most. */
const LONGEST = 8192;

export interface PictureSize {
  /** Pixels a side for every one. */
  readonly scale: number;
  /** "280 × 280". */
  readonly label: string;
}

/** The sizes in which a picture can be had: its own, and enlarged if there is room. */
export function pictureSizes(width: number, height: number): readonly PictureSize[] {
  const most = Math.min(TIMES, Math.floor(LONGEST / Math.max(1, width, height)));
  return (most > 1 ? [1, most] : [1]).map((scale) => ({
    scale,
    label: `${width * scale} × ${height * scale}`,
  }));
}

/** What an enlarged picture has at the end of its name: "-x10"; in its own size nothing. */
export function scaleSuffix(scale: number): string {
  return scale === 1 ? "" : `-x${scale}`;
}
