/** Loads images of points and caches them; while the point is dragged, only the newest request waits. */
import type { Api } from "../../api/client.ts";
import type { PointQuery } from "../../api/queries.ts";
import { latest } from "../../core/requests/latest.ts";
import { Lru } from "../../core/requests/lru.ts";
import { imageOf } from "../../ui/paint.ts";

export interface Picture {
  readonly image: HTMLImageElement;
  readonly classId: number;
  readonly className: string;
  /** 0 to 1. */
  readonly probability: number;
}

const KEPT = 2000;

export class ImageLoader {
  readonly #pictures = new Lru<string, Picture>(KEPT);
  readonly #ask: { ask(query: PointQuery): void; cancel(): void };
  readonly #api: Api;
  readonly #model: string;
  readonly #shown: (picture: Picture, query: PointQuery, milliseconds: number | undefined) => void;

  /** @param shown called with an image and the duration of its request; undefined if it was cached. */
  constructor(
    api: Api,
    model: string,
    shown: (picture: Picture, query: PointQuery, milliseconds: number | undefined) => void,
    failed: (error: unknown) => void,
  ) {
    this.#api = api;
    this.#model = model;
    this.#shown = shown;
    this.#ask = latest<PointQuery, { picture: Picture; milliseconds: number }>(
      async (query, signal) => {
        const asked = performance.now();
        const picture = await this.#load(query, signal);
        return { picture, milliseconds: performance.now() - asked };
      },
      ({ picture, milliseconds }, query) => shown(picture, query, milliseconds),
      failed,
    );
  }

  ask(query: PointQuery): void {
    const known = this.#pictures.get(keyOf(query));
    if (known) {
      // A running request is older, and its answer would replace this one.
      this.#ask.cancel();
      this.#shown(known, query, undefined);
    } else this.#ask.ask(query);
  }

  /** Load an image into the cache without showing it. */
  async prefetch(query: PointQuery, signal: AbortSignal): Promise<void> {
    if (!this.#pictures.get(keyOf(query))) await this.#load(query, signal);
  }

  dispose(): void {
    this.#ask.cancel();
    this.#pictures.clear();
  }

  async #load(query: PointQuery, signal: AbortSignal): Promise<Picture> {
    const { point, label, version } = query;
    const answer = await this.#api.generate(this.#model, { points: [point], label, version }, signal);
    const [image] = answer.images;
    const [named] = answer.classes;
    if (!image || !named) throw new Error("The response contains no image.");
    const picture = {
      image: await imageOf(image),
      classId: named.index,
      className: named.label,
      probability: named.probability,
    };
    this.#pictures.set(keyOf(query), picture);
    return picture;
  }
}

function keyOf({ point, label, version }: PointQuery): string {
  return `${version}|${label ?? ""}|${point.join(",")}`;
}
