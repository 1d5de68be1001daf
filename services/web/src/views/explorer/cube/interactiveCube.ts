/** The cube of class regions, rotated by pointer, keys or automatically; a click moves the point. */

import { CubeNames, type Seen } from "../../../core/explorer/cubeNames.ts";
import { FrameScale } from "../../../core/explorer/frameScale.ts";
import {
  type Camera,
  facing,
  firstHit,
  HOME,
  matrixOf,
  projected,
  rayThrough,
  rayToCamera,
  tidy,
  turned,
  zoomed,
} from "../../../core/latent/camera.ts";
import {
  type Cell,
  type Cube,
  cellAt,
  cellNear,
  fromCube,
  placeOf,
  toCube,
} from "../../../core/latent/cube.ts";
import { classColour, classRgb } from "../../../core/latent/palette.ts";
import { rampColour, rampRgb } from "../../../core/latent/ramps.ts";
import { type Point, rounded } from "../../../core/latent/vector.ts";
import { axisName, coordinate } from "../../../core/text/format.ts";
import { valueWords } from "../../../core/themes/theme.ts";
import { h } from "../../../ui/dom.ts";
import { inlinedSvg, inScheme } from "../../../ui/inlinedSvg.ts";
import { Tooltip } from "../../../ui/overlays.ts";
import { groundOf } from "../../../ui/paint.ts";
import { CubeGestures } from "./cubeGestures.ts";
import { NameTags } from "./nameTags.ts";
import { CubeOverlay, type OverlayState } from "./overlay.ts";
import { CubeRenderer } from "./renderer.ts";
import { type ShapedCube, Shapes } from "./shapes.ts";

export interface InteractiveCubeState extends OverlayState {
  readonly hidden: readonly number[];
  readonly only: number | undefined;
  /** Along each axis, from -1 to 1. */
  readonly cut: readonly number[];
  readonly open: boolean;
  readonly crossed: boolean;
  /** Whether the cells are to be seen, and not a smooth surface. */
  readonly coarse: boolean;
  /** The class that was requested of a conditional model: cells that show another one are hatched. */
  readonly requested: number | undefined;
  /** undefined: the camera rotates by itself. */
  readonly camera: Camera | undefined;
}

export interface InteractiveCubeEvents {
  readonly moved: (to: Point) => void;
  /** @param done false during the gesture. */
  readonly cameraMoved: (camera: Camera, done: boolean) => void;
  readonly rotating: (on: boolean) => void;
}

const DEGREES_PER_SECOND = 9;
const EDGE_INK = [0.5, 0.5, 0.55, 0.75];

export class InteractiveCube {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { class: "cube-canvas" });
  readonly #overlay = new CubeOverlay();
  readonly #names: CubeNames;
  readonly #tags: NameTags;
  readonly #classes: readonly string[];
  readonly #events: InteractiveCubeEvents;
  readonly #tooltip: Tooltip;
  readonly #renderer: CubeRenderer | undefined;
  readonly #gestures: CubeGestures | undefined;
  readonly #resizes = new ResizeObserver(() => this.#draw());
  readonly #watch: IntersectionObserver;
  readonly #frameScale = new FrameScale();
  #cube: Cube | undefined;
  /** What is drawn, and of its regions of classes. */
  #shaped: ShapedCube | undefined;
  #seen: Seen | undefined;
  readonly #shapes = new Shapes((shaped) => {
    // While it is turned by hand no finer cube is loaded, so that no frame is late.
    if (this.#gestures?.holds && this.#shaped && this.#shaped.cube !== shaped.cube) this.#waiting = shaped;
    else this.#show(shaped);
  });
  /** Whether anything has changed that the shape depends on. */
  #stale = false;
  /** A shape that was made during a gesture. */
  #waiting: ShapedCube | undefined;
  #state: InteractiveCubeState | undefined;
  #camera: Camera = HOME;
  #frame: number | undefined;
  #rotates = false;
  #inView = true;
  #last = 0;

  constructor(classes: readonly string[], events: InteractiveCubeEvents) {
    this.#classes = classes;
    this.#names = new CubeNames(classes);
    this.#tags = new NameTags(classes);
    this.#events = events;
    this.#renderer = CubeRenderer.on(this.#canvas, () => this.#draw());
    this.element = this.#renderer
      ? h(
          "div",
          {
            class: "cube-pane loading",
            tabindex: 0,
            role: "application",
            "aria-roledescription": "cube",
            "aria-label":
              "Cube of class regions. The arrow keys rotate it, plus and minus zoom, Home resets the view, and space starts and stops the rotation. The flat sections beside it show the same.",
          },
          this.#canvas,
          this.#tags.element,
          this.#overlay.element,
        )
      : h(
          "p",
          { class: "note warn cube-missing" },
          "There is no WebGL 2 in this browser, so the cube cannot be drawn; its flat sections show the same.",
        );
    this.#tooltip = new Tooltip(this.element);
    this.#watch = new IntersectionObserver(([entry]) => {
      this.#inView = entry?.isIntersecting ?? true;
      if (this.#inView) this.#draw();
    });
    if (!this.#renderer) return;
    this.#gestures = new CubeGestures(this.element, () => this.#camera, {
      moved: (camera, done) => this.#moveCamera(camera, done),
      picked: (event) => this.#pick(event),
      hovered: (event) => this.#hover(event),
      released: () => this.#released(),
      toggled: () => {
        this.rotates = !this.#rotates;
      },
    });
    this.#resizes.observe(this.#canvas);
    this.#watch.observe(this.element);
  }

  /** Whether the cube can be drawn, and not only a message. */
  get works(): boolean {
    return this.#renderer !== undefined;
  }

  get rotates(): boolean {
    return this.#rotates;
  }

  set rotates(on: boolean) {
    if (this.#rotates === on || !this.#renderer) return;
    this.#rotates = on;
    this.#last = 0;
    this.#events.rotating(on);
    this.#draw();
    if (!on) this.#events.cameraMoved(tidy(this.#camera), true);
  }

  show(cube: Cube): void {
    this.#cube = cube;
    this.#mesh();
  }

  update(state: InteractiveCubeState): void {
    this.#state = state;
    if (state.camera && !this.#gestures?.holds) {
      this.stopRotating();
      this.#camera = state.camera;
    }
    this.#mesh();
  }

  /** Stop the rotation without putting the camera in the link. */
  stopRotating(): void {
    if (!this.#rotates) return;
    this.#rotates = false;
    this.#events.rotating(false);
  }

  zoom(factor: number): void {
    this.#moveCamera(zoomed(this.#camera, factor), true);
  }

  home(): void {
    this.#moveCamera(HOME, true);
  }

  /**
   * The cube as it is shown, without what lies over it.
   *
   * @param pixels along a side; undefined: as many as on the screen.
   */
  async picture(pixels?: number): Promise<Blob | undefined> {
    this.#paint(pixels && pixels / (this.#canvas.clientWidth * (devicePixelRatio || 1)));
    // In the same task as the drawing, since WebGL clears the picture afterwards.
    const picture = new Promise<Blob | undefined>((resolve) => {
      this.#canvas.toBlob((blob) => resolve(blob ?? undefined));
    });
    this.#draw();
    return picture;
  }

  /** The cube and, as markup 1000 by 1000, the axes and the rest that lies over it, in the colours of a scheme. */
  async figure(scheme: "light" | "dark", pixels: number): Promise<{ picture: Blob; overlay: string }> {
    const [making, overlay] = inScheme(this.element, scheme, () => [
      this.picture(pixels),
      inlinedSvg(this.#overlay.element),
    ]);
    const picture = await making;
    if (!picture) throw new Error("This browser cannot make the picture.");
    return { picture, overlay };
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#gestures?.dispose();
    this.#resizes.disconnect();
    this.#watch.disconnect();
    this.#tooltip.dispose();
    this.#shapes.dispose();
    this.#renderer?.dispose();
  }

  // Drawing --------------------------------------------------------------------------------

  /** Ask for the cube's shape before the next frame: cube and state may change one after the other. */
  #mesh(): void {
    this.#stale = true;
    this.#draw();
  }

  #ask(): void {
    this.#stale = false;
    const [cube, state] = [this.#cube, this.#state];
    if (!cube || !state || !this.#renderer) return;
    const { space, point, a, b, hidden, only, cut, open, crossed, coarse } = state;
    // In whole cells, so that the shape stays while the point moves within one.
    const at = placeOf(cube.side, cellNear(cube.side, toCube(space, point)));
    this.#shapes.ask(cube, {
      hidden,
      only,
      cut,
      corner: open ? { at, sides: facing(this.#camera) } : undefined,
      line: crossed && a && b ? [toCube(space, a), toCube(space, b)] : undefined,
      coarse,
    });
  }

  #show(shaped: ShapedCube): void {
    const { cube, form, regions, visible } = shaped;
    this.#shaped = shaped;
    this.#seen = regions && { side: cube.side, visible, ...regions };
    this.#tags.clear();
    const ramp = cube.numbers?.theme.ramp;
    this.#renderer?.paint(ramp ? (level) => rampRgb(ramp, level) : classRgb, !ramp);
    this.#renderer?.load(form);
    this.element.classList.remove("loading");
    this.element.dataset.cells = String(cube.side);
    this.#draw();
  }

  #draw(): void {
    this.#frame ??= requestAnimationFrame((now) => {
      this.#frame = undefined;
      if (this.#stale) this.#ask();
      if (this.#rotates && !this.#gestures?.holds && this.#inView) {
        const passed = this.#last ? now - this.#last : 0;
        this.#last = now;
        this.#frameScale.frame(passed);
        this.#camera = turned(this.#camera, (DEGREES_PER_SECOND * Math.min(100, passed)) / 1000, 0);
        if (this.#state?.open) this.#mesh();
        this.#paint(this.#frameScale.scale);
        this.#draw();
        return;
      }
      // A cube that stands still is drawn at full resolution.
      this.#paint(this.#gestures?.turns ? this.#frameScale.scale : undefined);
    });
  }

  /** @param scale pixels along a side, as a share of the display's; full resolution by default. */
  #paint(scale = this.#renderer?.finest ?? 1): void {
    const [shaped, state] = [this.#shaped, this.#state];
    if (!shaped || !state || !this.#renderer) return;
    const paper = groundOf(this.#canvas);
    const { requested } = state;
    this.#renderer.draw({ camera: this.#camera, ink: EDGE_INK, requested, paper, scale });
    const width = this.#canvas.clientWidth;
    this.#overlay.draw(this.#camera, state, width, (place) => this.#isOccluded(shaped, place));
    if (this.#seen) {
      const point = projected(matrixOf(this.#camera), toCube(state.space, state.point));
      const taken = [{ x: point.x * width, y: point.y * width }];
      this.#tags.show(this.#names.of(this.#seen, this.#camera, width, taken));
    }
  }

  /** Whether cells lie between a place and the camera, apart from the place's own cell. */
  #isOccluded({ cube, visible }: ShapedCube, place: Cell): boolean {
    const ray = rayToCamera(this.#camera, place);
    const own = 2.4 / (cube.side - 1) / Math.hypot(...ray.direction);
    return firstHit(cube.side, visible, ray, own) !== undefined;
  }

  // Gestures -------------------------------------------------------------------------------

  #released(): void {
    if (this.#waiting) this.#show(this.#waiting);
    this.#waiting = undefined;
    this.#draw();
  }

  #moveCamera(camera: Camera, done: boolean): void {
    this.stopRotating();
    this.#camera = camera;
    this.#mesh();
    this.#events.cameraMoved(tidy(camera), done);
  }

  #hitAt(event: PointerEvent): { point: Point; colour: string; words: string } | undefined {
    const [shaped, state] = [this.#shaped, this.#state];
    if (!shaped || !state) return undefined;
    const { cube, visible } = shaped;
    const box = this.#canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    const hit = firstHit(cube.side, visible, rayThrough(this.#camera, x, y));
    if (!hit) return undefined;
    const middle = placeOf(cube.side, cellAt(cube.side, hit.index));
    const point = rounded(fromCube(state.space, middle, state.point));
    const id = cube.cells[hit.index] ?? 0;
    if (!cube.numbers) return { point, colour: classColour(id), words: this.#classes[id] ?? String(id) };
    const { theme, values, low, high } = cube.numbers;
    return {
      point,
      colour: rampColour(theme.ramp ?? "sequential", id),
      words: valueWords(theme, values[hit.index] ?? Number.NaN, low, high),
    };
  }

  #pick(event: PointerEvent): void {
    const hit = this.#hitAt(event);
    if (hit) this.#events.moved(hit.point);
  }

  #hover(event: PointerEvent | undefined): void {
    if (event?.pointerType === "touch") return;
    const hit = event && this.#hitAt(event);
    if (!hit || !this.#state) {
      this.#tooltip.hide();
      return;
    }
    const { axes } = this.#state.space;
    this.#tooltip.show(
      event.clientX,
      event.clientY,
      h("span", { class: "swatch", style: { background: hit.colour } }),
      h("strong", {}, hit.words),
      h(
        "span",
        { class: "tooltip-detail" },
        axes.map((axis) => `${axisName(axis)} ${coordinate(hit.point[axis] ?? 0)}`).join("  "),
      ),
    );
  }
}
