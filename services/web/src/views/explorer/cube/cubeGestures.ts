/** Pointer, wheel and keys over the cube: they turn and zoom it, and point at what it shows. */

import { type Camera, HOME, turned, zoomed } from "../../../core/latent/camera.ts";
import { KeySeries } from "../../../ui/keySeries.ts";

export interface CubeGestureEvents {
  /** @param done false during the gesture. */
  readonly moved: (camera: Camera, done: boolean) => void;
  /** Called with a press that did not turn the cube. */
  readonly picked: (event: PointerEvent) => void;
  /** Called with a pointer over the cube; undefined: it has left, or turns the cube. */
  readonly hovered: (event: PointerEvent | undefined) => void;
  readonly released: () => void;
  /** Called for the key that starts and stops the rotation. */
  readonly toggled: () => void;
}

interface Press {
  /** Where it began. */
  readonly x: number;
  readonly y: number;
  readonly camera: Camera;
  moved: boolean;
}

const DEGREES_PER_PIXEL = 0.45;
const DEGREES_PER_KEY = 6;
const MANY_DEGREES_PER_KEY = 30;
/** A press that moves fewer pixels than this is a click. */
const STILL = 4;

export class CubeGestures {
  readonly #element: HTMLElement;
  readonly #camera: () => Camera;
  readonly #events: CubeGestureEvents;
  /** Keys or turns of the wheel in a row. */
  readonly #series = new KeySeries(() => this.#events.moved(this.#camera(), true));
  #press: Press | undefined;

  /** @param camera the present one. */
  constructor(element: HTMLElement, camera: () => Camera, events: CubeGestureEvents) {
    this.#element = element;
    this.#camera = camera;
    this.#events = events;
    this.#listen();
  }

  /** Whether the cube is held. */
  get holds(): boolean {
    return this.#press !== undefined;
  }

  /** Whether it is held and has been turned. */
  get turns(): boolean {
    return this.#press?.moved ?? false;
  }

  dispose(): void {
    this.#series.cancel();
  }

  #listen(): void {
    const element = this.#element;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#press = { x: event.clientX, y: event.clientY, camera: this.#camera(), moved: false };
      element.setPointerCapture(event.pointerId);
      this.#events.hovered(undefined);
    });
    element.addEventListener("pointermove", (event) => {
      if (this.#press) this.#turn(event, this.#press);
      else this.#events.hovered(event);
    });
    element.addEventListener("pointerup", (event) => {
      const press = this.#press;
      this.#release();
      if (press?.moved) this.#events.moved(this.#camera(), true);
      else if (press) this.#events.picked(event);
    });
    element.addEventListener("pointercancel", () => this.#release());
    element.addEventListener("pointerleave", () => this.#events.hovered(undefined));
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener(
      "wheel",
      (event) => {
        // The wheel scrolls the page; a pinch on a touchpad is a wheel event with the control key.
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.#events.moved(zoomed(this.#camera(), Math.exp(-event.deltaY / 300)), false);
        this.#series.pressed();
      },
      { passive: false },
    );
  }

  #turn(event: PointerEvent, press: Press): void {
    const [x, y] = [event.clientX - press.x, event.clientY - press.y];
    press.moved ||= Math.hypot(x, y) > STILL;
    if (!press.moved) return;
    this.#element.classList.add("dragging");
    this.#events.moved(turned(press.camera, -x * DEGREES_PER_PIXEL, y * DEGREES_PER_PIXEL), false);
  }

  #release(): void {
    this.#press = undefined;
    this.#element.classList.remove("dragging");
    this.#events.released();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? MANY_DEGREES_PER_KEY : DEGREES_PER_KEY;
    const camera = this.#camera();
    const moves: Record<string, Camera> = {
      ArrowLeft: turned(camera, -step, 0),
      ArrowRight: turned(camera, step, 0),
      ArrowUp: turned(camera, 0, step),
      ArrowDown: turned(camera, 0, -step),
      "+": zoomed(camera, 1.15),
      "-": zoomed(camera, 1 / 1.15),
      Home: HOME,
    };
    const moved = moves[event.key];
    if (moved) {
      this.#events.moved(moved, false);
      this.#series.pressed();
    } else if (event.key === " ") {
      // What the keys did is in the history before the cube rotates on.
      this.#series.end();
      this.#events.toggled();
    } else return;
    event.preventDefault();
  }
}
