/** Loads what the layers put out at points, and caches it; while the point is dragged, the newest request wins. */
import type { Api } from "../../api/client.ts";
import type { ActivationsQuery } from "../../api/queries.ts";
import type { Activations } from "../../api/types.ts";
import { type Latest, latest } from "../../core/requests/latest.ts";
import { Lru } from "../../core/requests/lru.ts";

/** Answers that are cached; each contains the pictures of all channels of all layers. */
const KEPT = 60;

export class ActivationsLoader {
  readonly #api: Api;
  readonly #model: string;
  readonly #shown: (answer: Activations) => void;
  readonly #ask: Latest<ActivationsQuery>;
  readonly #answers = new Lru<string, Activations>(KEPT);
  #key = "";

  constructor(
    api: Api,
    model: string,
    shown: (answer: Activations) => void,
    failed: (error: unknown) => void,
  ) {
    this.#api = api;
    this.#model = model;
    this.#shown = shown;
    this.#ask = latest<ActivationsQuery, Activations>(
      (query, signal) => this.#load(query, signal),
      shown,
      (error) => {
        this.#key = "";
        failed(error);
      },
      1,
    );
  }

  ask(query: ActivationsQuery): void {
    const key = JSON.stringify(query);
    if (key === this.#key) return;
    this.#key = key;
    const known = this.#answers.get(key);
    if (known) {
      // A running request is older, and its answer would replace this one.
      this.#ask.cancel();
      this.#shown(known);
    } else this.#ask.ask(query);
  }

  /** Load an answer into the cache without showing it. */
  async prefetch(query: ActivationsQuery, signal: AbortSignal): Promise<void> {
    if (!this.#answers.get(JSON.stringify(query))) await this.#load(query, signal);
  }

  dispose(): void {
    this.#ask.cancel();
  }

  async #load(query: ActivationsQuery, signal: AbortSignal): Promise<Activations> {
    const answer = await this.#api.activations(this.#model, query, signal);
    this.#answers.set(JSON.stringify(query), answer);
    return answer;
  }
}
