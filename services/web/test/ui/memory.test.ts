import { expect, test } from "vitest";
import { browserMemory, shortMemory } from "../../src/ui/memory.ts";

class Kept implements Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  readonly entries = new Map<string, string>();
  getItem = (key: string) => this.entries.get(key) ?? null;
  setItem = (key: string, value: string) => void this.entries.set(key, value);
  removeItem = (key: string) => void this.entries.delete(key);
}

test("the browser keeps what is remembered", () => {
  const kept = new Kept();
  const memory = browserMemory(() => kept as unknown as Storage);
  expect(memory.get("a")).toBeNull();
  memory.set("a", "1");
  expect(kept.entries.get("a")).toBe("1");
  expect(browserMemory(() => kept as unknown as Storage).get("a")).toBe("1");
  memory.set("a", null);
  expect(memory.get("a")).toBeNull();
});

test("where the browser forbids it, the page remembers until it is left", () => {
  const memory = browserMemory(() => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(memory.get("a")).toBeNull();
  memory.set("a", "1");
  expect(memory.get("a")).toBe("1");
  memory.set("a", null);
  expect(memory.get("a")).toBeNull();
});

test("a short memory begins with what it is given", () => {
  const memory = shortMemory({ a: "1" });
  expect([memory.get("a"), memory.get("b")]).toEqual(["1", null]);
  memory.set("a", null);
  expect(memory.get("a")).toBeNull();
});
