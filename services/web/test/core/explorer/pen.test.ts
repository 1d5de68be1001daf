import { expect, test } from "vitest";
import { framing, movedPen, PEN_STEP } from "../../../src/core/explorer/pen.ts";

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
