/** Where the images of a data set lie on its sheet: square, ten in a row, a row for each of the first classes. */

/** Images in a row. */
const COLUMNS = 10;
const MOST_ROWS = 10;

export interface Sheet {
  /** Pixels a side of an image. */
  readonly side: number;
  /** The classes of the rows, from the top; undefined: the images are not sorted by class. */
  readonly classes: readonly string[] | undefined;
  readonly rows: number;
}

/** @param size of the whole sheet, in pixels. */
export function sheetOf(size: { width: number; height: number }, classes: readonly string[]): Sheet {
  const side = size.width / COLUMNS;
  const rows = Math.round(size.height / side);
  const sorted = classes.length > 0 && rows === Math.min(classes.length, MOST_ROWS);
  return { side, rows, classes: sorted ? classes.slice(0, rows) : undefined };
}

/** One image: from where on the sheet, to where in the strip, both as column and row. */
export interface Move {
  readonly from: readonly [column: number, row: number];
  readonly to: readonly [column: number, row: number];
}

/**
 * A strip of `deep` images of each class, the classes side by side; of unsorted images, the first rows as they
 * are.
 */
export function stripOf({ classes, rows }: Sheet, deep: number): readonly Move[] {
  const across = classes ? rows : COLUMNS;
  return Array.from({ length: across * Math.min(deep, classes ? COLUMNS : rows) }, (_, index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    return { from: classes ? [row, column] : [column, row], to: [column, row] } as const;
  });
}
