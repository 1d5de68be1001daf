import { expect, test } from "vitest";
import { around, placed, scrollTo } from "../../../src/core/teach/placement.ts";

const WINDOW = { width: 1000, height: 800 };
const SIZE = { width: 300, height: 200 };

test("it stands on the first side that has room, flush with the target", () => {
  const target = { left: 100, top: 100, right: 400, bottom: 500 };
  expect(placed(target, SIZE, WINDOW, ["right", "below"])).toEqual({ x: 414, y: 100, side: "right" });
  expect(placed(target, SIZE, WINDOW, ["right", "below"], "end")).toEqual({
    x: 414,
    y: 300,
    side: "right",
  });
  expect(placed(target, SIZE, WINDOW, ["left", "below"])).toEqual({ x: 100, y: 514, side: "below" });
  expect(placed({ ...target, top: 250 }, SIZE, WINDOW, ["above"])).toEqual({
    x: 100,
    y: 36,
    side: "above",
  });
  expect(placed({ ...target, left: 500, right: 900 }, SIZE, WINDOW, ["left"])).toEqual({
    x: 186,
    y: 100,
    side: "left",
  });
});

test("where no side has room, it lies over the target, within the window", () => {
  const all = { left: 10, top: 10, right: 990, bottom: 2000 };
  const sides = ["right", "left", "below", "above"] as const;
  expect(placed(all, SIZE, WINDOW, sides)).toEqual({ x: 676, y: 592, side: undefined });
  expect(placed(all, { width: 2000, height: 2000 }, WINDOW, sides)).toMatchObject({ x: 8, y: 8 });
});

test("it never leaves the window, wherever its target is", () => {
  const edge = { left: 900, top: 300, right: 990, bottom: 320 };
  expect(placed(edge, SIZE, WINDOW, ["below"])).toEqual({ x: 692, y: 334, side: "below" });
});

test("around several boxes", () => {
  const boxes = [
    { left: 1, top: 5, right: 3, bottom: 9 },
    { left: 2, top: 2, right: 8, bottom: 4 },
  ];
  expect(around(boxes)).toEqual({ left: 1, top: 2, right: 8, bottom: 9 });
});

test("the page scrolls only as far as it has to", () => {
  expect(scrollTo({ top: 100, bottom: 200 }, 60, 600)).toBe(0);
  expect(scrollTo({ top: 20, bottom: 200 }, 60, 600)).toBe(-40);
  expect(scrollTo({ top: 500, bottom: 700 }, 60, 600)).toBe(100);
  expect(scrollTo({ top: 500, bottom: 1500 }, 60, 600), "its beginning").toBe(440);
});
