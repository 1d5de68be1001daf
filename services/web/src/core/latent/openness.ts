/** How open the places of a surface are: corners between surfaces are in the shade (ambient occlusion). */
import { crowding } from "./smoothField.ts";

/** Reach of the shade, as a share of the cube's side. */
const REACH = 1 / 14;

export class Openness {
  readonly #side: number;
  readonly #reach: number;
  /** Of each cell, how much of its surroundings is drawn. */
  readonly #crowding: Float32Array;

  /** @param visible 1 for the cells that are drawn. */
  constructor(side: number, visible: Uint8Array) {
    this.#side = side;
    this.#reach = Math.max(1, Math.round(side * REACH));
    this.#crowding = crowding(side, visible, this.#reach);
  }

  /** 0 to 1 at a place (-1 to 1), seen from a little above the surface; the normal has length 1. */
  at(x: number, y: number, z: number, nx: number, ny: number, nz: number): number {
    const scale = (this.#side - 1) / 2;
    const away = this.#reach + 0.5;
    const crowded = this.#between(
      (x + 1) * scale + away * nx,
      (y + 1) * scale + away * ny,
      (z + 1) * scale + away * nz,
    );
    return 1 - Math.min(1, crowded);
  }

  /** Between the cells it is interpolated; outside the cube there is nothing. */
  #between(x: number, y: number, z: number): number {
    const side = this.#side;
    let sum = 0;
    for (let corner = 0; corner < 8; corner++) {
      const i = Math.floor(x) + (corner & 1);
      const j = Math.floor(y) + ((corner >> 1) & 1);
      const k = Math.floor(z) + (corner >> 2);
      if (i < 0 || j < 0 || k < 0 || i >= side || j >= side || k >= side) continue;
      const weight = (1 - Math.abs(x - i)) * (1 - Math.abs(y - j)) * (1 - Math.abs(z - k));
      sum += weight * (this.#crowding[i + side * (j + side * k)] ?? 0);
    }
    return sum;
  }
}
