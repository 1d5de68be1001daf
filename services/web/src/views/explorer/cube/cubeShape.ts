/** What is drawn of a cube: which of its cells are seen, and as what form. */
import type { Seen } from "../../../core/explorer/cubeNames.ts";
import type { Vector } from "../../../core/latent/camera.ts";
import { classSurface } from "../../../core/latent/classSurface.ts";
import {
  type Cell,
  type Corner,
  type Cube,
  cellsOnLine,
  regionsWith,
  toCube,
  visibleCells,
} from "../../../core/latent/cube.ts";
import { cubeRegions } from "../../../core/latent/cubeRegions.ts";
import { surfaceOf } from "../../../core/latent/voxels.ts";
import type { OverlayState } from "./overlay.ts";
import type { Form } from "./renderer.ts";

export interface CubeChoices extends OverlayState {
  readonly hidden: readonly number[];
  readonly only: number | undefined;
  /** Along each axis, from -1 to 1. */
  readonly cut: readonly number[];
  readonly open: boolean;
  readonly crossed: boolean;
  /** Whether the cells are to be seen, and not a smooth surface. */
  readonly coarse: boolean;
}

export class CubeShape {
  /** 1 for each cell that is drawn. */
  readonly visible: Uint8Array;
  readonly form: Form;
  /** Regions of a cube of classes. */
  readonly seen: Seen | undefined;
  readonly #cube: Cube;
  readonly #key: string;

  private constructor(cube: Cube, key: string, choices: CubeChoices, corner: Corner | undefined) {
    this.#cube = cube;
    this.#key = key;
    // Of numbers there are no regions to choose from.
    const classes = cube.numbers === undefined;
    const { cut } = choices;
    const line = lineOf(cube, choices);
    const byClass = {
      hidden: new Set(classes ? choices.hidden : []),
      only: classes ? choices.only : undefined,
      among: line ? regionsWith(cube, cellsOnLine(cube.side, ...line)) : undefined,
    };
    this.visible = visibleCells(cube, { ...byClass, cut, corner });
    if (classes && !choices.coarse) {
      const shown = visibleCells(cube, { ...byClass, cut: [1, 1, 1], corner: undefined });
      const mesh = classSurface(cube, { shown, visible: this.visible, cut, corner });
      this.form = { kind: "surface", mesh };
    } else this.form = { kind: "cells", side: cube.side, faces: surfaceOf(cube, this.visible) };
    const { side } = cube;
    this.seen = classes
      ? { side, visible: this.visible, ...cubeRegions(cube, this.visible, cut, corner) }
      : undefined;
  }

  /** @param sides that face the camera. @returns `last` if it is still the right one. */
  static of(cube: Cube, choices: CubeChoices, sides: Vector, last: CubeShape | undefined): CubeShape {
    const at = toCube(choices.space, choices.point);
    const { hidden, only, cut, open, coarse } = choices;
    const key = JSON.stringify([
      hidden,
      only,
      cut,
      coarse,
      open ? [at.map((value) => Math.round((value + 1) * (cube.side - 1))), sides] : 0,
      lineOf(cube, choices),
    ]);
    if (last && last.#cube === cube && last.#key === key) return last;
    return new CubeShape(cube, key, choices, open ? { at, sides } : undefined);
  }
}

/** From where to where a line runs of which only the regions it crosses are drawn. */
function lineOf(cube: Cube, { space, a, b, crossed }: CubeChoices): readonly [Cell, Cell] | undefined {
  return !cube.numbers && crossed && a && b ? [toCube(space, a), toCube(space, b)] : undefined;
}
