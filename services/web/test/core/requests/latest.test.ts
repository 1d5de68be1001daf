import { expect, test } from "vitest";
import { latest } from "../../../src/core/requests/latest.ts";
import { Lru } from "../../../src/core/requests/lru.ts";

/** Work whose answers come when the test says so. */
function bench(inFlight: number) {
  const open = new Map<number, { answer: () => void; fail: () => void }>();
  const started: number[] = [];
  const answered: number[] = [];
  const failed: number[] = [];
  const queue = latest<number, number>(
    (question) => {
      started.push(question);
      return new Promise((resolve, reject) => {
        open.set(question, { answer: () => resolve(question), fail: () => reject(new Error("no")) });
      });
    },
    (answer) => answered.push(answer),
    (_, question) => failed.push(question),
    inFlight,
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    queue,
    started,
    answered,
    failed,
    async answer(question: number) {
      open.get(question)?.answer();
      await settle();
    },
    async fail(question: number) {
      open.get(question)?.fail();
      await settle();
    },
  };
}

test("of all waiting requests only the newest is sent", async () => {
  const { queue, started, answered, answer } = bench(1);
  for (const question of [1, 2, 3, 4]) queue.ask(question);
  expect(started).toEqual([1]);
  await answer(1);
  expect(started).toEqual([1, 4]);
  await answer(4);
  expect(answered).toEqual([1, 4]);
});

test("an answer that was overtaken is dropped", async () => {
  const { queue, answered, answer } = bench(2);
  queue.ask(1);
  queue.ask(2);
  await answer(2);
  await answer(1);
  expect(answered).toEqual([2]);
});

test("only the failure of the newest request is reported", async () => {
  const { queue, failed, fail } = bench(2);
  queue.ask(1);
  queue.ask(2);
  await fail(1);
  expect(failed).toEqual([]);
  await fail(2);
  expect(failed).toEqual([2]);
});

test("after cancelling nothing is reported, and new requests work", async () => {
  const { queue, answered, answer } = bench(1);
  queue.ask(1);
  queue.ask(2);
  queue.cancel();
  await answer(1);
  expect(answered).toEqual([]);
  queue.ask(3);
  await answer(3);
  expect(answered).toEqual([3]);
});

test("the cache drops the least recently used value", () => {
  const cache = new Lru<string, number>(2);
  cache.set("a", 1);
  cache.set("b", 2);
  expect(cache.get("a")).toBe(1);
  cache.set("c", 3);
  expect(cache.get("b")).toBeUndefined();
  cache.set("a", 9);
  cache.set("d", 4);
  expect(cache.get("c")).toBeUndefined();
  expect(cache.get("a")).toBe(9);
  expect(cache.size).toBe(2);
  cache.clear();
  expect(cache.size).toBe(0);
});
