/** The data of compared runs: their records, epochs and reports, and how they compare. */
import { batch, signal } from "@preact/signals-core";
import type { Api } from "../../api/client.ts";
import { ifMissing } from "../../api/problem.ts";
import type { Components, Report, RunView } from "../../api/types.ts";
import type { CompareRunsState } from "../../core/navigation/views.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import type { Compared } from "./curves.ts";

type Wanted = Pick<CompareRunsState, "runs" | "figure">;

export class ComparedRuns {
  /** All runs; undefined until they are loaded. */
  readonly all = signal<readonly RunView[] | undefined>(undefined);
  /** The wanted runs that exist, in the wanted order. */
  readonly compared = signal<readonly Compared[] | undefined>(undefined);
  /** How these runs compare; undefined: they are not loaded, or none of them exists. */
  readonly comparison = signal<Components["RunComparison"] | undefined>(undefined);
  readonly failure = signal<unknown>(undefined);
  readonly #api: Api;
  readonly #wanted: () => Wanted;
  readonly #signal: AbortSignal;
  /** The data of runs that have ended, which does not change and is loaded once. */
  readonly #settled = new Map<string, Compared>();

  /** @param wanted names of runs, and what is compared. */
  constructor(api: Api, wanted: () => Wanted, signal: AbortSignal) {
    this.#api = api;
    this.#wanted = wanted;
    this.#signal = signal;
  }

  readonly load = async (): Promise<void> => {
    const { runs, figure } = this.#wanted();
    try {
      const found = await this.#api.runs(this.#signal);
      const known = new Map(found.map((run) => [run.name, run]));
      const chosen = runs.flatMap((name) => known.get(name) ?? []);
      const names = chosen.map(({ name }) => name);
      const [parts, comparison] = await Promise.all([
        Promise.all(chosen.map((run) => this.#partOf(run))),
        names.length > 0 ? this.#api.compareRuns(names, figure, this.#signal) : undefined,
      ]);
      const now = this.#wanted();
      if (runs !== now.runs || figure !== now.figure) return;
      batch(() => {
        this.all.value = found;
        this.compared.value = parts;
        this.comparison.value = comparison;
        this.failure.value = undefined;
      });
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
    return this.#api.report(name, this.#signal).catch(ifMissing(undefined));
  }
}
