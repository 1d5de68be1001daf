/** The surface of the visible cells of a cube, as faces for the graphics card. */
import type { Cube } from "./cube.ts";

/** Bytes of a face: i, j, k, direction, class, borders, shade of its corners, opacity of the class's colour. */
export const FACE_BYTES = 8;

/**
 * Faces between a visible cell and an invisible one or the outside.
 *
 * Direction 2a faces down along axis a, 2a + 1 faces up. The face's own axes are u = a + 1 and
 * v = a + 2 (mod 3). Borders: a bit for each side (u low, u high, v low, v high) on which the surface
 * continues with another class. Shade: two bits per corner (u + 2v), 0 (dark) to 3 (open), by how many
 * of the cells around the corner rise above the face (ambient occlusion of voxels).
 */
export function surfaceOf({ side, cells, opacity }: Cube, visible: Uint8Array): Uint8Array {
  const strides = [1, side, side * side];
  let faces = new Uint8Array(4096 * FACE_BYTES);
  let count = 0;
  const place: [number, number, number] = [0, 0, 0];
  /** Index of the cell at an offset from `place` if it is visible; -1 if it is not, or lies outside. */
  const drawn = (axis: number, da: number, u: number, du: number, v: number, dv: number): number => {
    const a = (place[axis] ?? 0) + da;
    const b = (place[u] ?? 0) + du;
    const c = (place[v] ?? 0) + dv;
    if (a < 0 || b < 0 || c < 0 || a >= side || b >= side || c >= side) return -1;
    const index = a * (strides[axis] ?? 0) + b * (strides[u] ?? 0) + c * (strides[v] ?? 0);
    return visible[index] ? index : -1;
  };
  let index = 0;
  for (let k = 0; k < side; k++) {
    for (let j = 0; j < side; j++) {
      for (let i = 0; i < side; i++, index++) {
        if (!visible[index]) continue;
        place[0] = i;
        place[1] = j;
        place[2] = k;
        for (let direction = 0; direction < 6; direction++) {
          const axis = direction >> 1;
          const out = direction & 1 ? 1 : -1;
          const u = (axis + 1) % 3;
          const v = (axis + 2) % 3;
          if (drawn(axis, out, u, 0, v, 0) >= 0) continue;
          if ((count + 1) * FACE_BYTES > faces.length) faces = grown(faces);
          const at = count++ * FACE_BYTES;
          const id = cells[index] ?? 0;
          let borders = 0;
          let around = 0;
          for (let edge = 0; edge < 4; edge++) {
            const along = edge & 1 ? 1 : -1;
            const [du, dv] = edge < 2 ? [along, 0] : [0, along];
            if (drawn(axis, out, u, du, v, dv) >= 0) around |= 1 << edge;
            else {
              const beside = drawn(axis, 0, u, du, v, dv);
              if (beside >= 0 && cells[beside] !== id) borders |= 1 << edge;
            }
          }
          let shades = 0;
          for (let corner = 0; corner < 4; corner++) {
            const upper = (corner & 1) === 1;
            const far = (corner & 2) === 2;
            const one = around & (upper ? 2 : 1) ? 1 : 0;
            const other = around & (far ? 8 : 4) ? 1 : 0;
            const both = drawn(axis, out, u, upper ? 1 : -1, v, far ? 1 : -1) >= 0 ? 1 : 0;
            // A corner between two walls is dark, whatever is behind them.
            shades |= (one && other ? 0 : 3 - one - other - both) << (2 * corner);
          }
          faces[at] = i;
          faces[at + 1] = j;
          faces[at + 2] = k;
          faces[at + 3] = direction;
          faces[at + 4] = id;
          faces[at + 5] = borders;
          faces[at + 6] = shades;
          faces[at + 7] = opacity?.[index] ?? 255;
        }
      }
    }
  }
  return faces.slice(0, count * FACE_BYTES);
}

function grown(faces: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(faces.length * 2);
  larger.set(faces);
  return larger;
}
