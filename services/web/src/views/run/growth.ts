/** How a run has grown: its family, what a fork trains with differently, and the states others can grow from. */
import type { RunView } from "../../api/types.ts";
import { figureMenu } from "../../charts/figureMenu.ts";
import { familyFigure } from "../../core/figures/familyFigure.ts";
import { existing, familyOf, hasFamily } from "../../core/growth/family.ts";
import { takenOverWords } from "../../core/growth/words.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { integer } from "../../core/text/format.ts";
import { linkButton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import type { Tools } from "../../ui/view.ts";
import { changeList } from "../shared/changeList.ts";
import { familyTree } from "./familyTree.ts";
import { TrainingStates } from "./trainingStates.ts";

export class RunGrowth {
  readonly element: HTMLElement;
  readonly #family = h("div", { class: "growth-part family" });
  readonly #origin = h("div", { class: "growth-part" });
  readonly #states: TrainingStates;
  #shows = "";

  /** @param changed called once training states were removed. */
  constructor(tools: Tools, changed: () => void) {
    this.#states = new TrainingStates(tools, changed);
    this.element = h(
      "section",
      { class: "card comparison-card growth", "aria-label": "Growth" },
      this.#family,
      this.#origin,
      this.#states.element,
    );
  }

  /** @param runs all runs that exist; undefined: they are not loaded yet. */
  update(run: RunView, runs: readonly RunView[] | undefined): void {
    this.#states.update(run);
    const family = familyOf(run, runs ?? []);
    const alone = runs === undefined || !hasFamily(family);
    const shows = JSON.stringify([
      alone,
      family.map((one) => ({ ...one, run: one.run?.name })),
      run.origin,
    ]);
    if (shows !== this.#shows) {
      this.#shows = shows;
      this.#family.hidden = alone;
      const there = existing(family);
      fill(
        this.#family,
        h(
          "div",
          { class: "comparison-head" },
          h("h2", { class: "section-title" }, "Family"),
          there.length > 1
            ? linkButton(linkTo.compareRuns({ runs: there }), "Show the family", "plain", "fork")
            : null,
          figureMenu("Family", (ground, caption) =>
            familyFigure({ ...caption, family, own: run.name, ground }),
          ),
        ),
        familyTree(family, run.name),
      );
      this.#origin.hidden = !run.origin;
      fill(this.#origin, originOf(run, new Set(there), runs !== undefined));
    }
    this.element.hidden = [this.#family, this.#origin, this.#states.element].every(({ hidden }) => hidden);
  }
}

/** @param there names of the relatives that exist, once they are known. */
function originOf({ lineage = [], origin }: RunView, there: ReadonlySet<string>, known: boolean) {
  const [parent] = lineage;
  if (!origin || !parent) return [];
  return [
    h("h2", { class: "section-title" }, "Origin"),
    h(
      "p",
      { class: "growth-text" },
      "Forked from ",
      there.has(parent.run)
        ? h("a", { class: "text-button", href: linkTo.run(parent.run) }, parent.run)
        : h("strong", {}, parent.run),
      known && !there.has(parent.run) ? " (deleted)" : "",
      ` at epoch ${integer(parent.epoch)}. ${takenOverWords(origin.taken_over).join(" ")}`,
    ),
    changeList(origin.changes, "It trains with the same settings as its parent."),
  ];
}
