/** A made-up generator: a smooth field of classes over the latent space, which settles over the epochs. */
import type { Point } from "../../core/latent/vector.ts";

export const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LAST = 60;

/** The centre of each class, on two rings, and its strength. */
const HOMES = CLASSES.map((_, id) => {
  const inner = id % 3 === 0;
  const angle = (id * 2.399963) % (2 * Math.PI);
  const radius = inner ? 0.32 : 0.82;
  return {
    x: radius * Math.cos(angle),
    y: radius * Math.sin(angle),
    z: 0.75 * Math.sin(id * 1.7),
    w: 0.75 * Math.cos(id * 2.3),
    bias: 0.1 * Math.sin(id * 5.1),
  };
});

/** The score of each class at a point; the classifier chooses the largest. */
export function scores(point: Point, epoch: number, label?: number): number[] {
  const [x = 0, y = 0, z = 0, w = 0] = point;
  const age = Math.min(1, epoch / LAST);
  const early = (1 - age) ** 2;
  // The space is warped; early on it is warped more and keeps moving.
  const u = x + 0.16 * Math.sin(3.1 * y + 1.3) + early * 0.5 * Math.sin(2.3 * y + epoch * 0.35);
  const v = y + 0.16 * Math.sin(2.7 * x + 0.4) + early * 0.5 * Math.cos(2.9 * x - epoch * 0.3);
  const own = HOMES.map((home, id) => {
    const apart = (u - home.x) ** 2 + (v - home.y) ** 2 + 0.5 * ((z - home.z) ** 2 + (w - home.w) ** 2);
    const missing = early * 0.9 * (id % 4);
    const asked = label === id ? 1.4 + 0.9 * age : 0;
    return -2.2 * apart + home.bias - missing + asked;
  });
  return own;
}

export function classOf(point: Point, epoch: number, label?: number): number {
  const own = scores(point, epoch, label);
  return own.indexOf(Math.max(...own));
}

/** Softmax of the scores, which gets sharper over the training. */
export function probabilities(point: Point, epoch: number, label?: number): number[] {
  const own = scores(point, epoch, label);
  const sharp = 4 + (10 * Math.min(epoch, LAST)) / LAST;
  const top = Math.max(...own);
  const powers = own.map((score) => Math.exp(sharp * (score - top)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The map over some axes, first axis fastest, as in the API.
 *
 * @param scored score of each class at a point; `scores` by default.
 */
export function mapCells(
  axes: readonly number[],
  resolution: number,
  [low, high]: readonly [number, number],
  at: Point,
  epoch: number,
  label?: number,
  scored: (point: Point) => number[] = (point) => scores(point, epoch, label),
): Uint8Array<ArrayBuffer> {
  const cells = new Uint8Array(resolution ** axes.length);
  const value = (index: number) => low + (index / (resolution - 1)) * (high - low);
  for (let cell = 0; cell < cells.length; cell++) {
    const point = [...at];
    let rest = cell;
    for (const axis of axes) {
      point[axis] = value(rest % resolution);
      rest = Math.floor(rest / resolution);
    }
    const own = scored(point);
    cells[cell] = own.indexOf(Math.max(...own));
  }
  return cells;
}

/** Cells between which a class is filled in where it is the same at all four of them. */
const REFINED = 4;

/** The map over two axes like an adaptive one of the API, whose borders alone are computed. */
export function refinedCells(
  axes: readonly number[],
  resolution: number,
  [low, high]: readonly [number, number],
  at: Point,
  epoch: number,
  label?: number,
): Uint8Array<ArrayBuffer> {
  const [right = 0, up = 1] = axes;
  const cells = new Uint8Array(resolution ** 2);
  const value = (index: number) => low + (index / (resolution - 1)) * (high - low);
  const classAt = (column: number, row: number) => {
    const point = [...at];
    point[right] = value(column);
    point[up] = value(row);
    return classOf(point, epoch, label);
  };
  const corners = mapCells(
    axes,
    Math.ceil((resolution - 1) / REFINED) + 1,
    [low, value(Math.ceil((resolution - 1) / REFINED) * REFINED)],
    at,
    epoch,
    label,
  );
  const across = Math.sqrt(corners.length);
  for (let row = 0; row < resolution; row++) {
    for (let column = 0; column < resolution; column++) {
      const corner = Math.floor(row / REFINED) * across + Math.floor(column / REFINED);
      const id = corners[corner] ?? 0;
      const same = [corner + 1, corner + across, corner + across + 1].every(
        (other) => (corners[other] ?? id) === id,
      );
      cells[row * resolution + column] = same ? id : classAt(column, row);
    }
  }
  return cells;
}
