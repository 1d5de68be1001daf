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
const DEGREES_PER_PIXEL = 0.45;
/** A press that moves fewer pixels than this is a click. */
const STILL = 4;
const KEY_PAUSE = 450;
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
  readonly #resizes = new ResizeObserver(() => this.#draw());
  readonly #watch: IntersectionObserver;
  readonly #frameScale = new FrameScale();
  #cube: Cube | undefined;
  /** What is drawn, and of its regions of classes. */
  #shaped: ShapedCube | undefined;
  #seen: Seen | undefined;
  readonly #shapes = new Shapes((shaped) => {
    // While it is turned by hand no finer cube is loaded, so that no frame is late.
    if (this.#press && this.#shaped && this.#shaped.cube !== shaped.cube) this.#waiting = shaped;
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
  #press: { x: number; y: number; camera: Camera; moved: boolean } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

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
            on: { keydown: (event) => this.#key(event) },
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
    this.#resizes.observe(this.#canvas);
    this.#watch.observe(this.element);
    this.#listen();
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
    if (state.camera && !this.#press) {
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
    clearTimeout(this.#timer);
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
      if (this.#rotates && !this.#press && this.#inView) {
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
      this.#paint(this.#press?.moved ? this.#frameScale.scale : undefined);
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

  // Pointer and keys -----------------------------------------------------------------------

  #listen(): void {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#press = { x: event.clientX, y: event.clientY, camera: this.#camera, moved: false };
      element.setPointerCapture(event.pointerId);
      this.#tooltip.hide();
    });
    element.addEventListener("pointermove", (event) => {
      const press = this.#press;
      if (!press) {
        this.#hover(event);
        return;
      }
      const [x, y] = [event.clientX - press.x, event.clientY - press.y];
      press.moved ||= Math.hypot(x, y) > STILL;
      if (!press.moved) return;
      element.classList.add("dragging");
      this.#moveCamera(turned(press.camera, -x * DEGREES_PER_PIXEL, y * DEGREES_PER_PIXEL), false);
    });
    element.addEventListener("pointerup", (event) => {
      const press = this.#press;
      this.#release();
      if (press?.moved) this.#moveCamera(this.#camera, true);
      else if (press) this.#pick(event);
    });
    element.addEventListener("pointercancel", () => this.#release());
    element.addEventListener("pointerleave", () => this.#tooltip.hide());
    element.addEventListener(
      "wheel",
      (event) => {
        // The wheel scrolls the page; a pinch on a touchpad is a wheel event with the control key.
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.#moveCamera(zoomed(this.#camera, Math.exp(-event.deltaY / 300)), false);
        this.#commitLater();
      },
      { passive: false },
    );
  }

  #release(): void {
    this.#press = undefined;
    this.element.classList.remove("dragging");
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

  /** A series of key presses is one entry in the history. */
  #commitLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#events.cameraMoved(tidy(this.#camera), true), KEY_PAUSE);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 30 : 6;
    const moves: Record<string, () => Camera> = {
      ArrowLeft: () => turned(this.#camera, -step, 0),
      ArrowRight: () => turned(this.#camera, step, 0),
      ArrowUp: () => turned(this.#camera, 0, step),
      ArrowDown: () => turned(this.#camera, 0, -step),
      "+": () => zoomed(this.#camera, 1.15),
      "-": () => zoomed(this.#camera, 1 / 1.15),
      Home: () => HOME,
    };
    const move = moves[event.key];
    if (event.key === " ") this.rotates = !this.#rotates;
    else if (move) {
      this.#moveCamera(move(), false);
      this.#commitLater();
    } else return;
    event.preventDefault();
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

  #hover(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const hit = this.#hitAt(event);
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
