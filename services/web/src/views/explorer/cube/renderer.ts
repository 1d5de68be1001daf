/**
 * Draws the surface of a class cube with WebGL 2.
 *
 * The cube is nothing but flat, axis-parallel faces in a few colours, so one instanced draw call does it:
 * eight bytes a face (see `core/voxels.ts`), corners and shading in the vertex shader. That needs no scene
 * graph; a general 3D library would weigh more than the rest of the page.
 */
import type { Matrix } from "../../../core/camera.ts";
import { classRgb } from "../../../core/palette.ts";
import { FACE_BYTES } from "../../../core/voxels.ts";

const CLASSES = 256;
/** Distance of the lines of a hatched surface; the cube is 2 wide. */
const HATCH = "0.0625";

const FACES_VERTEX = `#version 300 es
precision highp float;
uniform mat4 matrix;
uniform float side;
uniform sampler2D colours;
in uvec4 place;
in uvec4 paint;
out vec3 colour;
out vec2 corner;
out float shade;
out vec2 across;
flat out uint borders;
flat out uint shown;
void main() {
  int axis = int(place.w) / 2;
  int u = (axis + 1) % 3;
  int v = (axis + 2) % 3;
  float outward = place.w % 2u == 1u ? 1.0 : -1.0;
  corner = vec2(float(gl_VertexID % 2), float(gl_VertexID / 2));
  vec3 cell = vec3(place.xyz);
  cell[axis] += 0.5 * outward;
  cell[u] += corner.x - 0.5;
  cell[v] += corner.y - 0.5;
  // The outermost cells end where the window ends: their outer halves lie outside it.
  vec3 position = clamp(2.0 * cell / (side - 1.0) - 1.0, -1.0, 1.0);
  colour = texelFetch(colours, ivec2(int(paint.x), 0), 0).rgb;
  // Light from above, a little from the right; the same from behind, so that no side is lost in the dark.
  float light = axis == 2 ? (outward > 0.0 ? 1.0 : 0.62) : axis == 0 ? 0.84 : 0.92;
  uint open = (paint.z >> (2u * uint(gl_VertexID))) & 3u;
  shade = light * (0.58 + 0.14 * float(open));
  borders = paint.y;
  shown = paint.x;
  across = vec2(position[u], position[v]);
  gl_Position = matrix * vec4(position, 1.0);
}`;

const FACES_FRAGMENT = `#version 300 es
precision highp float;
uniform float border;
uniform float pixel;
uniform int asked;
in vec3 colour;
in vec2 corner;
in float shade;
in vec2 across;
flat in uint borders;
flat in uint shown;
out vec4 result;
const vec3 INK = vec3(0.05, 0.05, 0.08);

// Slanting lines that lie on the surface and turn with it, dark beside light so that they are seen on
// every colour. The distance between them doubles where they would run together on the screen.
vec3 hatched(vec3 under) {
  float along = across.x + across.y;
  float step = fwidth(along) * pixel;
  float period = exp2(ceil(log2(max(7.0 * step, ${HATCH}))));
  float stripe = mod(along, period);
  // Lines no thicker than a quarter of the way, however near the cube is looked at.
  float width = min(2.0 * step, 0.28 * period);
  float dark = smoothstep(0.0, 0.5 * step, stripe) * (1.0 - smoothstep(width - 0.5 * step, width, stripe));
  float light = smoothstep(width - 0.5 * step, width, stripe) *
    (1.0 - smoothstep(1.5 * width - 0.5 * step, 1.5 * width, stripe));
  return mix(mix(under, INK, 0.8 * dark), vec3(1.0), 0.5 * light);
}

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
  if (asked >= 0 && int(shown) != asked) lit = hatched(lit);
  result = vec4(mix(lit, INK, line), 1.0);
}`;

const LINES_VERTEX = `#version 300 es
uniform mat4 matrix;
in vec3 position;
void main() { gl_Position = matrix * vec4(position, 1.0); }`;

const LINES_FRAGMENT = `#version 300 es
precision mediump float;
uniform vec4 ink;
out vec4 result;
void main() { result = ink; }`;

export class CubeRenderer {
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #lost: () => void;
  #faces!: Program;
  #lines!: Program;
  #buffer!: WebGLBuffer;
  #data: Uint8Array = new Uint8Array();
  #side = 2;

  /**
   * @param redraw told when the graphics card forgot everything and has it again.
   * @returns undefined where the browser has no WebGL 2, or one that does not take the shaders.
   */
  static on(canvas: HTMLCanvasElement, redraw: () => void): CubeRenderer | undefined {
    const gl = canvas.getContext("webgl2", { antialias: true, alpha: true, powerPreference: "low-power" });
    if (!gl) return undefined;
    try {
      return new CubeRenderer(canvas, gl, redraw);
    } catch (error) {
      console.warn(error);
      return undefined;
    }
  }

  private constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext, redraw: () => void) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#lost = redraw;
    this.#build();
    canvas.addEventListener("webglcontextlost", this.#onLost);
    canvas.addEventListener("webglcontextrestored", this.#onRestored);
  }

  /** @param faces of `surfaceOf`. */
  load(side: number, faces: Uint8Array): void {
    this.#side = side;
    this.#data = faces;
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, faces, gl.DYNAMIC_DRAW);
  }

  /**
   * @param ink colour of the cube's edges, 0 to 1, with opacity.
   * @param asked the class that a conditional model was asked for: cells that show another one are hatched.
   * @param scale part of the display's pixels along a side that is drawn.
   */
  draw(matrix: Matrix, ink: readonly number[], asked: number | undefined, scale: number): void {
    const { canvas } = this;
    const gl = this.#gl;
    const ratio = scale * Math.min(2, devicePixelRatio || 1);
    const pixels = Math.max(1, Math.round(canvas.clientWidth * ratio));
    if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
    gl.viewport(0, 0, pixels, pixels);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);

    gl.useProgram(this.#faces.program);
    gl.bindVertexArray(this.#faces.array);
    gl.uniformMatrix4fv(this.#faces.uniform("matrix"), false, matrix);
    gl.uniform1f(this.#faces.uniform("side"), this.#side);
    gl.uniform1f(this.#faces.uniform("border"), 0.75 * ratio);
    gl.uniform1f(this.#faces.uniform("pixel"), ratio);
    gl.uniform1i(this.#faces.uniform("asked"), asked ?? -1);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#data.length / FACE_BYTES);

    gl.useProgram(this.#lines.program);
    gl.bindVertexArray(this.#lines.array);
    gl.uniformMatrix4fv(this.#lines.uniform("matrix"), false, matrix);
    gl.uniform4fv(this.#lines.uniform("ink"), ink);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.LINES, 0, EDGES.length / 3);
    gl.disable(gl.BLEND);
    gl.bindVertexArray(null);
  }

  dispose(): void {
    this.canvas.removeEventListener("webglcontextlost", this.#onLost);
    this.canvas.removeEventListener("webglcontextrestored", this.#onRestored);
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  readonly #onLost = (event: Event): void => event.preventDefault();

  readonly #onRestored = (): void => {
    this.#build();
    this.load(this.#side, this.#data);
    this.#lost();
  };

  #build(): void {
    const gl = this.#gl;
    this.#faces = new Program(gl, FACES_VERTEX, FACES_FRAGMENT);
    this.#lines = new Program(gl, LINES_VERTEX, LINES_FRAGMENT);
    this.#buffer = bufferOf(gl);
    gl.bindVertexArray(this.#faces.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    for (const [name, offset] of [
      ["place", 0],
      ["paint", 4],
    ] as const) {
      const location = this.#faces.attribute(name);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribIPointer(location, 4, gl.UNSIGNED_BYTE, FACE_BYTES, offset);
      gl.vertexAttribDivisor(location, 1);
    }
    this.#loadColours();
    gl.bindVertexArray(this.#lines.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, bufferOf(gl));
    gl.bufferData(gl.ARRAY_BUFFER, EDGES, gl.STATIC_DRAW);
    const position = this.#lines.attribute("position");
    gl.enableVertexAttribArray(position);
    gl.vertexAttribPointer(position, 3, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  #loadColours(): void {
    const gl = this.#gl;
    const pixels = new Uint8Array(CLASSES * 4);
    for (let id = 0; id < CLASSES; id++) pixels.set([...classRgb(id), 255], id * 4);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, CLASSES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }
}

class Program {
  readonly program: WebGLProgram;
  readonly array: WebGLVertexArrayObject;
  readonly #gl: WebGL2RenderingContext;
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();

  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string) {
    this.#gl = gl;
    this.program = gl.createProgram();
    this.array = gl.createVertexArray();
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(kind);
      if (!shader) return;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS) && !gl.isContextLost()) {
      throw new Error(
        `The graphics card does not take the cube's shader: ${gl.getProgramInfoLog(this.program)}`,
      );
    }
  }

  attribute(name: string): number {
    return this.#gl.getAttribLocation(this.program, name);
  }

  uniform(name: string): WebGLUniformLocation | null {
    const known = this.#uniforms.get(name);
    if (known !== undefined) return known;
    const found = this.#gl.getUniformLocation(this.program, name);
    this.#uniforms.set(name, found);
    return found;
  }
}

function bufferOf(gl: WebGL2RenderingContext): WebGLBuffer {
  return gl.createBuffer();
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
