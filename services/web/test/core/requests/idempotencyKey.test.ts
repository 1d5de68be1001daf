import { expect, test } from "vitest";
import { IdempotencyKey } from "../../../src/core/requests/idempotencyKey.ts";

test("a repeated request has the same key, another one has another", () => {
  const key = new IdempotencyKey();
  const first = key.of({ name: "fork", epoch: 40 });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(key.of({ name: "fork", epoch: 40 })).toBe(first);
  expect(key.of({ name: "fork", epoch: 60 })).not.toBe(first);
  expect(new IdempotencyKey().of({ name: "fork", epoch: 40 })).not.toBe(first);
});
