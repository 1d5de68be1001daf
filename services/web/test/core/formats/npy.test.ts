import { expect, test } from "vitest";
import { parseFloatNpy, parseNpy } from "../../../src/core/formats/npy.ts";

function file(header: string, data: number[], version = 1): ArrayBuffer {
  const text = new TextEncoder().encode(header);
  const size =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  const magic = [0x93, ...new TextEncoder().encode("NUMPY"), version, 0];
  return Uint8Array.from([...magic, ...size, ...text, ...data]).buffer;
}

test("a plane of bytes", () => {
  const buffer = file(
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }   \n",
    [1, 2, 3, 4, 5, 6],
  );
  expect(parseNpy(buffer)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
});

test("one axis, and the wide header of version 2", () => {
  const buffer = file("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", [7, 8], 2);
  expect(parseNpy(buffer)).toEqual({ shape: [2], data: Uint8Array.of(7, 8) });
});

test.each([
  ["no NumPy file", new TextEncoder().encode("<html>hello there").buffer as ArrayBuffer],
  ["floats", file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", [0, 0, 0, 0])],
  ["columns first", file("{'descr': '|u1', 'fortran_order': True, 'shape': (1,), }\n", [0])],
  ["cut short", file("{'descr': '|u1', 'fortran_order': False, 'shape': (9,), }\n", [0])],
])("%s is refused", (_, buffer) => {
  expect(() => parseNpy(buffer)).toThrow();
});

test("numbers of four bytes, also where they do not begin at a multiple of four", () => {
  const bytes = [...new Uint8Array(Float32Array.of(0.5, -2, Number.NaN).buffer)];
  for (const pad of ["", " ", "  ", "   "]) {
    const buffer = file(`{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }${pad}\n`, bytes);
    expect(parseFloatNpy(buffer)).toEqual({ shape: [1, 3], data: Float32Array.of(0.5, -2, Number.NaN) });
  }
});

test.each([
  ["bytes", file("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }\n", [0, 0, 0, 0])],
  ["cut short", file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", [0, 0, 0])],
])("%s are no numbers", (_, buffer) => {
  expect(() => parseFloatNpy(buffer)).toThrow();
});
