/**
 * Draws the surface of a class cube with WebGL 2.
 *
 * The cube consists of flat, axis-parallel faces in a few colours, so one draw call is enough: eight bytes per
 * face (see `core/latent/voxels.ts`) in a texture, from which the vertex shader computes corners and shading.
 * Instances of one square would do the same, but small instances are slow: software renderers draw each of
 * them separately. A scene graph is not needed; a general 3D library would be larger than the rest of the page.
 */
import type { Matrix } from "../../../core/latent/camera.ts";
import { classRgb, type Rgb } from "../../../core/latent/palette.ts";
import { FACE_BYTES } from "../../../core/latent/voxels.ts";
import { drawsInSoftware } from "./softwareRendering.ts";

const CLASSES = 256;
const COLOURS_UNIT = 0;
const FACES_UNIT = 1;
/** Row of the texture of faces; WebGL 2 guarantees twice as many texels. */
const FACES_PER_ROW = 1024;
const TEXELS_PER_FACE = FACE_BYTES / 4;
/** Two triangles. */
const VERTICES_PER_FACE = 6;
/** Distance between the lines of a hatched surface; the cube is 2 wide. */
const HATCH = "0.0625";

const FACES_VERTEX = `#version 300 es
precision highp float;
uniform mat4 matrix;
uniform float side;
uniform sampler2D colours;
uniform vec3 paper;
uniform highp usampler2D faces;
out vec3 colour;
out vec2 corner;
out float shade;
out vec2 across;
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
  across = vec2(position[u], position[v]);
  gl_Position = matrix * vec4(position, 1.0);
}`;

const FACES_FRAGMENT = `#version 300 es
precision highp float;
uniform float border;
uniform float pixel;
uniform int requested;
in vec3 colour;
in vec2 corner;
in float shade;
in vec2 across;
flat in uint borders;
flat in uint shown;
out vec4 result;
const vec3 INK = vec3(0.05, 0.05, 0.08);

// Diagonal lines on the surface, dark next to light, so that they are visible on every colour. The distance
// between them doubles where they would merge on the screen.
vec3 hatched(vec3 under) {
  float along = across.x + across.y;
  float step = fwidth(along) * pixel;
  float period = exp2(ceil(log2(max(7.0 * step, ${HATCH}))));
  float stripe = mod(along, period);
  // Lines no thicker than about a quarter of their distance, however close the camera is.
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
  if (requested >= 0 && int(shown) != requested) lit = hatched(lit);
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
  #data: Uint8Array = new Uint8Array();
  #side = 2;
  #colour: (value: number) => Rgb = classRgb;
  #bordered = true;

  /**
   * @param redraw called after the graphics context was lost and restored.
   * @returns undefined if the browser has no WebGL 2, or the shaders do not compile.
   */
  static on(canvas: HTMLCanvasElement, redraw: () => void): CubeRenderer | undefined {
    // Several samples per pixel are cheap on a graphics card, and take most of the time in software.
    const gl = canvas.getContext("webgl2", {
      antialias: !drawsInSoftware(),
      alpha: true,
      powerPreference: "low-power",
    });
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

  /** The scale of a still picture: more pixels than the display has if there is only one sample per pixel. */
  get finest(): number {
    return this.#gl.getContextAttributes()?.antialias ? 1 : Math.max(1, 2 / pixelRatio());
  }

  /**
   * @param colour of each value of a cell.
   * @param bordered whether there are lines between cells of different values.
   */
  paint(colour: (value: number) => Rgb, bordered: boolean): void {
    this.#colour = colour;
    this.#bordered = bordered;
    this.#loadColours();
  }

  /** @param faces faces from `surfaceOf`. */
  load(side: number, faces: Uint8Array): void {
    this.#side = side;
    this.#data = faces;
    const gl = this.#gl;
    const rows = Math.max(1, Math.ceil(faces.length / FACE_BYTES / FACES_PER_ROW));
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

  /**
   * @param ink colour of the cube's edges, 0 to 1, with opacity.
   * @param requested the class that was requested of a conditional model: cells that show another one are hatched.
   * @param paper colour into which unsure cells fade, 0 to 255.
   * @param scale pixels along a side, as a share of the display's.
   */
  draw(
    matrix: Matrix,
    ink: readonly number[],
    requested: number | undefined,
    paper: Rgb,
    scale: number,
  ): void {
    const { canvas } = this;
    const gl = this.#gl;
    const ratio = scale * pixelRatio();
    const pixels = Math.max(1, Math.round(canvas.clientWidth * ratio));
    if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
    gl.viewport(0, 0, pixels, pixels);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.CULL_FACE);

    gl.useProgram(this.#faces.program);
    gl.bindVertexArray(this.#faces.array);
    gl.uniformMatrix4fv(this.#faces.uniform("matrix"), false, matrix);
    gl.uniform1f(this.#faces.uniform("side"), this.#side);
    gl.uniform1f(this.#faces.uniform("border"), this.#bordered ? 0.75 * ratio : -1);
    gl.uniform1f(this.#faces.uniform("pixel"), ratio);
    gl.uniform1i(this.#faces.uniform("requested"), requested ?? -1);
    gl.uniform3fv(
      this.#faces.uniform("paper"),
      paper.map((value) => value / 255),
    );
    gl.uniform1i(this.#faces.uniform("colours"), COLOURS_UNIT);
    gl.uniform1i(this.#faces.uniform("faces"), FACES_UNIT);
    gl.drawArrays(gl.TRIANGLES, 0, (VERTICES_PER_FACE * this.#data.length) / FACE_BYTES);

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
    for (const unit of [COLOURS_UNIT, FACES_UNIT]) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    }
    this.#loadColours();
    gl.bindVertexArray(this.#lines.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, EDGES, gl.STATIC_DRAW);
    const position = this.#lines.attribute("position");
    gl.enableVertexAttribArray(position);
    gl.vertexAttribPointer(position, 3, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  #loadColours(): void {
    const gl = this.#gl;
    const pixels = new Uint8Array(CLASSES * 4);
    for (let id = 0; id < CLASSES; id++) pixels.set([...this.#colour(id), 255], id * 4);
    gl.activeTexture(gl.TEXTURE0 + COLOURS_UNIT);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, CLASSES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
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
      throw new Error(`The cube's shaders could not be compiled: ${gl.getProgramInfoLog(this.program)}`);
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

function pixelRatio(): number {
  return Math.min(2, devicePixelRatio || 1);
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
