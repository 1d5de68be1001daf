import { expect, test } from "vitest";
import { received } from "../../src/api/receive.ts";

function answer(parts: readonly string[], headers: Record<string, string>): Response {
  const text = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(text.encode(part));
      controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "image/gif", ...headers } });
}

test("a file reports its progress and keeps its content type", async () => {
  const shares: number[] = [];
  const blob = await received(answer(["GIF8", "9a"], { "Content-Length": "6" }), (share) =>
    shares.push(share),
  );
  expect(shares).toEqual([4 / 6, 1]);
  expect(await blob.text()).toBe("GIF89a");
  expect(blob.type).toBe("image/gif");
});

test("without a length the file arrives without progress", async () => {
  const shares: number[] = [];
  const blob = await received(answer(["GIF8", "9a"], {}), (share) => shares.push(share));
  expect(shares).toEqual([]);
  expect(await blob.text()).toBe("GIF89a");
});
