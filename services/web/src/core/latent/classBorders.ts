/** Triangles across a border between two shown classes, divided along it. */
import type { MeshBuilder } from "./mesh.ts";
import type { Shares } from "./smoothField.ts";
import { clamp } from "./vector.ts";

/** A border keeps this distance from both of the corners between which it passes, as a share of theirs. */
const MARGIN = 0.08;

interface Meeting {
  readonly corners: readonly number[];
  readonly weights: readonly number[];
}

export class ClassBorders {
  readonly #builder: MeshBuilder;
  readonly #shares: Shares;
  readonly #cellOf: (vertex: number) => number;

  /** @param cellOf the cell from which a vertex has its class. */
  constructor(builder: MeshBuilder, shares: Shares, cellOf: (vertex: number) => number) {
    this.#builder = builder;
    this.#shares = shares;
    this.#cellOf = cellOf;
  }

  /** Add a triangle, in parts if its corners differ in class. */
  add(a: number, b: number, c: number): void {
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

  #at({ corners, weights }: Meeting, of: number): number {
    return this.#builder.between(corners, weights, of);
  }

  /** Where two classes meet on the side of a triangle: the same place from whichever triangle it is asked. */
  #meeting(one: number, other: number): Meeting {
    const [a, b] = one < other ? [one, other] : [other, one];
    const [first, second] = [this.#builder.classOf(a), this.#builder.classOf(b)];
    const [from, to] = [this.#cellOf(a), this.#cellOf(b)];
    const ahead = this.#shares.of(first, from) - this.#shares.of(second, from);
    const behind = this.#shares.of(second, to) - this.#shares.of(first, to);
    const apart = ahead + behind;
    const share = apart < 1e-3 ? 0.5 : clamp(ahead / apart, MARGIN, 1 - MARGIN);
    return { corners: [a, b], weights: [1 - share, share] };
  }
}
