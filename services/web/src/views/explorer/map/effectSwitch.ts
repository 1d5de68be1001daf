/** Chooses what the map shows of the surgery, while there is any, and undoes it. */
import { describeEdit, type Edit } from "../../../core/explorer/edits.ts";
import type { Effect } from "../../../core/explorer/effect.ts";
import { button, type Segmented, segmented } from "../../../ui/controls.ts";
import { h } from "../../../ui/dom.ts";

export interface EffectSwitchEvents {
  readonly effect: (effect: Effect) => void;
  readonly undo: () => void;
  /** Called when it disappears with the focus in it. */
  readonly left: () => void;
}

export class EffectSwitch {
  readonly element: HTMLElement;
  readonly #choice: Segmented<Effect>;
  readonly #left: () => void;

  constructor(events: EffectSwitchEvents) {
    this.#left = events.left;
    this.#choice = segmented<Effect>(
      "What the map shows of the surgery",
      [
        { value: "before", label: "Before" },
        { value: "after", label: "After" },
        { value: "changed", label: "What changed" },
      ],
      "after",
      events.effect,
    );
    this.element = h(
      "div",
      { class: "effect-switch", role: "group", "aria-label": "Surgery", hidden: true },
      this.#choice.element,
      button({
        label: "Undo all",
        kind: "quiet",
        title: "Undoes the whole surgery",
        click: events.undo,
      }),
    );
  }

  /** @param applies whether the map has a before and an after. */
  update(edits: readonly Edit[], effect: Effect, applies: boolean): void {
    const focused = this.element.contains(document.activeElement);
    this.element.hidden = edits.length === 0;
    if (this.element.hidden && focused) this.#left();
    this.element.title = edits.map(describeEdit).join("; ");
    this.#choice.element.hidden = !applies;
    this.#choice.set(effect);
  }
}
