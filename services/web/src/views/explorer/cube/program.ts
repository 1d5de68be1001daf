/** A pair of shaders with the arrays that they read. */
export class Program {
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
