/** The data of compared runs: their records, epochs and reports. */
import { signal } from "@preact/signals-core";
import type { Api } from "../../api/client.ts";
import { isMissing } from "../../api/problem.ts";
import type { Report, RunView } from "../../api/types.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import type { Compared } from "./curves.ts";

export class ComparedRuns {
  /** All runs; undefined until they are loaded. */
  readonly all = signal<readonly RunView[] | undefined>(undefined);
  /** The wanted runs that exist, in the wanted order. */
  readonly compared = signal<readonly Compared[] | undefined>(undefined);
  readonly failure = signal<unknown>(undefined);
  readonly #api: Api;
  readonly #wanted: () => readonly string[];
  readonly #signal: AbortSignal;
  /** The data of runs that have ended, which does not change and is loaded once. */
  readonly #settled = new Map<string, Compared>();

  /** @param wanted names of runs. */
  constructor(api: Api, wanted: () => readonly string[], signal: AbortSignal) {
    this.#api = api;
    this.#wanted = wanted;
    this.#signal = signal;
  }

  readonly load = async (): Promise<void> => {
    const wanted = this.#wanted();
    try {
      const found = await this.#api.runs(this.#signal);
      const known = new Map(found.map((run) => [run.name, run]));
      const chosen = wanted.flatMap((name) => known.get(name) ?? []);
      const parts = await Promise.all(chosen.map((run) => this.#partOf(run)));
      if (wanted !== this.#wanted()) return;
      this.all.value = found;
      this.compared.value = parts;
      this.failure.value = undefined;
    } catch (error) {
      if (!this.#signal.aborted) this.failure.value = error;
    }
  };

  async #partOf(run: RunView): Promise<Compared> {
    const key = `${run.name}/${run.submitted}/${run.last_event}`;
    const known = this.#settled.get(key);
    if (known) return known;
    const [epochs, report] = await Promise.all([
      this.#api.epochs(run.name, this.#signal),
      run.state === "succeeded" ? this.#reportOf(run.name) : undefined,
    ]);
    const part = { run, epochs, report };
    if (isFinished(run)) this.#settled.set(key, part);
    return part;
  }

  /** The report of a run; runs of older versions may have none. */
  async #reportOf(name: string): Promise<Report | undefined> {
    try {
      return await this.#api.report(name, this.#signal);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}
