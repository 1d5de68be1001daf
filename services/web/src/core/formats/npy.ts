/** Reads NumPy's .npy files, versions 1 to 3: class maps and images (uint8), and maps of numbers (float32). */

export interface ByteArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface FloatArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * @param buffer a whole .npy file of dtype uint8 in C order.
 * @throws Error if it is anything else.
 */
export function parseNpy(buffer: ArrayBuffer): ByteArray {
  const { header, shape, body } = parsed(buffer);
  if (!/'descr':\s*'[|<]?u1'/.test(header)) throw new Error("This NumPy file does not contain bytes.");
  return { shape, data: sized(new Uint8Array(body), shape) };
}

/**
 * @param buffer a whole .npy file of dtype float32 in C order, little-endian.
 * @throws Error if it is anything else.
 */
export function parseFloatNpy(buffer: ArrayBuffer): FloatArray {
  const { header, shape, body } = parsed(buffer);
  if (!/'descr':\s*'<f4'/.test(header)) throw new Error("This NumPy file does not contain numbers.");
  // A part of four bytes is missing only from a truncated file.
  const whole = body.slice(0, body.byteLength - (body.byteLength % 4));
  return { shape, data: sized(new Float32Array(whole), shape) };
}

function sized<A extends { readonly length: number }>(data: A, shape: readonly number[]): A {
  if (data.length !== shape.reduce((product, side) => product * side, 1)) {
    throw new Error("This NumPy file is truncated.");
  }
  return data;
}

function parsed(buffer: ArrayBuffer) {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") {
    throw new Error("This is not a NumPy file.");
  }
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  if (/'fortran_order':\s*True/.test(header)) throw new Error("This NumPy file is not in C order.");
  const inside = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "";
  const shape = inside.split(",").flatMap((part) => (part.trim() ? [Number(part)] : []));
  return { header, shape, body: buffer.slice(end) };
}
