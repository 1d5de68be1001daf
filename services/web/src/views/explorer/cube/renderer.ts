/**
 * Draws a cube with WebGL 2: its cells, or the smooth surface of its class regions, and its edges.
 *
 * A scene graph is not needed; a general 3D library would be larger than the rest of the page.
 */
import { type Camera, eyeOf, lightAt, matrixOf, towards } from "../../../core/latent/camera.ts";
import type { Form } from "../../../core/latent/cubeShape.ts";
import { classRgb, type Rgb } from "../../../core/latent/palette.ts";
import { CellFaces } from "./cellFaces.ts";
import { CubeEdges } from "./cubeEdges.ts";
import { COLOURS_UNIT, type Drawing, pixelated } from "./drawing.ts";
import { ShadedSurface } from "./shadedSurface.ts";
import { drawsInSoftware } from "./softwareRendering.ts";

const CLASSES = 256;

export interface Shot extends Pick<Drawing, "paper" | "requested"> {
  readonly camera: Camera;
  /** Colour of the cube's edges, 0 to 1, with opacity. */
  readonly ink: readonly number[];
  /** Pixels along a side, as a share of the display's. */
  readonly scale: number;
}

export class CubeRenderer {
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #lost: () => void;
  #cells!: CellFaces;
  #surface!: ShadedSurface;
  #edges!: CubeEdges;
  #form: Form | undefined;
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

  load(form: Form): void {
    this.#form = form;
    if (form.kind === "cells") this.#cells.load(form.side, form.faces);
    else this.#surface.load(form.mesh);
  }

  draw({ camera, ink, requested, paper, scale }: Shot): void {
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
    const matrix = matrixOf(camera);
    const drawing: Drawing = {
      matrix,
      eye: eyeOf(camera),
      view: towards(camera),
      light: lightAt(camera),
      paper,
      requested,
      ratio,
      bordered: this.#bordered,
    };
    if (this.#form?.kind === "cells") this.#cells.draw(drawing);
    else if (this.#form) this.#surface.draw(drawing);
    this.#edges.draw(matrix, ink);
  }

  dispose(): void {
    this.canvas.removeEventListener("webglcontextlost", this.#onLost);
    this.canvas.removeEventListener("webglcontextrestored", this.#onRestored);
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  readonly #onLost = (event: Event): void => event.preventDefault();

  readonly #onRestored = (): void => {
    this.#build();
    if (this.#form) this.load(this.#form);
    this.#lost();
  };

  #build(): void {
    const gl = this.#gl;
    this.#cells = new CellFaces(gl);
    this.#surface = new ShadedSurface(gl);
    this.#edges = new CubeEdges(gl);
    gl.activeTexture(gl.TEXTURE0 + COLOURS_UNIT);
    pixelated(gl);
    this.#loadColours();
  }

  #loadColours(): void {
    const gl = this.#gl;
    const pixels = new Uint8Array(CLASSES * 4);
    for (let id = 0; id < CLASSES; id++) pixels.set([...this.#colour(id), 255], id * 4);
    gl.activeTexture(gl.TEXTURE0 + COLOURS_UNIT);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, CLASSES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  }
}

function pixelRatio(): number {
  return Math.min(2, devicePixelRatio || 1);
}
