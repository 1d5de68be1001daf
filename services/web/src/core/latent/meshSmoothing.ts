/**
 * Where a surface passes between the cells that it separates.
 *
 * Each joint lies between two neighbouring cells, one inside and one outside, and stays there: on the line between
 * them at first, and in the end at most half a cell from its middle.
 *
 * Along the line its place is that of a level of the smoothed field. One half is right on an even surface alone; on
 * an edge the smoothed field is lower, in a groove higher, and single cells would stand out of the surface. So the
 * level is the mean of what the joints around it have between their two cells. After that joints move towards the
 * middle of their neighbours, and back by a little more (Taubin 1995), which takes out the last steps of a surface
 * without shrinking it.
 */
import { clamp } from "./vector.ts";

const LEVEL_PASSES = 6;
const SHRINK = 0.5;
const GROW = -0.52;
const ROUNDS = 4;
/** On the line a joint keeps this distance from both cells, as a share of theirs. */
const MARGIN = 0.05;

/** Several vertices of a surface may share a joint. */
export interface Joints {
  /** x, y, z of the middle between the two cells of each. */
  readonly middles: Float32Array;
  /** The axis along which the two cells are neighbours. */
  readonly axes: Uint8Array;
  /** The smoothed field at the lower and at the higher of the two. */
  readonly fields: Float32Array;
  /** Bits of the axes along which a joint has to stay, since it lies on a flat side. */
  readonly fixed: Uint8Array;
  /** Pairs of neighbours over the surface, each once. */
  readonly pairs: readonly number[];
  /** Pairs of neighbours along the edge of a flat side: a joint that has such ones follows them alone. */
  readonly edgePairs: readonly number[];
}

/**
 * @param cell distance of two neighbouring cells.
 * @returns x, y, z of every joint.
 */
export function smoothJoints(joints: Joints, cell: number): Float32Array {
  const { middles, fixed } = joints;
  const count = fixed.length;
  const graph = new Graph(joints);
  const positions = placed(joints, levelsOf(joints, graph), cell);
  const sums = new Float32Array(3 * count);
  for (let pass = 0; pass < 2 * ROUNDS; pass++) {
    graph.average(positions, 3, sums);
    for (let joint = 0; joint < count; joint++) {
      for (let axis = 0; axis < 3; axis++) {
        if (((fixed[joint] ?? 0) >> axis) & 1) continue;
        const at = 3 * joint + axis;
        const old = positions[at] ?? 0;
        positions[at] = old + (pass % 2 ? GROW : SHRINK) * ((sums[at] ?? 0) - old);
      }
      hold(positions, middles, joint, cell / 2);
    }
  }
  return positions;
}

/** The level of the field at which the surface passes each joint. */
function levelsOf({ fields, fixed }: Joints, graph: Graph): Float32Array {
  const levels = Float32Array.from(fixed, (_, joint) => {
    return ((fields[2 * joint] ?? 0) + (fields[2 * joint + 1] ?? 0)) / 2;
  });
  const means = new Float32Array(levels.length);
  for (let pass = 0; pass < LEVEL_PASSES; pass++) {
    graph.average(levels, 1, means);
    levels.forEach((level, joint) => {
      levels[joint] = (level + (means[joint] ?? 0)) / 2;
    });
  }
  return levels;
}

function placed({ middles, axes, fields }: Joints, levels: Float32Array, cell: number): Float32Array {
  const positions = middles.slice();
  levels.forEach((level, joint) => {
    const [low, high] = [fields[2 * joint] ?? 0, fields[2 * joint + 1] ?? 0];
    // Where a region is thinner than the smoothing reaches, the field does not tell.
    if (Math.abs(low - high) < 1e-3) return;
    const share = clamp((low - level) / (low - high), MARGIN, 1 - MARGIN);
    const at = 3 * joint + (axes[joint] ?? 0);
    positions[at] = (positions[at] ?? 0) + (share - 0.5) * cell;
  });
  return positions;
}

/** Bring a joint back to at most `most` from its middle. */
function hold(positions: Float32Array, middles: Float32Array, joint: number, most: number): void {
  const at = 3 * joint;
  const [x = 0, y = 0, z = 0] = [middles[at], middles[at + 1], middles[at + 2]];
  const [right, up, back] = [
    (positions[at] ?? 0) - x,
    (positions[at + 1] ?? 0) - y,
    (positions[at + 2] ?? 0) - z,
  ];
  const far = Math.sqrt(right * right + up * up + back * back);
  if (far <= most) return;
  positions[at] = x + (right * most) / far;
  positions[at + 1] = y + (up * most) / far;
  positions[at + 2] = z + (back * most) / far;
}

/** Who is whose neighbour. */
class Graph {
  /** Pairs of a joint and one that it follows. */
  readonly #follows: Uint32Array;
  readonly #many: Uint16Array;

  constructor({ fixed, pairs, edgePairs }: Joints) {
    const onEdge = new Uint8Array(fixed.length);
    for (const joint of edgePairs) onEdge[joint] = 1;
    const follows: number[] = [];
    for (const [edge, list] of [pairs, edgePairs].entries()) {
      for (let at = 0; at < list.length; at += 2) {
        const [one = 0, other = 0] = [list[at], list[at + 1]];
        if (onEdge[one] === edge) follows.push(one, other);
        if (onEdge[other] === edge) follows.push(other, one);
      }
    }
    this.#follows = Uint32Array.from(follows);
    this.#many = new Uint16Array(fixed.length);
    for (let at = 0; at < follows.length; at += 2) {
      const joint = follows[at] ?? 0;
      this.#many[joint] = (this.#many[joint] ?? 0) + 1;
    }
  }

  /** Means of the neighbours' values, of which each joint has `size`; its own where it has no neighbour. */
  average(values: Float32Array, size: number, means: Float32Array): void {
    means.fill(0);
    const follows = this.#follows;
    for (let at = 0; at < follows.length; at += 2) {
      const [to, from] = [size * (follows[at] ?? 0), size * (follows[at + 1] ?? 0)];
      for (let part = 0; part < size; part++) {
        means[to + part] = (means[to + part] ?? 0) + (values[from + part] ?? 0);
      }
    }
    this.#many.forEach((many, joint) => {
      for (let part = size * joint; part < size * (joint + 1); part++) {
        means[part] = many > 0 ? (means[part] ?? 0) / many : (values[part] ?? 0);
      }
    });
  }
}
