/** Loads where real images lie on the map, for the version and label that are shown. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import { isRefused, messageOf } from "../../../api/problem.ts";
import type { RealImageList } from "../../../api/types.ts";
import { latest } from "../../../core/requests/latest.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { Scope } from "../../../ui/scope.ts";

export interface RealImagesQuery {
  readonly version: number;
  readonly label: number | undefined;
}

/** Lists that are cached. */
const KEPT = 20;

export class RealImagesLoader {
  /** undefined: none are shown. */
  readonly list = signal<RealImageList | undefined>(undefined);
  /** What is to be said of them; nothing while there are none. */
  readonly words = signal("");
  readonly #scope = new Scope();

  /** @param query undefined: none are wanted. */
  constructor(
    api: Api,
    model: string,
    query: ReadonlySignal<RealImagesQuery | undefined>,
    failed: (error: unknown) => void,
  ) {
    const known = new Lru<string, RealImageList>(KEPT);
    const show = (list: RealImageList | undefined) => {
      this.list.value = list;
      this.words.value = list ? wordsOf(list) : "";
    };
    const asking = latest<RealImagesQuery, RealImageList>(
      (asked, signal) => api.realImages(model, asked, signal),
      (list, asked) => {
        known.set(JSON.stringify(asked), list);
        if (JSON.stringify(asked) === JSON.stringify(query.peek())) show(list);
      },
      (error, { version }) => {
        show(undefined);
        const lacking = isRefused(error, "version");
        this.words.value = lacking
          ? `Epoch ${version} was exported without the places of real images.`
          : messageOf(error);
        if (!lacking) failed(error);
      },
    );
    this.#scope.effect(() => {
      const asked = query.value;
      const found = asked && known.get(JSON.stringify(asked));
      if (asked && !found) asking.ask(asked);
      else {
        asking.cancel();
        show(found);
      }
    });
    this.#scope.onDispose(() => asking.cancel());
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

function wordsOf({ images, count }: RealImageList): string {
  const of = count > images.length ? ` of ${count.toLocaleString("en")}` : "";
  return `Dots: ${images.length.toLocaleString("en")}${of} real test images at their nearest points; the fainter, the less alike.`;
}
