/** Makes the shapes of fine cubes beside the page, which meanwhile goes on turning the cube. */
import type { Cube } from "../../../core/latent/cube.ts";
import { type CubeShape, type Look, shapeOf } from "../../../core/latent/cubeShape.ts";

export interface ShapeOrder {
  readonly number: number;
  readonly cube: Cube;
  readonly look: Look;
}

export interface MadeShape {
  readonly number: number;
  readonly shape: CubeShape;
}

addEventListener("message", ({ data: { number, cube, look } }: MessageEvent<ShapeOrder>) => {
  const made: MadeShape = { number, shape: shapeOf(cube, look) };
  postMessage(made);
});
