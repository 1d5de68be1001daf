import { describe, expect, it } from "vitest";
import { FrameScale } from "../../../src/core/explorer/frameScale.ts";

const SCALES = [1, 0.7, 0.5];

/** Frames of a machine that needs so long for the full number of pixels, less for fewer. */
function played(fineness: FrameScale, frames: number, full: number): number[] {
  return Array.from({ length: frames }, () => {
    fineness.frame(Math.max(16.7, full * fineness.scale ** 2));
    return fineness.scale;
  });
}

describe("fineness", () => {
  it("is full where every frame comes in time", () => {
    expect(new Set(played(new FrameScale(), 1000, 10))).toEqual(new Set([1]));
  });

  it("falls as far as it has to, and no further", () => {
    const fineness = new FrameScale();
    expect(played(fineness, 60, 35).at(-1)).toBe(0.7);
    expect(played(new FrameScale(), 60, 80).at(-1)).toBe(0.5);
    expect(SCALES).toContain(fineness.scale);
  });

  it("stays at the coarsest where that is still too slow", () => {
    expect(played(new FrameScale(), 500, 1000).at(-1)).toBe(0.5);
  });

  it("takes a hiccup for one", () => {
    const fineness = new FrameScale();
    for (let frame = 0; frame < 300; frame++) fineness.frame(frame % 20 < 4 ? 60 : 16.7);
    expect(fineness.scale).toBe(1);
  });

  it("tries to be finer again, ever more seldom where that fails", () => {
    const fineness = new FrameScale();
    const scales = played(fineness, 4000, 35);
    const tries = scales.flatMap((scale, index) =>
      scale === 1 && scales[index - 1] === 0.7 ? [index] : [],
    );
    expect(tries.length).toBeGreaterThan(2);
    const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
    expect(scales.filter((scale) => scale === 1).length).toBeLessThan(0.02 * scales.length);
  });

  it("is full again where the machine has become free", () => {
    const fineness = new FrameScale();
    played(fineness, 60, 80);
    expect(fineness.scale).toBe(0.5);
    expect(played(fineness, 1000, 10).at(-1)).toBe(1);
  });

  it("does not mind that nobody looked for an hour", () => {
    const fineness = new FrameScale();
    for (let frame = 0; frame < 100; frame++) fineness.frame(frame % 10 === 0 ? 3_600_000 : 16.7);
    expect(fineness.scale).toBe(1);
  });
});
