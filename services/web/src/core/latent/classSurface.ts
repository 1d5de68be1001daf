/**
 * The surface of the shown classes of a cube, smooth where it follows a border between classes, flat at the walls
 * of the window, at cuts and at the removed corner.
 *
 * What lies inside is said by the computed cells alone: marching cubes puts every vertex between two neighbouring
 * cells of which one is shown and one is not, so the surface passes where the classes change, at most half a cell
 * from the middle between the two. Where between them is said by the smoothed field, as are the normals. All shown
 * classes have one surface together, so no gap can open between them; triangles across a border between two shown
 * classes are divided along it.
 */
import { type Cell, type Corner, type Cube, indexOf } from "./cube.ts";
import { type Layers, layersOf, type Nodes, nodesOf } from "./cubeLayers.ts";
import { CELL_EDGES, TRIANGLES } from "./marchingCubes.ts";
import { type Mesh, MeshBuilder } from "./mesh.ts";
import { crowding, Shares, smoothed } from "./smoothField.ts";
import { clamp } from "./vector.ts";

/** A vertex keeps this distance from both of the cells between which it lies, as a share of theirs. */
const MARGIN = 0.08;
/** Reach of the shade in corners, as a share of the cube's side. */
const SHADE_REACH = 1 / 14;

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
  const surface = new Surface(cube, layers, nodes, smoothed(side, shown), shadeOf(side, visible));
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
  return surface.mesh;
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

/** How open a place is, 0 to 1, seen from a little above it. */
type Openness = (place: Cell, normal: readonly [number, number, number]) => number;

function shadeOf(side: number, visible: Uint8Array): Openness {
  const reach = Math.max(1, Math.round(side * SHADE_REACH));
  const crowded = crowding(side, visible, reach);
  const scale = (side - 1) / 2;
  return (place, normal) => {
    const length = Math.hypot(...normal) || 1;
    const at = [0, 1, 2].map(
      (axis) => ((place[axis] ?? 0) + 1) * scale + ((reach + 0.5) * (normal[axis] ?? 0)) / length,
    ) as unknown as Cell;
    return 1 - Math.min(1, trilinear(side, crowded, at));
  };
}

function trilinear(side: number, field: Float32Array, at: Cell): number {
  const [x, y, z] = [Math.floor(at[0]), Math.floor(at[1]), Math.floor(at[2])];
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = [x + (corner & 1), y + ((corner >> 1) & 1), z + (corner >> 2)];
    if (i < 0 || j < 0 || k < 0 || i >= side || j >= side || k >= side) continue;
    const weight = (1 - Math.abs(at[0] - i)) * (1 - Math.abs(at[1] - j)) * (1 - Math.abs(at[2] - k));
    sum += weight * (field[indexOf(side, [i, j, k])] ?? 0);
  }
  return sum;
}

class Surface {
  readonly #cube: Cube;
  readonly #layers: readonly Layers[];
  readonly #nodes: Nodes;
  readonly #field: Float32Array;
  readonly #open: Openness;
  readonly #shares: Shares;
  readonly #builder = new MeshBuilder();
  /** Of each edge of the lattice the vertices on it, one for each direction that a surface has there. */
  readonly #onEdge: Int32Array;
  readonly #next: number[] = [];
  readonly #facing: number[] = [];
  /** Of each vertex the cell that is inside. */
  readonly #cellOf: number[] = [];

  constructor(cube: Cube, layers: readonly Layers[], nodes: Nodes, field: Float32Array, open: Openness) {
    this.#cube = cube;
    this.#layers = layers;
    this.#nodes = nodes;
    this.#field = field;
    this.#open = open;
    this.#shares = new Shares(cube.side, cube.cells);
    this.#onEdge = new Int32Array(3 * nodes.cells.length).fill(-1);
  }

  get mesh(): Mesh {
    return this.#builder.done();
  }

  /** Add the triangles of the cell of the lattice between a node and the next one along every axis. */
  cell(p: number, q: number, r: number, node: number, corners: number): void {
    const faces = [p, q, r].map((place, axis) => this.#layers[axis]?.faces[place] ?? 0);
    const flat = faces.findIndex((side) => side !== 0);
    // Two flat sides meet in a line.
    if (faces.some((side, axis) => side !== 0 && axis !== flat)) return;
    // 0 to 5 for the flat sides, 6 for what follows a border of classes.
    const direction = flat < 0 ? 6 : 2 * flat + ((faces[flat] ?? 0) > 0 ? 1 : 0);
    const triangles = TRIANGLES[corners] ?? [];
    for (let at = 0; at < triangles.length; at += 3) {
      const a = this.#vertex([p, q, r], node, triangles[at] ?? 0, direction);
      const b = this.#vertex([p, q, r], node, triangles[at + 1] ?? 0, direction);
      const c = this.#vertex([p, q, r], node, triangles[at + 2] ?? 0, direction);
      const builder = this.#builder;
      if (builder.samePlace(a, b) || builder.samePlace(b, c) || builder.samePlace(c, a)) continue;
      this.#triangle(a, b, c);
    }
  }

  #vertex(from: Cell, node: number, cellEdge: number, direction: number): number {
    const { axis = 0, low = 0, high = 0 } = CELL_EDGES[cellEdge] ?? {};
    const [one, other] = [this.#nodeAt(node, low), this.#nodeAt(node, high)];
    const edge = 3 * one + axis;
    for (let known = this.#onEdge[edge] ?? -1; known >= 0; known = this.#next[known] ?? -1) {
      if (this.#facing[known] === direction) return known;
    }
    const { cells, inner } = this.#nodes;
    const [lowCell, highCell] = [cells[one] ?? 0, cells[other] ?? 0];
    const inside = inner[one] ? lowCell : highCell;
    const share = lowCell === highCell ? 0 : this.#crossing(lowCell, highCell, inside);
    const position = [0, 1, 2].map((along) => {
      const { places } = this.#layers[along] as Layers;
      const index = (from[along] ?? 0) + ((low >> along) & 1);
      const start = places[index] ?? 0;
      return along === axis ? start + share * ((places[index + 1] ?? start) - start) : start;
    }) as unknown as Cell;
    const normal = this.#normal(direction, lowCell, highCell, share, axis, inside === lowCell);
    const vertex = this.#builder.add({
      position,
      normal,
      open: this.#open(position, normal),
      classId: this.#cube.cells[inside] ?? 0,
      opacity: this.#cube.opacity?.[inside] ?? 255,
      border: false,
    });
    this.#cellOf[vertex] = inside;
    this.#facing[vertex] = direction;
    this.#next[vertex] = this.#onEdge[edge] ?? -1;
    this.#onEdge[edge] = vertex;
    return vertex;
  }

  #nodeAt(node: number, corner: number): number {
    const [width, height] = this.#nodes.size;
    return node + (corner & 1) + width * (((corner >> 1) & 1) + height * (corner >> 2));
  }

  /** Where the field passes one half between two cells, of which one is shown; from the first, as a share. */
  #crossing(low: number, high: number, inside: number): number {
    const [one, other] = [this.#field[low] ?? 0, this.#field[high] ?? 0];
    const falls = inside === low ? one - other : other - one;
    // Where a region is thinner than the smoothing reaches, the field does not tell.
    if (falls < 1e-3) return 0.5;
    return clamp((one - 0.5) / (one - other), MARGIN, 1 - MARGIN);
  }

  #normal(
    direction: number,
    low: number,
    high: number,
    share: number,
    axis: number,
    outwardIsUp: boolean,
  ): [number, number, number] {
    const normal: [number, number, number] = [0, 0, 0];
    if (direction < 6) normal[direction >> 1] = direction & 1 ? 1 : -1;
    else {
      for (let along = 0; along < 3; along++) {
        normal[along] = -((1 - share) * this.#slope(low, along) + share * this.#slope(high, along));
      }
      if (Math.hypot(...normal) < 1e-4) normal[axis] = outwardIsUp ? 1 : -1;
    }
    return normal;
  }

  #slope(cell: number, axis: number): number {
    const { side } = this.#cube;
    const stride = side ** axis;
    const place = Math.floor(cell / stride) % side;
    const [low, high] = [place > 0 ? cell - stride : cell, place < side - 1 ? cell + stride : cell];
    if (low === high) return 0;
    return ((this.#field[high] ?? 0) - (this.#field[low] ?? 0)) / ((high - low) / stride);
  }

  // Borders between shown classes ----------------------------------------------------------

  #triangle(a: number, b: number, c: number): void {
    const builder = this.#builder;
    const [of, next, last] = [builder.classOf(a), builder.classOf(b), builder.classOf(c)];
    if (of === next && next === last) builder.triangle(a, b, c);
    else if (next === last) this.#divided(a, b, c);
    else if (last === of) this.#divided(b, c, a);
    else if (of === next) this.#divided(c, a, b);
    else this.#parted(a, b, c);
  }

  /** A triangle of which the first corner has a class of its own. */
  #divided(a: number, b: number, c: number): void {
    const builder = this.#builder;
    const [own, other] = [builder.classOf(a), builder.classOf(b)];
    const [towardsB, towardsC] = [this.#meeting(a, b), this.#meeting(a, c)];
    builder.triangle(a, this.#at(towardsB, own), this.#at(towardsC, own));
    const [nearB, nearC] = [this.#at(towardsB, other), this.#at(towardsC, other)];
    builder.triangle(nearB, b, c);
    builder.triangle(nearB, c, nearC);
  }

  /** A triangle of three classes, which meet in its middle. */
  #parted(...corners: [number, number, number]): void {
    const builder = this.#builder;
    const middle = { corners, weights: [1 / 3, 1 / 3, 1 / 3] };
    corners.forEach((corner, at) => {
      const [next, last] = [corners[(at + 1) % 3] ?? 0, corners[(at + 2) % 3] ?? 0];
      const own = builder.classOf(corner);
      const heart = this.#at(middle, own);
      builder.triangle(corner, this.#at(this.#meeting(corner, next), own), heart);
      builder.triangle(corner, heart, this.#at(this.#meeting(corner, last), own));
    });
  }

  #at(
    { corners, weights }: { corners: readonly number[]; weights: readonly number[] },
    of: number,
  ): number {
    return this.#builder.between(corners, weights, of);
  }

  /** Where two classes meet on the side of a triangle: the same place from whichever triangle it is asked. */
  #meeting(one: number, other: number): { corners: readonly number[]; weights: readonly number[] } {
    const [a, b] = one < other ? [one, other] : [other, one];
    const [first, second] = [this.#builder.classOf(a), this.#builder.classOf(b)];
    const [from, to] = [this.#cellOf[a] ?? 0, this.#cellOf[b] ?? 0];
    const ahead = this.#shares.of(first, from) - this.#shares.of(second, from);
    const behind = this.#shares.of(second, to) - this.#shares.of(first, to);
    const share =
      ahead + behind < 1e-3 || ahead < 0 || behind < 0
        ? 0.5
        : clamp(ahead / (ahead + behind), MARGIN, 1 - MARGIN);
    return { corners: [a, b], weights: [1 - share, share] };
  }
}
