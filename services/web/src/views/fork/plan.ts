/** Beside the form of a fork: how it goes on, what is different, what it takes over, and what it costs. */
import type { Continuation } from "../../api/types.ts";
import { costWords } from "../../core/growth/states.ts";
import { takenOverWords } from "../../core/growth/words.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { changeList } from "../shared/changeList.ts";
import { StepSizesChart } from "../shared/stepSizesChart.ts";

export class ForkPlan {
  readonly element: HTMLElement;
  readonly #sizes = new StepSizesChart();
  readonly #changes = h("div", {});
  readonly #taken = h("ul", { class: "plan-list" });
  readonly #cost = h("p", { class: "growth-text" });

  constructor() {
    const part = (title: string, content: HTMLElement) =>
      h("section", { class: "plan-part", "aria-label": title }, h("h3", {}, title), content);
    this.element = h(
      "div",
      { class: "plan", hidden: true },
      this.#sizes.element,
      part("What is different", this.#changes),
      part("What goes on", this.#taken),
      part("Training states", this.#cost),
    );
  }

  update(plan: Continuation): void {
    this.element.hidden = false;
    this.#sizes.update(plan.step_sizes);
    fill(this.#changes, changeList(plan.changes, "Nothing yet: it would go on as its parent does."));
    fill(
      this.#taken,
      takenOverWords(plan.taken_over).map((words) => h("li", {}, words)),
    );
    setText(this.#cost, `They cost ${costWords(plan.state_bytes, plan.spec, plan.epoch)}`);
  }

  dispose(): void {
    this.#sizes.dispose();
  }
}
