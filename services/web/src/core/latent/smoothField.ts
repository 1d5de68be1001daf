/**
 * Fields over the cells of a cube, smoothed along every axis with the binomial weights 1 4 6 4 1.
 *
 * Beyond the window a field goes on as its mirror image turned upside down (v(−k) = 2 v(0) − v(k)), so that a
 * straight border stays straight up to the wall; mirrored alone, it would bend there.
 */

const WEIGHTS = [6 / 16, 4 / 16, 1 / 16] as const;
const REACH = WEIGHTS.length - 1;
/** Neighbours that one cell takes from along an axis, at most. */
export const TAPS = 2 * REACH + 1;

/** Weights of the cells from `place - 2` to `place + 2`, for each place along an axis. */
export function tapsOf(side: number): Float32Array {
  const taps = new Float32Array(side * TAPS);
  for (let place = 0; place < side; place++) {
    const add = (at: number, weight: number) => {
      const index = place * TAPS + at - place + REACH;
      taps[index] = (taps[index] ?? 0) + weight;
    };
    WEIGHTS.forEach((weight, far) => {
      for (const at of far === 0 ? [place] : [place - far, place + far]) {
        const wall = at < 0 ? 0 : side - 1;
        const mirrored = 2 * wall - at;
        if (at >= 0 && at < side) add(at, weight);
        // In a cube too small to be mirrored the wall goes on as it is.
        else if (mirrored < 0 || mirrored >= side || Math.abs(mirrored - place) > REACH) add(wall, weight);
        else {
          add(wall, 2 * weight);
          add(mirrored, -weight);
        }
      }
    });
  }
  return taps;
}

/** A smoothed copy of a mask of 0 and 1. */
export function smoothed(side: number, mask: Uint8Array): Float32Array {
  const taps = tapsOf(side);
  const field = Float32Array.from(mask);
  const line = new Float32Array(side);
  for (const [start, stride] of linesOf(side)) {
    for (let at = 0; at < side; at++) line[at] = field[start + at * stride] ?? 0;
    for (let place = 0; place < side; place++) {
      const from = Math.max(0, place - REACH);
      const to = Math.min(side - 1, place + REACH);
      let tap = place * TAPS + from - place + REACH;
      let sum = 0;
      for (let at = from; at <= to; at++, tap++) sum += (taps[tap] ?? 0) * (line[at] ?? 0);
      field[start + place * stride] = sum;
    }
  }
  return field;
}

/** The first cell of every line of cells and the distance of its cells, along one axis after the other. */
function* linesOf(side: number): Generator<readonly [start: number, stride: number]> {
  for (const [stride, one, other] of [
    [1, side, side * side],
    [side, 1, side * side],
    [side * side, 1, side],
  ] as const) {
    for (let u = 0; u < side; u++) {
      for (let v = 0; v < side; v++) yield [u * one + v * other, stride];
    }
  }
}

/** How much of the surroundings of a cell has a value, smoothed in the same way. */
export class Shares {
  readonly #side: number;
  readonly #cells: Uint8Array;
  readonly #taps: Float32Array;

  constructor(side: number, cells: Uint8Array) {
    this.#side = side;
    this.#cells = cells;
    this.#taps = tapsOf(side);
  }

  of(value: number, index: number): number {
    const side = this.#side;
    const i = index % side;
    const j = Math.floor(index / side) % side;
    const k = Math.floor(index / (side * side));
    let sum = 0;
    for (let z = Math.max(0, k - REACH); z <= Math.min(side - 1, k + REACH); z++) {
      const deep = this.#tap(k, z);
      for (let y = Math.max(0, j - REACH); y <= Math.min(side - 1, j + REACH); y++) {
        const row = deep * this.#tap(j, y);
        if (row === 0) continue;
        const start = side * (y + side * z);
        for (let x = Math.max(0, i - REACH); x <= Math.min(side - 1, i + REACH); x++) {
          if (this.#cells[start + x] === value) sum += row * this.#tap(i, x);
        }
      }
    }
    return sum;
  }

  #tap(place: number, at: number): number {
    return this.#taps[place * TAPS + at - place + REACH] ?? 0;
  }
}

/** For each cell the share of the marked ones among those at most `reach` away along every axis. */
export function crowding(side: number, mask: Uint8Array, reach: number): Float32Array {
  const field = Float32Array.from(mask);
  const line = new Float32Array(side);
  const width = 2 * reach + 1;
  for (const [start, stride] of linesOf(side)) {
    for (let at = 0; at < side; at++) line[at] = field[start + at * stride] ?? 0;
    let sum = 0;
    for (let at = 0; at < Math.min(side, reach); at++) sum += line[at] ?? 0;
    for (let at = 0; at < side; at++) {
      if (at + reach < side) sum += line[at + reach] ?? 0;
      if (at - reach > 0) sum -= line[at - reach - 1] ?? 0;
      field[start + at * stride] = sum / width;
    }
  }
  return field;
}
