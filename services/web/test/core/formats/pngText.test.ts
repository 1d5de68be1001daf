import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { crc32, withTexts } from "../../../src/core/formats/pngText.ts";

/** One grey pixel. */
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0),
);

function chunksOf(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset);
  const chunks = [];
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(body));
    chunks.push({ kind: new TextDecoder().decode(body.subarray(0, 4)), data: body.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

test("CRC-32 has its well-known value", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("texts are chunks of the file, and the picture stays as it was", () => {
  const chunks = chunksOf(withTexts(PNG, { Source: "http://here/#/models/m?z=0,½", Title: "z₁" }));
  expect(chunks.map(({ kind }) => kind)).toEqual(["IHDR", "iTXt", "iTXt", "IDAT", "IEND"]);
  expect(new TextDecoder().decode(chunks[1]?.data)).toBe("Source\0\0\0\0\0http://here/#/models/m?z=0,½");
  expect(new TextDecoder().decode(chunks[2]?.data)).toBe("Title\0\0\0\0\0z₁");
  expect([...inflateSync(chunks[3]?.data ?? new Uint8Array())]).toHaveLength(2);
});

test("a file that is not a PNG is refused", () => {
  expect(() => withTexts(new Uint8Array(40), {})).toThrow("not a PNG");
});
