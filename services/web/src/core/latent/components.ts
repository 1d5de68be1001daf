/** The connected parts of a grid of one to three dimensions, and where each is farthest from everything else. */

export interface Component {
  /** Index of its innermost cell; of several the one nearest to its middle. */
  readonly inner: number;
  /** City-block distance of that cell to the nearest place outside the part, in cells, from 1. */
  readonly depth: number;
}

export interface Components {
  /** Of each cell the number of its part; -1: it is empty. */
  readonly numbers: Int32Array;
  readonly parts: readonly Component[];
}

/**
 * Cells that share a side and a value are one part. An axis with a single cell does not count.
 *
 * @param values of the cells, the first axis fastest; below 0: empty.
 */
export function componentsOf(values: Int16Array, size: readonly [number, number, number]): Components {
  const numbers = new Int32Array(values.length).fill(-1);
  const depths = depthsOf(values, size);
  const parts: Component[] = [];
  for (let start = 0; start < values.length; start++) {
    if ((values[start] ?? -1) < 0 || (numbers[start] ?? -1) >= 0) continue;
    parts.push(flood(values, size, depths, numbers, start, parts.length));
  }
  return { numbers, parts };
}

function depthsOf(
  values: Int16Array,
  [width, height, deep]: readonly [number, number, number],
): Uint16Array {
  const depths = new Uint16Array(values.length);
  const layer = width * height;
  const far = width + height + deep;
  /** Depth of a neighbour along an axis if it is of the same part. */
  const of = (index: number, size: number, inside: boolean, other: number): number => {
    if (size === 1) return far;
    return inside && values[other] === values[index] ? (depths[other] ?? 0) : 0;
  };
  let index = 0;
  for (let k = 0; k < deep; k++) {
    for (let j = 0; j < height; j++) {
      for (let i = 0; i < width; i++, index++) {
        if ((values[index] ?? -1) < 0) continue;
        const [x, y] = [of(index, width, i > 0, index - 1), of(index, height, j > 0, index - width)];
        depths[index] = 1 + Math.min(x, y, of(index, deep, k > 0, index - layer));
      }
    }
  }
  for (let k = deep - 1; k >= 0; k--) {
    for (let j = height - 1; j >= 0; j--) {
      for (let i = width - 1; i >= 0; i--) {
        index--;
        if ((values[index] ?? -1) < 0) continue;
        const [x, y] = [
          of(index, width, i < width - 1, index + 1),
          of(index, height, j < height - 1, index + width),
        ];
        const back = 1 + Math.min(x, y, of(index, deep, k < deep - 1, index + layer));
        if (back < (depths[index] ?? 0)) depths[index] = back;
      }
    }
  }
  return depths;
}

/** Number the part of a cell. */
function flood(
  values: Int16Array,
  [width, height]: readonly [number, number, number],
  depths: Uint16Array,
  numbers: Int32Array,
  start: number,
  number: number,
): Component {
  const layer = width * height;
  const value = values[start];
  const cells = [start];
  numbers[start] = number;
  let depth = 0;
  const visit = (other: number) => {
    if (values[other] !== value || (numbers[other] ?? 0) >= 0) return;
    numbers[other] = number;
    cells.push(other);
  };
  const sum = [0, 0, 0] as [number, number, number];
  for (let at = 0; at < cells.length; at++) {
    const index = cells[at] ?? 0;
    const column = index % width;
    const row = ((index - column) / width) % height;
    sum[0] += column;
    sum[1] += row;
    sum[2] += Math.floor(index / layer);
    depth = Math.max(depth, depths[index] ?? 0);
    if (column > 0) visit(index - 1);
    if (column < width - 1) visit(index + 1);
    if (row > 0) visit(index - width);
    if (row < height - 1) visit(index + width);
    if (index >= layer) visit(index - layer);
    if (index < values.length - layer) visit(index + layer);
  }
  const [x, y, z] = sum.map((total) => total / cells.length) as [number, number, number];
  let [inner, nearest] = [start, Number.POSITIVE_INFINITY];
  for (const index of cells) {
    if (depths[index] !== depth) continue;
    const away =
      ((index % width) - x) ** 2 +
      ((Math.floor(index / width) % height) - y) ** 2 +
      (Math.floor(index / layer) - z) ** 2;
    if (away < nearest) [inner, nearest] = [index, away];
  }
  return { inner, depth };
}
