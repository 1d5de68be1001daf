/** Triangles that grow one by one, in arrays for the graphics card. */

export interface Mesh {
  /** x, y, z of every vertex, from -1 to 1. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Direction outwards, -127 to 127, and in the fourth byte how open the place is, 0 (in a corner) to 127. */
  readonly normals: Int8Array<ArrayBuffer>;
  /** Class, opacity, and distance to the border with another class as a share of the triangle: 0 on it, 255 off it. */
  readonly paint: Uint8Array<ArrayBuffer>;
  /** Three for each triangle, counter-clockwise when seen from outside. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /**
   * Where in `indices` the triangles of each direction end: those of flat sides, down and up along each axis, and
   * those of all others. So a renderer can leave out the sides that face away.
   */
  readonly ends: readonly number[];
}

/** Bytes of `paint` for a vertex. */
export const PAINT_BYTES = 4;
/** Bytes of `normals` for a vertex. */
export const NORMAL_BYTES = 4;

type Triple = readonly [number, number, number];

export interface Vertex {
  readonly position: Triple;
  /** Of length 1. */
  readonly normal: Triple;
  /** 0 to 1. */
  readonly open: number;
  readonly classId: number;
  readonly opacity: number;
  readonly border: boolean;
}

export class MeshBuilder {
  #positions = new Float32Array(3 * 4096);
  #normals = new Int8Array(NORMAL_BYTES * 4096);
  #paint = new Uint8Array(PAINT_BYTES * 4096);
  #indices = new Uint32Array(3 * 8192);
  #vertices = 0;
  #corners = 0;
  readonly #ends: number[] = [];

  /** @returns the vertex's index. */
  add({ position, normal, open, classId, opacity, border }: Vertex): number {
    const vertex = this.#vertices++;
    if (3 * (vertex + 1) > this.#positions.length) {
      this.#positions = grown(this.#positions, Float32Array);
      this.#normals = grown(this.#normals, Int8Array);
      this.#paint = grown(this.#paint, Uint8Array);
    }
    for (let axis = 0; axis < 3; axis++) {
      this.#positions[3 * vertex + axis] = position[axis] ?? 0;
      this.#normals[NORMAL_BYTES * vertex + axis] = Math.round(127 * (normal[axis] ?? 0));
    }
    this.#normals[NORMAL_BYTES * vertex + 3] = Math.round(127 * open);
    this.#paint[PAINT_BYTES * vertex] = classId;
    this.#paint[PAINT_BYTES * vertex + 1] = opacity;
    this.#paint[PAINT_BYTES * vertex + 2] = border ? 0 : 255;
    return vertex;
  }

  triangle(a: number, b: number, c: number): void {
    if (this.#corners + 3 > this.#indices.length) this.#indices = grown(this.#indices, Uint32Array);
    this.#indices[this.#corners++] = a;
    this.#indices[this.#corners++] = b;
    this.#indices[this.#corners++] = c;
  }

  /** The triangles of one direction are all there. */
  endDirection(): void {
    this.#ends.push(this.#corners);
  }

  classOf(vertex: number): number {
    return this.#paint[PAINT_BYTES * vertex] ?? 0;
  }

  move(vertex: number, to: ArrayLike<number>): void {
    this.#positions.set(to, 3 * vertex);
  }

  samePlace(one: number, other: number): boolean {
    for (let axis = 0; axis < 3; axis++) {
      if (this.#positions[3 * one + axis] !== this.#positions[3 * other + axis]) return false;
    }
    return true;
  }

  /** A vertex between others, on the border of the class. */
  between(corners: readonly number[], weights: readonly number[], classId: number): number {
    const mean = (array: Float32Array | Int8Array | Uint8Array, size: number, offset: number) =>
      corners.reduce(
        (sum, corner, at) => sum + (weights[at] ?? 0) * (array[size * corner + offset] ?? 0),
        0,
      );
    const three = (array: Float32Array | Int8Array, size: number): Triple => [
      mean(array, size, 0),
      mean(array, size, 1),
      mean(array, size, 2),
    ];
    return this.add({
      position: three(this.#positions, 3),
      normal: unit(three(this.#normals, NORMAL_BYTES)),
      open: mean(this.#normals, NORMAL_BYTES, 3) / 127,
      classId,
      opacity: Math.round(mean(this.#paint, PAINT_BYTES, 1)),
      border: true,
    });
  }

  done(): Mesh {
    return {
      positions: this.#positions.slice(0, 3 * this.#vertices),
      normals: this.#normals.slice(0, NORMAL_BYTES * this.#vertices),
      paint: this.#paint.slice(0, PAINT_BYTES * this.#vertices),
      indices: this.#indices.slice(0, this.#corners),
      ends: this.#ends,
    };
  }
}

function unit([x, y, z]: Triple): Triple {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

function grown<A extends { length: number; set: (from: A) => void }>(
  array: A,
  kind: new (length: number) => A,
): A {
  const larger = new kind(2 * array.length);
  larger.set(array);
  return larger;
}
