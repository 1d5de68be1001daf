/** Reads NumPy's .npy files, versions 1 to 3, of bytes only: class maps and images. */

export interface ByteArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * @param buffer a whole .npy file of dtype uint8 in C order.
 * @throws Error if it is anything else.
 */
export function parseNpy(buffer: ArrayBuffer): ByteArray {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") {
    throw new Error("This is not a NumPy file.");
  }
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  if (!/'descr':\s*'[|<]?u1'/.test(header) || /'fortran_order':\s*True/.test(header)) {
    throw new Error("This NumPy file does not contain bytes in C order.");
  }
  const inside = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "";
  const shape = inside.split(",").flatMap((part) => (part.trim() ? [Number(part)] : []));
  const data = bytes.subarray(end);
  if (data.length !== shape.reduce((product, side) => product * side, 1)) {
    throw new Error("This NumPy file is truncated.");
  }
  return { shape, data };
}
