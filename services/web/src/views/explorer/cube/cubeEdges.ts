/** Draws the twelve edges of the cube. */
import type { Matrix } from "../../../core/latent/camera.ts";
import { Program } from "./program.ts";

const VERTEX = `#version 300 es
uniform mat4 matrix;
in vec3 position;
void main() { gl_Position = matrix * vec4(position, 1.0); }`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform vec4 ink;
out vec4 result;
void main() { result = ink; }`;

export class CubeEdges {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: Program;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = new Program(gl, VERTEX, FRAGMENT);
    gl.bindVertexArray(this.#program.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, EDGES, gl.STATIC_DRAW);
    const position = this.#program.attribute("position");
    gl.enableVertexAttribArray(position);
    gl.vertexAttribPointer(position, 3, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  /** @param ink their colour, 0 to 1, with opacity. */
  draw(matrix: Matrix, ink: readonly number[]): void {
    const gl = this.#gl;
    gl.useProgram(this.#program.program);
    gl.bindVertexArray(this.#program.array);
    gl.uniformMatrix4fv(this.#program.uniform("matrix"), false, matrix);
    gl.uniform4fv(this.#program.uniform("ink"), ink);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.LINES, 0, EDGES.length / 3);
    gl.disable(gl.BLEND);
    gl.bindVertexArray(null);
  }
}

/** The twelve edges of the cube. */
const EDGES = new Float32Array(
  [0, 1, 2].flatMap((axis) =>
    [-1, 1].flatMap((u) =>
      [-1, 1].flatMap((v) =>
        [-1, 1].flatMap((end) => {
          const corner = [0, 0, 0];
          corner[axis] = end;
          corner[(axis + 1) % 3] = u;
          corner[(axis + 2) % 3] = v;
          return corner;
        }),
      ),
    ),
  ),
);
