/** The training states that a run keeps: where it can be forked, what they weigh, and how to be rid of them. */
import { messageOf } from "../../api/problem.ts";
import type { RunView } from "../../api/types.ts";
import { epochsWords, keptReason, lostWords } from "../../core/growth/states.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { fileSize, integer } from "../../core/text/format.ts";
import { button } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { confirmed } from "../../ui/overlays.ts";
import type { Tools } from "../../ui/view.ts";

/** Most epochs that are offered one by one; the newest ones. */
const OFFERED = 24;

export class TrainingStates {
  readonly element = h("div", { class: "growth-part" });
  readonly #tools: Tools;
  readonly #changed: () => void;
  #shows = "";

  /** @param changed called once states were removed. */
  constructor(tools: Tools, changed: () => void) {
    this.#tools = tools;
    this.#changed = changed;
  }

  update(run: RunView): void {
    const { epochs = [], bytes = 0 } = run.states ?? {};
    this.element.hidden = epochs.length === 0;
    const shows = JSON.stringify([epochs, bytes]);
    if (shows === this.#shows) return;
    this.#shows = shows;
    const offered = epochs.slice(-OFFERED);
    fill(
      this.element,
      h(
        "div",
        { class: "comparison-head" },
        h("h2", { class: "section-title" }, "Training states"),
        epochs.length > 1
          ? button({
              label: "Free…",
              icon: "trash",
              kind: "plain",
              title: "Remove all training states but the newest",
              click: () => void this.#free(run),
            })
          : null,
      ),
      h(
        "p",
        { class: "growth-text" },
        h("strong", {}, fileSize(bytes)),
        ` on the disk, of ${epochsWords(epochs)}. ${keptReason(run.spec)} A run can be forked where its state is kept:`,
      ),
      h(
        "ul",
        { class: "epoch-links", "aria-label": "Fork the run" },
        offered.map((epoch) =>
          h(
            "li",
            {},
            h(
              "a",
              { href: linkTo.fork(run.name, { epoch }), "aria-label": `Fork at epoch ${integer(epoch)}` },
              integer(epoch),
            ),
          ),
        ),
      ),
    );
  }

  async #free(run: RunView): Promise<void> {
    const { api, notify } = this.#tools;
    try {
      const { states } = await api.states(run.name);
      const freed = states.slice(0, -1).reduce((sum, { bytes }) => sum + bytes, 0);
      const yes = await confirmed({
        title: `Free ${fileSize(freed)} of the disk?`,
        text: lostWords(states.map(({ epoch }) => epoch)),
        yes: "Remove the states",
        no: "Keep them",
      });
      if (!yes) return;
      const pruned = await api.pruneStates(run.name);
      const shared = pruned.freed < freed ? "; what forks share stays" : "";
      notify(`${fileSize(pruned.freed)} of the disk are free again${shared}.`);
      this.#changed();
    } catch (error) {
      notify(messageOf(error), "error");
    }
  }
}
