import { expect, test } from "vitest";
import {
  describeEdit,
  editsCodec,
  fittingEdits,
  lostEdits,
  readRuns,
  writeRuns,
} from "../../../src/core/explorer/edits.ts";

const edits = [
  { layer: "stage_2", rows: [0, 1, 2, 5], scale: 0 },
  { layer: "image", columns: [7], channels: [0], scale: 1.5 },
  { layer: "stage_1", scale: -2 },
];

test("edits are read back from their text", () => {
  const text = editsCodec.write(edits);
  expect(text).toBe("stage_2*r0-2.5*x0,image*c7*h0*x1.5,stage_1*x-2");
  expect(editsCodec.read(text)).toEqual(edits);
});

test.each([
  "",
  "stage*q1",
  "stage*r3-1",
  "stage*r1e3",
  "stage*x",
  "stage*xnull",
  "a b*x0",
  "s*r0-99999",
  "s*x1e9",
])("%j is no surgery", (text) => expect(editsCodec.read(text)).toBeUndefined());

test("runs are joined, sorted and read back", () => {
  expect(writeRuns([5, 3, 4, 9, 3])).toBe("3-5.9");
  expect(readRuns("3-5.9.4")).toEqual([3, 4, 5, 9]);
  expect(readRuns("x")).toBeUndefined();
});

test("an edit is described in words", () => {
  expect(edits.map(describeEdit)).toEqual([
    "rows 0-2, 5 of stage_2: off",
    "column 7 × channel 0 of image: × 1.5",
    "everything of stage_1: × -2",
  ]);
});

test("edits of parts that the model does not have are left out", () => {
  const layers = [{ name: "stage_2", shape: [3, 3, 8] }];
  expect(fittingEdits(edits, layers)).toEqual([{ layer: "stage_2", rows: [0, 1, 2], scale: 0 }]);
  expect(fittingEdits([{ layer: "stage_2", channels: [8], scale: 0 }], layers)).toEqual([]);
});

test("the parts that the model does not have are told", () => {
  const layers = [
    { name: "stage_2", shape: [3, 3, 8] },
    { name: "stage_1", shape: [2, 2, 4] },
  ];
  expect(lostEdits(edits, layers)).toEqual([
    { layer: "stage_2", rows: [5], scale: 0 },
    { layer: "image", columns: [7], channels: [0], scale: 1.5 },
  ]);
  expect(lostEdits([{ layer: "stage_2", channels: [7], scale: 0 }], layers)).toEqual([]);
});
