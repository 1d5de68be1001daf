/** A map that arrives from coarse to fine, assembled from the tiles of `/map/stream`. */

export interface Tile {
  /** Index of the first cell along each of the map's axes. */
  readonly offset: readonly number[];
  readonly stride: number;
  /** Number of cells along each axis that a value fills until finer tiles arrive. */
  readonly size: number;
  /** Nested rows, the innermost along the first axis: class ids. */
  readonly classes?: readonly unknown[];
  /** The same of a map of numbers. */
  readonly values?: readonly unknown[];
}

/** Class ids, or numbers, of which those that are not known yet are NaN. */
export type MapArray = Uint8Array | Float32Array;

export class TiledMap {
  readonly #axes: number;
  readonly #side: number;
  readonly #cells: MapArray;
  #known = 0;

  /**
   * @param axes how many the map spans (1 to 3).
   * @param side cells along each.
   * @param numbers whether it is one of numbers, not of classes.
   */
  constructor(axes: number, side: number, numbers = false) {
    this.#axes = axes;
    this.#side = side;
    this.#cells = numbers ? new Float32Array(side ** axes).fill(Number.NaN) : new Uint8Array(side ** axes);
  }

  /** Share of the cells that are known exactly, 0 to 1. */
  get progress(): number {
    return Math.min(1, this.#known / this.#cells.length);
  }

  /** A copy of the cells so far; one that is not known yet has the value of the coarser tile. */
  get cells(): MapArray {
    return this.#cells.slice();
  }

  /** A finer tile never covers a cell that a coarser one has set exactly, so their order does not matter. */
  add({ offset, stride, size, classes, values }: Tile): void {
    const rows = values ?? classes ?? [];
    const shape = shapeOf(rows, this.#axes);
    const flat = rows.flat(this.#axes - 1) as number[];
    const side = this.#side;
    const from = [0, 0, 0];
    const to = [1, 1, 1];
    flat.forEach((value, number) => {
      let rest = number;
      for (let axis = 0; axis < this.#axes; axis++) {
        const length = shape[axis] ?? 1;
        const start = (offset[axis] ?? 0) + (rest % length) * stride;
        rest = Math.floor(rest / length);
        from[axis] = start;
        to[axis] = Math.min(start + size, side);
      }
      const [x = 0, y = 0, z = 0] = from;
      const [right = 1, up = 1, top = 1] = to;
      for (let k = z; k < top; k++) {
        for (let j = y; j < up; j++) {
          const row = side * (j + side * k);
          this.#cells.fill(value, row + x, row + right);
        }
      }
    });
    this.#known += flat.length;
  }
}

/** Lengths along the axes, the first one first. */
function shapeOf(nested: readonly unknown[], axes: number): number[] {
  const shape: number[] = [];
  let rows = nested;
  for (let axis = axes - 1; axis >= 0; axis--) {
    shape[axis] = rows.length;
    rows = axis > 0 ? (rows[0] as readonly unknown[]) : [];
  }
  return shape;
}
