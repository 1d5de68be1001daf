import { expect, test } from "vitest";
import {
  blurred,
  frameOf,
  framing,
  movedPen,
  onBlack,
  PEN_STEP,
  strokeOf,
} from "../../../src/core/explorer/pen.ts";

test("keys move the pen and keep it on the paper", () => {
  expect(movedPen({ x: 0.5, y: 0.5 }, "ArrowRight")).toEqual({ x: 0.5 + PEN_STEP, y: 0.5 });
  expect(movedPen({ x: 0, y: 0.99 }, "ArrowLeft")).toEqual({ x: 0, y: 0.99 });
  expect(movedPen({ x: 0, y: 0.99 }, "ArrowDown")).toEqual({ x: 0, y: 1 });
  expect(movedPen({ x: 0, y: 0 }, "q")).toBeUndefined();
});

test("a drawing is framed like the digits of the data sets", () => {
  const side = 28;
  const ink = new Array(side * side).fill(0);
  expect(framing(ink, side)).toBeUndefined();
  for (let y = 2; y < 12; y++) for (let x = 4; x < 9; x++) ink[y * side + x] = 255;
  const frame = framing(ink, side);
  expect(frame?.scale).toBeCloseTo(2, 6);
  expect(frame?.x).toBeCloseTo(6.5, 6);
  expect(frame?.y).toBeCloseTo(7, 6);
});

test("lines are scaled so that a drawing with strokes of its own width fills the same box", () => {
  const side = 28;
  const ink = new Array(side * side).fill(0);
  // A box of 11 × 6 pixels, drawn with a pen of 3: its lines span 8.
  for (let y = 2; y < 13; y++) for (let x = 4; x < 10; x++) ink[y * side + x] = 255;
  const scale = framing(ink, side, 3)?.scale ?? 0;
  expect(scale * 8 + 3).toBeCloseTo(20, 6);
  const dot = new Array(side * side).fill(0);
  for (let y = 5; y < 8; y++) for (let x = 5; x < 8; x++) dot[y * side + x] = 255;
  expect(framing(dot, side, 3)?.scale).toBe(1);
});

/** A bright box of so many pixels in a square of 28. */
function boxed(wide: number, high: number): number[] {
  const inside = (at: number, size: number) => at >= 2 && at < 2 + size;
  return Array.from({ length: 28 * 28 }, (_, index) =>
    inside(index % 28, wide) && inside(Math.floor(index / 28), high) ? 255 : 0,
  );
}

test("a drawing gets the size of the data's: the median of their longest sides", () => {
  const images = [boxed(5, 24), boxed(12, 10), boxed(20, 6)];
  expect(frameOf(images, 28)?.extent).toBeCloseTo(20 / 28, 9);
  expect(framing(boxed(5, 10), 28, 0, { extent: 24 / 28, middle: "box" })?.scale).toBeCloseTo(2.4, 6);
  expect(frameOf([], 28)).toBeUndefined();
});

test("a drawing gets the middle of the data's: of mass, or of the bounding box", () => {
  // A bright upper and a dim lower half: the mass is above the middle of the box.
  const halves = (top: number) =>
    Array.from({ length: 28 * 28 }, (_, index) => {
      const y = Math.floor(index / 28) - top;
      if (index % 28 < 9 || index % 28 >= 19 || y < 0 || y >= 20) return 0;
      return y < 10 ? 250 : 50;
    });
  const inBox = halves(4);
  expect(frameOf([inBox], 28)).toEqual({ extent: 20 / 28, middle: "box" });
  expect(frameOf([halves(7)], 28)?.middle).toBe("mass");
  expect(framing(inBox, 28, 0, { extent: 20 / 28, middle: "box" })).toEqual({ scale: 1, x: 14, y: 14 });
  expect(framing(inBox, 28)?.y).toBeCloseTo(4 + (250 * 5 + 50 * 15) / 300, 6);
});

test("photographs and empty images have no size of a drawing", () => {
  const photograph = new Array(28 * 28).fill(120);
  expect(onBlack(photograph, 28)).toBe(false);
  expect(onBlack(boxed(5, 24), 28)).toBe(true);
  expect(frameOf([photograph, photograph, boxed(5, 24)], 28)).toBeUndefined();
  expect(frameOf([new Array(28 * 28).fill(0)], 28)).toBeUndefined();
});

const SIDE = 64;
/** A ring of a radius of 20 pixels, drawn with a pen of a width, at eight places in each pixel. */
function ring(width: number): number[] {
  return Array.from({ length: SIDE * SIDE }, (_, index) => {
    let inside = 0;
    for (let part = 0; part < 64; part++) {
      const x = (index % SIDE) + ((part % 8) + 0.5) / 8 - SIDE / 2;
      const y = Math.floor(index / SIDE) + (Math.floor(part / 8) + 0.5) / 8 - SIDE / 2;
      if (Math.abs(Math.hypot(x, y) - 20) < width / 2) inside++;
    }
    return (255 * inside) / 64;
  });
}

test.each([
  [6, 1.2],
  [9, 1.5],
  [9, 2.5],
])("a stroke of %d pixels with edges blurred by %d is measured as such", (width, deviation) => {
  const found = strokeOf([blurred(ring(width), SIDE, deviation)], SIDE);
  expect(found?.width).toBeGreaterThan(0.9 * width);
  expect(found?.width).toBeLessThan(1.1 * width);
  expect(found?.blur).toBeGreaterThan(0.85 * deviation);
  expect(found?.blur).toBeLessThan(1.25 * deviation);
});

test("the typical stroke is the median; empty images say nothing", () => {
  const empty = new Array(SIDE * SIDE).fill(0);
  expect(strokeOf([empty], SIDE)).toBeUndefined();
  const three = [4, 6, 12].map((width) => blurred(ring(width), SIDE, 1));
  expect(strokeOf([empty, ...three], SIDE)?.width).toBeCloseTo(
    strokeOf(three.slice(1, 2), SIDE)?.width ?? 0,
    9,
  );
});

test("a blurred point is a Gaussian, and no brightness is lost", () => {
  const point = new Array(SIDE * SIDE).fill(0);
  for (let y = 30; y < 34; y++) for (let x = 30; x < 34; x++) point[y * SIDE + x] = 255;
  const found = blurred(point, SIDE, 2);
  const at = (x: number, y: number) => found[y * SIDE + x] ?? 0;
  expect(Math.abs([...found].reduce((sum, value) => sum + value, 0) / (16 * 255) - 1)).toBeLessThan(0.03);
  expect(at(31, 31)).toBe(at(32, 32));
  // Along a row, the ratio to the middle is that of two differences of the error function (Abramowitz & Stegun).
  expect(at(35, 31) / at(31, 31)).toBeCloseTo(0.34, 1);
  expect(blurred(point, SIDE, 0)).toEqual(Uint8ClampedArray.from(point));
});
