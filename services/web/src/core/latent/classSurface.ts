/**
 * The surface of the shown classes of a cube, smooth where it follows a border between classes, flat at the walls
 * of the window, at cuts and at the removed corner.
 *
 * What lies inside is said by the computed cells alone: marching cubes puts every vertex between two neighbouring
 * cells of which one is shown and one is not, so the surface passes where the classes change. Where between them,
 * and the normals, come from a smoothed field (see `meshSmoothing.ts`). All shown classes have one surface together,
 * so no gap can open between them; triangles across a border between two shown classes are divided along it.
 */
import { ClassBorders } from "./classBorders.ts";
import type { Corner, Cube } from "./cube.ts";
import { type Layers, layersOf, type Nodes, nodesOf } from "./cubeLayers.ts";
import { CELL_EDGES, TRIANGLES } from "./marchingCubes.ts";
import { type Mesh, MeshBuilder } from "./mesh.ts";
import { smoothJoints } from "./meshSmoothing.ts";
import { Openness } from "./openness.ts";
import { Shares, smoothed } from "./smoothField.ts";

/** Direction of a surface that follows a border of classes; 0 to 5: the flat sides, down and up along each axis. */
const CURVED = 6;

export interface Shown {
  /** 1 for the cells that are not hidden for their class. */
  readonly shown: Uint8Array;
  /** 1 for those of them that are drawn: neither cut off, nor in the removed corner. */
  readonly visible: Uint8Array;
  /** Along each axis, from -1 to 1. */
  readonly cut: readonly number[];
  readonly corner: Corner | undefined;
}

export function classSurface(cube: Cube, { shown, visible, cut, corner }: Shown): Mesh {
  const { side } = cube;
  const layers = layersOf(side, cut, corner);
  const nodes = nodesOf(side, layers, corner !== undefined, shown);
  const surface = new Surface(cube, layers, nodes, smoothed(side, shown), new Openness(side, visible));
  const [width, height, depth] = nodes.size;
  const { inner } = nodes;
  const up = width;
  const back = width * height;
  for (let r = 0; r + 1 < depth; r++) {
    for (let q = 0; q + 1 < height; q++) {
      let node = q * up + r * back;
      // The corners that are high on the first axis; those of one cell are the low ones of the next.
      let high = columnOf(inner, node, up, back);
      for (let p = 0; p + 1 < width; p++, node++) {
        const low = high >> 1;
        high = columnOf(inner, node + 1, up, back);
        const corners = low | high;
        if (corners !== 0 && corners !== 255) surface.cell(p, q, r, node, corners);
      }
    }
  }
  return surface.mesh();
}

/** Bits of the four corners at the high end of a cell's first axis. */
function columnOf(inner: Uint8Array, node: number, up: number, back: number): number {
  return (
    ((inner[node] ?? 0) << 1) |
    ((inner[node + up] ?? 0) << 3) |
    ((inner[node + back] ?? 0) << 5) |
    ((inner[node + up + back] ?? 0) << 7)
  );
}

class Surface {
  readonly #cube: Cube;
  readonly #layers: readonly Layers[];
  readonly #nodes: Nodes;
  readonly #field: Float32Array;
  readonly #open: Openness;
  readonly #builder = new MeshBuilder();
  readonly #triangles: number[] = [];
  /** Of each edge of the lattice the vertices on it, one for each direction that a surface has there. */
  readonly #onEdge: Int32Array;
  readonly #next: number[] = [];
  readonly #direction: number[] = [];
  /** Of each vertex the cell that is inside, and its joint; -1: it does not move. */
  readonly #cellOf: number[] = [];
  readonly #jointOf: number[] = [];
  /** Of each cell the joints with its next neighbours along the axes; -1: there is none. */
  readonly #joints: Int32Array;
  readonly #middles: number[] = [];
  readonly #axes: number[] = [];
  readonly #fields: number[] = [];
  readonly #fixed: number[] = [];

  constructor(cube: Cube, layers: readonly Layers[], nodes: Nodes, field: Float32Array, open: Openness) {
    this.#cube = cube;
    this.#layers = layers;
    this.#nodes = nodes;
    this.#field = field;
    this.#open = open;
    this.#onEdge = new Int32Array(3 * nodes.cells.length).fill(-1);
    this.#joints = new Int32Array(3 * cube.cells.length).fill(-1);
  }

  /** Add the triangles of the cell of the lattice between a node and the next one along every axis. */
  cell(p: number, q: number, r: number, node: number, corners: number): void {
    const direction = this.#directionOf(p, q, r);
    if (direction === undefined) return;
    const triangles = TRIANGLES[corners] ?? [];
    for (let at = 0; at < triangles.length; at += 3) {
      const a = this.#vertex(p, q, r, node, triangles[at] ?? 0, direction);
      const b = this.#vertex(p, q, r, node, triangles[at + 1] ?? 0, direction);
      const c = this.#vertex(p, q, r, node, triangles[at + 2] ?? 0, direction);
      const builder = this.#builder;
      if (builder.samePlace(a, b) || builder.samePlace(b, c) || builder.samePlace(c, a)) continue;
      this.#triangles.push(a, b, c);
    }
  }

  /** undefined: two flat sides meet there, in a line that has no area. */
  #directionOf(p: number, q: number, r: number): number | undefined {
    const [x, y, z] = [this.#faces(0, p), this.#faces(1, q), this.#faces(2, r)];
    const flat = Math.abs(x) + Math.abs(y) + Math.abs(z);
    if (flat === 0) return CURVED;
    if (flat > 1) return undefined;
    const axis = x !== 0 ? 0 : y !== 0 ? 1 : 2;
    return 2 * axis + (x + y + z > 0 ? 1 : 0);
  }

  mesh(): Mesh {
    this.#smooth();
    const { side, cells } = this.#cube;
    const shares = new Shares(side, cells);
    const borders = new ClassBorders(this.#builder, shares, (vertex) => this.#cellOf[vertex] ?? 0);
    const triangles = this.#triangles;
    for (let direction = 0; direction <= CURVED; direction++) {
      for (let at = 0; at < triangles.length; at += 3) {
        const [a = 0, b = 0, c = 0] = [triangles[at], triangles[at + 1], triangles[at + 2]];
        if (this.#direction[a] === direction) borders.add(a, b, c);
      }
      this.#builder.endDirection();
    }
    return this.#builder.done();
  }

  #smooth(): void {
    const [pairs, edgePairs]: [number[], number[]] = [[], []];
    const triangles = this.#triangles;
    for (let at = 0; at < triangles.length; at++) {
      const one = triangles[at] ?? 0;
      const other = triangles[at % 3 === 2 ? at - 2 : at + 1] ?? 0;
      const [from, to] = [this.#jointOf[one] ?? -1, this.#jointOf[other] ?? -1];
      if (from < 0 || to < 0) continue;
      if (this.#direction[one] !== CURVED) edgePairs.push(from, to);
      // Two triangles have this side, one in each direction.
      else if (from < to) pairs.push(from, to);
    }
    const joints = {
      middles: Float32Array.from(this.#middles),
      axes: Uint8Array.from(this.#axes),
      fields: Float32Array.from(this.#fields),
      fixed: Uint8Array.from(this.#fixed),
      pairs,
      edgePairs,
    };
    const positions = smoothJoints(joints, 2 / (this.#cube.side - 1));
    this.#jointOf.forEach((joint, vertex) => {
      if (joint >= 0) this.#builder.move(vertex, positions.subarray(3 * joint, 3 * joint + 3));
    });
  }

  #vertex(p: number, q: number, r: number, node: number, cellEdge: number, direction: number): number {
    const { axis = 0, low = 0, high = 0 } = CELL_EDGES[cellEdge] ?? {};
    const [one, other] = [this.#nodeAt(node, low), this.#nodeAt(node, high)];
    const edge = 3 * one + axis;
    for (let known = this.#onEdge[edge] ?? -1; known >= 0; known = this.#next[known] ?? -1) {
      if (this.#direction[known] === direction) return known;
    }
    const { cells, inner } = this.#nodes;
    const [lowCell, highCell] = [cells[one] ?? 0, cells[other] ?? 0];
    const inside = inner[one] ? lowCell : highCell;
    const [x, y, z] = [
      this.#place(0, p, low, high),
      this.#place(1, q, low, high),
      this.#place(2, r, low, high),
    ];
    const [nx, ny, nz] = this.#normal(direction, axis, lowCell, highCell, inside);
    const vertex = this.#builder.add({
      position: [x, y, z],
      normal: [nx, ny, nz],
      open: this.#open.at(x, y, z, nx, ny, nz),
      classId: this.#cube.cells[inside] ?? 0,
      opacity: this.#cube.opacity?.[inside] ?? 255,
      border: false,
    });
    this.#cellOf.push(inside);
    this.#jointOf.push(
      lowCell === highCell ? -1 : this.#joint(axis, lowCell, highCell, inside, direction, [x, y, z]),
    );
    this.#direction.push(direction);
    this.#next.push(this.#onEdge[edge] ?? -1);
    this.#onEdge[edge] = vertex;
    return vertex;
  }

  #joint(
    axis: number,
    low: number,
    high: number,
    inside: number,
    direction: number,
    middle: readonly number[],
  ): number {
    const key = 3 * low + axis;
    let joint = this.#joints[key] ?? -1;
    if (joint < 0) {
      joint = this.#axes.push(axis) - 1;
      this.#joints[key] = joint;
      this.#middles.push(...middle);
      this.#fixed.push(0);
      const [one, other] = [this.#field[low] ?? 0, this.#field[high] ?? 0];
      const falls = inside === low ? one > other : other > one;
      // Where a region is thinner than the smoothing reaches, the field does not tell where it ends.
      this.#fields.push(falls ? one : (one + other) / 2, falls ? other : (one + other) / 2);
    }
    if (direction !== CURVED) this.#fixed[joint] = (this.#fixed[joint] ?? 0) | (1 << (direction >> 1));
    return joint;
  }

  /** The middle between two corners of a lattice's cell, along an axis. */
  #place(axis: number, layer: number, low: number, high: number): number {
    const places = this.#layers[axis]?.places;
    const [from, to] = [layer + ((low >> axis) & 1), layer + ((high >> axis) & 1)];
    return ((places?.[from] ?? 0) + (places?.[to] ?? 0)) / 2;
  }

  #faces(axis: number, layer: number): number {
    return this.#layers[axis]?.faces[layer] ?? 0;
  }

  #nodeAt(node: number, corner: number): number {
    const [width, height] = this.#nodes.size;
    return node + (corner & 1) + width * (((corner >> 1) & 1) + height * (corner >> 2));
  }

  /** Outwards, of length 1. */
  #normal(
    direction: number,
    axis: number,
    low: number,
    high: number,
    inside: number,
  ): [number, number, number] {
    const normal: [number, number, number] = [0, 0, 0];
    if (direction !== CURVED) {
      normal[direction >> 1] = direction & 1 ? 1 : -1;
      return normal;
    }
    for (let along = 0; along < 3; along++) {
      normal[along] = -this.#slope(low, along) - this.#slope(high, along);
    }
    const length = Math.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2);
    if (length > 1e-4) return [normal[0] / length, normal[1] / length, normal[2] / length];
    normal[axis] = inside === low ? 1 : -1;
    return normal;
  }

  /** How the field rises along an axis. */
  #slope(cell: number, axis: number): number {
    const { side } = this.#cube;
    const stride = axis === 0 ? 1 : axis === 1 ? side : side * side;
    const place = Math.floor(cell / stride) % side;
    const low = place > 0 ? cell - stride : cell;
    const high = place < side - 1 ? cell + stride : cell;
    return (((this.#field[high] ?? 0) - (this.#field[low] ?? 0)) * stride) / (high - low || 1);
  }
}
