/** What all drawings of a cube are told of the picture that is drawn. */
import type { Matrix, Vector } from "../../../core/latent/camera.ts";
import type { Rgb } from "../../../core/latent/palette.ts";
import type { Program } from "./program.ts";

export const COLOURS_UNIT = 0;
export const FACES_UNIT = 1;

export interface Drawing {
  readonly matrix: Matrix;
  /** Where the camera stands. */
  readonly eye: Vector;
  /** Unit vectors towards the camera, and towards the light that moves with it. */
  readonly view: Vector;
  readonly light: Vector;
  /** Colour into which unsure cells fade, 0 to 255. */
  readonly paper: Rgb;
  /** The class that was requested of a conditional model: what shows another one is hatched. */
  readonly requested: number | undefined;
  /** Pixels of the picture for each CSS pixel. */
  readonly ratio: number;
  /** Whether there are lines between cells of different values. */
  readonly bordered: boolean;
}

/** Choose a program, and give it all of this. */
export function use(gl: WebGL2RenderingContext, program: Program, drawing: Drawing): void {
  gl.useProgram(program.program);
  gl.bindVertexArray(program.array);
  gl.uniformMatrix4fv(program.uniform("matrix"), false, drawing.matrix);
  gl.uniform3fv(program.uniform("view"), drawing.view);
  gl.uniform3fv(program.uniform("light"), drawing.light);
  gl.uniform3fv(
    program.uniform("paper"),
    drawing.paper.map((value) => value / 255),
  );
  gl.uniform1i(program.uniform("requested"), drawing.requested ?? -1);
  gl.uniform1f(program.uniform("pixel"), drawing.ratio);
  gl.uniform1f(program.uniform("border"), drawing.bordered ? 0.75 * drawing.ratio : -1);
  gl.uniform1i(program.uniform("colours"), COLOURS_UNIT);
}

/** A fresh texture for the active unit, of which single texels are read. */
export function pixelated(gl: WebGL2RenderingContext): void {
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
}
