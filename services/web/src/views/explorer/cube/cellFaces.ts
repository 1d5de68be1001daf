/**
 * Draws the cells of a cube, each as the sides of a small box.
 *
 * The surface consists of flat, axis-parallel faces in a few colours, so one draw call is enough: eight bytes per
 * face (see `core/latent/voxels.ts`) in a texture, from which the vertex shader computes corners and shading.
 * Instances of one square would do the same, but small instances are slow: software renderers draw each of
 * them separately.
 */
import { FACE_BYTES } from "../../../core/latent/voxels.ts";
import { type Drawing, FACES_UNIT, pixelated, use } from "./drawing.ts";
import { HATCHED } from "./hatching.ts";
import { Program } from "./program.ts";

/** Row of the texture of faces; WebGL 2 guarantees twice as many texels. */
const FACES_PER_ROW = 1024;
const TEXELS_PER_FACE = FACE_BYTES / 4;
/** Two triangles. */
const VERTICES_PER_FACE = 6;

const VERTEX = `#version 300 es
precision highp float;
uniform mat4 matrix;
uniform float side;
uniform sampler2D colours;
uniform vec3 paper;
uniform highp usampler2D faces;
out vec3 colour;
out vec2 corner;
out float shade;
out float along;
flat out uint borders;
flat out uint shown;
const int CORNERS[] = int[](0, 1, 2, 2, 1, 3);
void main() {
  int face = gl_VertexID / ${VERTICES_PER_FACE};
  ivec2 texel = ivec2(${TEXELS_PER_FACE} * (face % ${FACES_PER_ROW}), face / ${FACES_PER_ROW});
  uvec4 place = texelFetch(faces, texel, 0);
  uvec4 paint = texelFetch(faces, texel + ivec2(1, 0), 0);
  int axis = int(place.w) / 2;
  int u = (axis + 1) % 3;
  int v = (axis + 2) % 3;
  float outward = place.w % 2u == 1u ? 1.0 : -1.0;
  int which = CORNERS[gl_VertexID % ${VERTICES_PER_FACE}];
  // Counter-clockwise when seen from outside.
  if (outward < 0.0 && which % 3 != 0) which = 3 - which;
  corner = vec2(float(which % 2), float(which / 2));
  vec3 cell = vec3(place.xyz);
  cell[axis] += 0.5 * outward;
  cell[u] += corner.x - 0.5;
  cell[v] += corner.y - 0.5;
  // The outermost cells are cut off at the edge of the window, since their outer halves lie beyond it.
  vec3 position = clamp(2.0 * cell / (side - 1.0) - 1.0, -1.0, 1.0);
  // The less sure a class is, the more of the page's ground is in its colour.
  colour = mix(paper, texelFetch(colours, ivec2(int(paint.x), 0), 0).rgb, float(paint.w) / 255.0);
  // Light from above and a little from the right, and the same from behind, so that no side is too dark.
  float light = axis == 2 ? (outward > 0.0 ? 1.0 : 0.62) : axis == 0 ? 0.84 : 0.92;
  uint open = (paint.z >> (2u * uint(which))) & 3u;
  shade = light * (0.58 + 0.14 * float(open));
  borders = paint.y;
  shown = paint.x;
  along = position[u] + position[v];
  gl_Position = matrix * vec4(position, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform float border;
uniform float pixel;
uniform int requested;
in vec3 colour;
in vec2 corner;
in float shade;
in float along;
flat in uint borders;
flat in uint shown;
out vec4 result;
${HATCHED}
void main() {
  // A thin line where one class meets another, of the same width at any distance.
  vec2 pixels = fwidth(corner);
  vec2 low = corner / pixels;
  vec2 high = (1.0 - corner) / pixels;
  float near = 1e6;
  if ((borders & 1u) != 0u) near = min(near, low.x);
  if ((borders & 2u) != 0u) near = min(near, high.x);
  if ((borders & 4u) != 0u) near = min(near, low.y);
  if ((borders & 8u) != 0u) near = min(near, high.y);
  float line = 0.5 * (1.0 - smoothstep(border - 0.5, border + 0.5, near));
  vec3 lit = colour * shade;
  if (requested >= 0 && int(shown) != requested) lit = hatched(lit, along);
  result = vec4(mix(lit, INK, line), 1.0);
}`;

export class CellFaces {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: Program;
  #side = 2;
  #count = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = new Program(gl, VERTEX, FRAGMENT);
    gl.activeTexture(gl.TEXTURE0 + FACES_UNIT);
    pixelated(gl);
  }

  /** @param faces faces from `surfaceOf`. */
  load(side: number, faces: Uint8Array): void {
    const gl = this.#gl;
    this.#side = side;
    this.#count = faces.length / FACE_BYTES;
    const rows = Math.max(1, Math.ceil(this.#count / FACES_PER_ROW));
    const texels = new Uint8Array(rows * FACES_PER_ROW * FACE_BYTES);
    texels.set(faces);
    gl.activeTexture(gl.TEXTURE0 + FACES_UNIT);
    gl.texImage2D(
      gl.TEXTURE_2D,
      0,
      gl.RGBA8UI,
      FACES_PER_ROW * TEXELS_PER_FACE,
      rows,
      0,
      gl.RGBA_INTEGER,
      gl.UNSIGNED_BYTE,
      texels,
    );
  }

  draw(drawing: Drawing): void {
    const gl = this.#gl;
    use(gl, this.#program, drawing);
    gl.uniform1f(this.#program.uniform("side"), this.#side);
    gl.uniform1i(this.#program.uniform("faces"), FACES_UNIT);
    gl.drawArrays(gl.TRIANGLES, 0, VERTICES_PER_FACE * this.#count);
  }
}
