import { expect, test } from "vitest";
import { type Toured, tourSteps } from "../../../src/core/teach/tourSteps.ts";

const PLANE: Toured = { dim: 2, conditional: false, cube: false, theme: undefined };
const texts = (toured: Toured) => tourSteps(toured).map(({ text }) => text);

test("three steps: the map, the image, and all that looks closer", () => {
  expect(tourSteps(PLANE).map(({ target }) => target)).toEqual(["map", "image", "closer"]);
});

test("it speaks of what is there", () => {
  expect(texts(PLANE)[0]).toMatch(/two numbers.*Drag the ring/);
  expect(texts({ ...PLANE, dim: 3, cube: true })[0]).toMatch(/three numbers.*turn it/);
  expect(texts({ ...PLANE, dim: 12 })[0]).toContain("12 numbers");
  expect(texts(PLANE)[0]).not.toContain("label");
  expect(texts({ ...PLANE, conditional: true })[0]).toContain("label");
});

test("why the point has its colour: its class, unless the map shows a theme", () => {
  const theme = {
    name: "stretch",
    title: "Stretch",
    kind: "scalar",
    unit: "",
    range: null,
    description: "",
    ramp: "sequential",
    low: "still",
    high: "fast",
  } as const;
  expect(texts(PLANE)[1]).toContain("That class gives the point its colour");
  expect(texts({ ...PLANE, theme })[1]).toContain("coloured by “Stretch”");
});
