/** Checks an experiment while it is written: the gateway is shown every value of every field once. */
import type { Api } from "../../api/client.ts";
import { ProblemError } from "../../api/problem.ts";
import type { Preview } from "../../api/types.ts";
import type { ExperimentDraft } from "../../core/experiments/draft.ts";
import { problemsOf, type Variant, variantsOf } from "../../core/experiments/variants.ts";

const DEBOUNCE = 300;

interface CheckEvents {
  /** Called with what was found, by the paths of the experiment. */
  readonly found: (problems: readonly (readonly [path: string, message: string])[]) => void;
  readonly failed: (error: unknown) => void;
}

export class ExperimentCheck {
  readonly #api: Api;
  readonly #events: CheckEvents;
  #full: Preview["spec"] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = new AbortController();

  constructor(api: Api, events: CheckEvents) {
    this.#api = api;
    this.#events = events;
  }

  /** The spec of the last valid draft with all defaults, and the first value of every varied field. */
  get full(): Preview["spec"] | undefined {
    return this.#full;
  }

  ask(draft: ExperimentDraft): void {
    this.dispose();
    this.#timer = setTimeout(() => void this.#check(variantsOf(draft)), DEBOUNCE);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
  }

  async #check(variants: readonly Variant[]): Promise<void> {
    this.#running = new AbortController();
    const { signal } = this.#running;
    const found = new Map<string, string>();
    for (const variant of variants) {
      try {
        const { spec } = await this.#api.preview(variant.spec, signal);
        if (signal.aborted) return;
        if (variant.own === undefined) this.#full = spec;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ProblemError) || !error.problem.errors) return this.#events.failed(error);
        const before = new Set(found.keys());
        const own = problemsOf(variant, error.problem.errors);
        // What was wrong already without this value is not said again of it.
        for (const [path, message] of own) if (!before.has(path)) found.set(path, message);
      }
      this.#events.found([...found]);
    }
  }
}
