import { expect, test } from "vitest";
import { loadAhead } from "../../../src/core/requests/lookahead.ts";

/** Work that ends when it is told to. */
function bench() {
  const started: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const work = (index: number) =>
    new Promise<string>((resolve, reject) => {
      started.push(index);
      ends[index] = (error) => (error ? reject(error) : resolve(`frame ${index}`));
    });
  return { started, ends, work };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("frames are loaded in their order, a few at a time", async () => {
  const { started, ends, work } = bench();
  const frames = loadAhead(5, 2, work);
  await settled();
  expect(started).toEqual([0, 1]);
  ends[1]?.();
  await settled();
  expect(started).toEqual([0, 1, 3]);
  ends[0]?.();
  await settled();
  expect(started).toEqual([0, 1, 3, 2]);
  ends[2]?.();
  await settled();
  ends[3]?.();
  ends[4]?.();
  await expect(Promise.all(frames)).resolves.toEqual([0, 1, 2, 3, 4].map((index) => `frame ${index}`));
});

test("frames after a failed one fail as well and are not loaded", async () => {
  const { started, ends, work } = bench();
  const frames = loadAhead(3, 1, work);
  await settled();
  ends[0]?.(new Error("no disk"));
  await expect(frames[2]).rejects.toThrow("no disk");
  expect(started).toEqual([0]);
});
