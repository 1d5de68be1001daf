/** The shape of a cube, made anew when the cube or the look at it changes; of fine cubes in a worker. */
import type { Cube } from "../../../core/latent/cube.ts";
import { type CubeShape, type Look, shapeOf, takesLong } from "../../../core/latent/cubeShape.ts";
import type { MadeShape, ShapeOrder } from "./shapeWorker.ts";

export interface ShapedCube extends CubeShape {
  readonly cube: Cube;
}

export class Shapes {
  readonly #made: (shaped: ShapedCube) => void;
  #worker: Worker | undefined;
  #asked: { readonly cube: Cube; readonly look: Look; readonly key: string } | undefined;
  /** The order that the worker carries out, and how many there were. */
  #running: ShapeOrder | undefined;
  #orders = 0;

  /** @param made called with each shape that is still wanted, or was while the worker made it. */
  constructor(made: (shaped: ShapedCube) => void) {
    this.#made = made;
  }

  /** Ask for a shape; nothing happens if it is the one that was asked for last. */
  ask(cube: Cube, look: Look): void {
    const key = JSON.stringify(look);
    if (this.#asked?.cube === cube && this.#asked.key === key) return;
    this.#asked = { cube, look, key };
    if (takesLong(cube, look)) this.#order();
    else {
      this.#running = undefined;
      this.#made({ cube, ...shapeOf(cube, look) });
    }
  }

  dispose(): void {
    this.#worker?.terminate();
  }

  /** One order at a time: those that come meanwhile are superseded by the last. */
  #order(): void {
    if (this.#running || !this.#asked) return;
    const { cube, look } = this.#asked;
    this.#running = { number: ++this.#orders, cube, look };
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#running);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./shapeWorker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data: { number, shape } }: MessageEvent<MadeShape>) => {
      const order = this.#running;
      if (order?.number !== number) return;
      this.#running = undefined;
      this.#made({ cube: order.cube, ...shape });
      if (this.#asked && (this.#asked.cube !== order.cube || this.#asked.look !== order.look))
        this.#order();
    });
    return worker;
  }
}
