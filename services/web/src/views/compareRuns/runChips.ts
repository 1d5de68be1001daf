/** The compared runs with their names and colours, with buttons to remove and add runs. */
import type { RunView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { subject } from "../../core/runs/words.ts";
import { button, select } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { stateBadge } from "../shared/stateBadge.ts";

export interface ChipState {
  readonly runs: readonly {
    readonly name: string;
    readonly colour: string;
    readonly run: RunView | undefined;
  }[];
  /** Whether the runs are loaded, so that a run without a record does not exist. */
  readonly loaded: boolean;
  /** Names of runs that can be added. */
  readonly others: readonly string[];
}

export class RunChips {
  readonly element = h("ul", { class: "run-chips", "aria-label": "Compared runs" });
  readonly #remove: (name: string) => void;
  readonly #add: (name: string) => void;
  #reads = "";

  constructor(remove: (name: string) => void, add: (name: string) => void) {
    this.#remove = remove;
    this.#add = add;
  }

  /** A running run is updated all the time; the chips are replaced only if their text changes, to keep the focus. */
  update(state: ChipState): void {
    const { runs, loaded, others } = state;
    const reads = JSON.stringify([
      runs.map(({ name, colour, run }) => [name, colour, run?.state, run?.request]),
      loaded,
      others,
    ]);
    if (reads === this.#reads) return;
    this.#reads = reads;
    fill(
      this.element,
      runs.map(({ name, colour, run }) => this.#chip(name, colour, run, loaded)),
      others.length === 0 ? null : h("li", {}, this.#adder(others)),
    );
  }

  #chip(name: string, colour: string, found: RunView | undefined, loaded: boolean): HTMLElement {
    return h(
      "li",
      { class: "run-chip" },
      h("span", { class: "swatch line", style: { background: colour } }),
      h("a", { href: linkTo.run(name), title: found ? subject(found.spec) : undefined }, name),
      found ? stateBadge(found) : loaded ? h("span", { class: "quiet-note" }, "not found") : null,
      button({
        icon: "close",
        kind: "quiet",
        iconOnly: true,
        label: `Remove ${name} from the comparison`,
        click: () => this.#remove(name),
      }),
    );
  }

  #adder(others: readonly string[]): HTMLElement {
    return select(
      "Add a run",
      [{ value: "", label: "Add a run …" }, ...others.map((name) => ({ value: name, label: name }))],
      "",
      this.#add,
    );
  }
}
