/** The runs of an experiment side by side, each with its newest map, its state and a link. */
import type { ExperimentView } from "../../core/experiments/progress.ts";
import { seriesColour } from "../../core/maths/series.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { integer } from "../../core/text/format.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import type { Scope } from "../../ui/scope.ts";
import type { Tools } from "../../ui/view.ts";
import { partBadge } from "../shared/stateBadge.ts";
import { mapThumbnail } from "../shared/thumbnail.ts";

type Run = ExperimentView["runs"][number];

export class ExperimentRuns {
  readonly element = h("div", { class: "run-tiles" });
  readonly #tiles = new Map<string, RunTile>();
  readonly #tools: Tools;
  readonly #scope: Scope;

  constructor(tools: Tools, scope: Scope) {
    this.#tools = tools;
    this.#scope = scope;
  }

  update(runs: readonly Run[]): void {
    if (this.#tiles.size === 0) {
      for (const run of runs) this.#tiles.set(run.name, new RunTile(run, this.#tools, this.#scope));
      // Ordered by combination and seed, like the table.
      const ordered = [...runs].sort((a, b) => a.combination - b.combination || a.seed - b.seed);
      fill(
        this.element,
        ordered.map(({ name }) => this.#tiles.get(name)?.element),
      );
    }
    for (const run of runs) this.#tiles.get(run.name)?.update(run);
  }
}

/** One run. Its map is replaced only if there is a newer one. */
class RunTile {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #scope: Scope;
  readonly #art = h("div", { class: "run-tile-art" });
  readonly #badge = h("span", {});
  readonly #note = h("p", { class: "run-tile-note" });
  readonly #title: HTMLElement;
  #drawn: number | undefined | null = null;

  constructor(run: Run, tools: Tools, scope: Scope) {
    this.#tools = tools;
    this.#scope = scope;
    this.#title = h("h3", {});
    this.element = h(
      "article",
      { class: "run-tile" },
      this.#art,
      h(
        "div",
        { class: "run-tile-text" },
        h("span", { class: "swatch", style: { background: seriesColour(run.combination) } }),
        this.#title,
        this.#badge,
        this.#note,
      ),
    );
  }

  update(run: Run): void {
    const epoch = run.maps.at(-1);
    const { signal } = this.#scope;
    if (epoch !== this.#drawn) {
      this.#drawn = epoch;
      const label = `Class map of ${run.label}, seed ${run.seed}`;
      fill(
        this.#art,
        mapThumbnail(
          epoch === undefined ? `${label}, no map` : `${label}, at epoch ${epoch}`,
          epoch === undefined ? undefined : () => this.#tools.api.runMap(run.name, epoch, {}, signal),
        ),
      );
    }
    const gone = run.state === "missing";
    const text = `${run.label}, seed ${run.seed}`;
    if (this.#title.dataset.gone !== String(gone)) {
      this.#title.dataset.gone = String(gone);
      fill(
        this.#title,
        gone ? text : h("a", { class: "stretched", href: linkTo.run(run.name), title: run.name }, text),
      );
    }
    if (this.#badge.dataset.state !== run.state) {
      this.#badge.dataset.state = run.state;
      fill(this.#badge, partBadge(run.state));
    }
    setText(
      this.#note,
      gone
        ? "This run was deleted."
        : (run.error ?? `Epoch ${integer(run.epoch)} of ${integer(run.epochs)}`),
    );
    this.#note.classList.toggle("bad", run.error !== null);
  }
}
