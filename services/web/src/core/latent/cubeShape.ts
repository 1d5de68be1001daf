/** What is drawn of a cube: which of its cells are seen, and as what form. Plain data, so that a worker can make it. */
import { classSurface } from "./classSurface.ts";
import { type Cell, type Corner, type Cube, cellsOnLine, regionsWith, visibleCells } from "./cube.ts";
import { type CubeRegions, cubeRegions } from "./cubeRegions.ts";
import type { Mesh } from "./mesh.ts";
import { surfaceOf } from "./voxels.ts";

/** How a cube is looked at. */
export interface Look {
  readonly hidden: readonly number[];
  readonly only: number | undefined;
  /** Along each axis, from -1 to 1. */
  readonly cut: readonly number[];
  readonly corner: Corner | undefined;
  /** From where to where a line runs of which only the regions it crosses are drawn. */
  readonly line: readonly [Cell, Cell] | undefined;
  /** Whether the cells are to be seen, and not a smooth surface. */
  readonly coarse: boolean;
}

/** Faces of the cells from `surfaceOf`, or a smooth surface. */
export type Form =
  | { readonly kind: "cells"; readonly side: number; readonly faces: Uint8Array }
  | { readonly kind: "surface"; readonly mesh: Mesh };

export interface CubeShape {
  /** 1 for each cell that is drawn. */
  readonly visible: Uint8Array;
  readonly form: Form;
  /** Regions of a cube of classes; undefined: it is one of numbers. */
  readonly regions: CubeRegions | undefined;
}

export function shapeOf(cube: Cube, look: Look): CubeShape {
  const { side } = cube;
  const { cut, corner } = look;
  // Of numbers there are no regions to choose from.
  if (cube.numbers) {
    const none = { hidden: new Set<number>(), only: undefined, among: undefined };
    const visible = visibleCells(cube, { ...none, cut, corner });
    return { visible, form: { kind: "cells", side, faces: surfaceOf(cube, visible) }, regions: undefined };
  }
  const chosen = {
    hidden: new Set(look.hidden),
    only: look.only,
    among: look.line && regionsWith(cube, cellsOnLine(side, ...look.line)),
  };
  const visible = visibleCells(cube, { ...chosen, cut, corner });
  const regions = cubeRegions(cube, visible, cut, corner);
  if (look.coarse)
    return { visible, form: { kind: "cells", side, faces: surfaceOf(cube, visible) }, regions };
  const shown = visibleCells(cube, { ...chosen, cut: [1, 1, 1], corner: undefined });
  const mesh = classSurface(cube, { shown, visible, cut, corner });
  return { visible, form: { kind: "surface", mesh }, regions };
}

/** Whether making the shape takes longer than a frame. */
export function takesLong({ side, numbers }: Cube, { coarse }: Look): boolean {
  return side > 24 && !numbers && !coarse;
}
