/** Texts inside PNG files: international text chunks (iTXt, PNG specification 11.3.3.4). */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of a chunk's type and data. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * The file with texts inserted before its pixels.
 *
 * @param texts by keyword, such as `Source`: 1 to 79 Latin letters.
 * @throws Error if the bytes are not a PNG file.
 */
export function withTexts(
  file: Uint8Array,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  if (SIGNATURE.some((byte, index) => file[index] !== byte)) throw new Error("This is not a PNG file.");
  // The header comes first and has a fixed length: 8 bytes of signature, 25 of the IHDR chunk.
  const head = 33;
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, file.length);
  const result = new Uint8Array(size);
  result.set(file.subarray(0, head));
  let at = head;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  result.set(file.subarray(head), at);
  return result;
}

function textChunk(keyword: string, text: string): Uint8Array {
  // After the keyword: its terminator, no compression, no language, no translated keyword.
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return chunk;
}
