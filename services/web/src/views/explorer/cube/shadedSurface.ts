/** Draws the smooth surface of class regions (see `core/latent/classSurface.ts`). */
import type { Vector } from "../../../core/latent/camera.ts";
import { type Mesh, NORMAL_BYTES, PAINT_BYTES } from "../../../core/latent/mesh.ts";
import { type Drawing, use } from "./drawing.ts";
import { HATCHED } from "./hatching.ts";
import { Program } from "./program.ts";

/*
 * The light is computed for each vertex, not for each pixel: vertices stand as dense as the cells, and software
 * renderers spend their time on pixels.
 */
const VERTEX = `#version 300 es
precision highp float;
uniform mat4 matrix;
uniform sampler2D colours;
uniform vec3 paper;
uniform vec3 view;
uniform vec3 light;
in vec3 position;
in vec4 normal;
in uvec4 paint;
out vec3 colour;
out float apart;
out float along;
flat out uint shown;
void main() {
  vec3 n = normalize(normal.xyz);
  // The same from opposite sides, so that no wall is too dark; but brighter from above than from below.
  vec3 squares = n * n;
  float ambient = dot(squares, vec3(0.92, 0.97, n.z > 0.0 ? 1.0 : 0.74));
  // A light at the camera's shoulder shows the form, whichever way the cube is turned.
  float wrapped = 0.5 + 0.5 * dot(n, light);
  // Towards its outline a round form turns away and grows darker.
  float rim = smoothstep(0.0, 0.45, abs(dot(n, view)));
  float shade = ambient * (0.76 + 0.30 * wrapped) * (0.78 + 0.22 * rim);
  shade *= 0.52 + 0.48 * normal.w;
  // The less sure a class is, the more of the page's ground is in its colour.
  colour = min(shade, 1.0) * mix(paper, texelFetch(colours, ivec2(int(paint.x), 0), 0).rgb, float(paint.y) / 255.0);
  shown = paint.x;
  apart = float(paint.z) / 255.0;
  along = position.x + position.y + position.z;
  gl_Position = matrix * vec4(position, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform float border;
uniform float pixel;
uniform int requested;
in vec3 colour;
in float apart;
in float along;
flat in uint shown;
out vec4 result;
${HATCHED}
void main() {
  vec3 lit = colour;
  if (requested >= 0 && int(shown) != requested) lit = hatched(lit, along);
  // A thin line where one class meets another, of the same width at any distance.
  float near = apart / max(fwidth(apart), 1e-5);
  float line = 0.5 * (1.0 - smoothstep(border - 0.5, border + 0.5, near));
  result = vec4(mix(lit, INK, line), 1.0);
}`;

export class ShadedSurface {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: Program;
  readonly #positions: WebGLBuffer;
  readonly #normals: WebGLBuffer;
  readonly #paint: WebGLBuffer;
  readonly #indices: WebGLBuffer;
  #ends: readonly number[] = [];

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = new Program(gl, VERTEX, FRAGMENT);
    this.#positions = gl.createBuffer();
    this.#normals = gl.createBuffer();
    this.#paint = gl.createBuffer();
    this.#indices = gl.createBuffer();
    gl.bindVertexArray(this.#program.array);
    const at = (name: string, buffer: WebGLBuffer) => {
      const place = this.#program.attribute(name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(place);
      return place;
    };
    gl.vertexAttribPointer(at("position", this.#positions), 3, gl.FLOAT, false, 0, 0);
    gl.vertexAttribPointer(at("normal", this.#normals), NORMAL_BYTES, gl.BYTE, true, 0, 0);
    gl.vertexAttribIPointer(at("paint", this.#paint), PAINT_BYTES, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    gl.bindVertexArray(null);
  }

  load({ positions, normals, paint, indices, ends }: Mesh): void {
    const gl = this.#gl;
    this.#ends = ends;
    gl.bindVertexArray(this.#program.array);
    for (const [buffer, data] of [
      [this.#positions, positions],
      [this.#normals, normals],
      [this.#paint, paint],
    ] as const) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    }
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
  }

  draw(drawing: Drawing): void {
    const gl = this.#gl;
    use(gl, this.#program, drawing);
    let start = 0;
    this.#ends.forEach((end, direction) => {
      const from = start;
      start = end;
      if (end > from && !facesAway(direction, drawing.eye)) {
        gl.drawElements(gl.TRIANGLES, end - from, gl.UNSIGNED_INT, from * Uint32Array.BYTES_PER_ELEMENT);
      }
    });
    gl.bindVertexArray(null);
  }
}

/** Whether no flat side of a direction can be seen, wherever in the cube it is. */
function facesAway(direction: number, eye: Vector): boolean {
  const axis = direction >> 1;
  return axis < 3 && (eye[axis] ?? 0) * (direction & 1 ? 1 : -1) < -1;
}
