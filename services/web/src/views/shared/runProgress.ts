import type { RunView } from "../../api/types.ts";
import { begunAfter } from "../../core/growth/words.ts";
import { isFinished, shareDone } from "../../core/runs/liveRun.ts";
import { placeInLine } from "../../core/runs/words.ts";
import { duration, integer, startsIn, timeLeft } from "../../core/text/format.ts";
import { h, setText } from "../../ui/dom.ts";

/** Progress bar with epochs, phase and time left. Its height is fixed. */
export class ProgressBar {
  readonly #fill = h("div", { class: "progress-fill" });
  readonly #bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Training",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    this.#fill,
  );
  readonly #epochs = h("span", { class: "progress-epochs" });
  readonly #phase = h("span", { class: "progress-phase" });
  readonly #left = h("span", { class: "progress-left" });
  readonly element = h(
    "div",
    { class: "progress-block" },
    this.#bar,
    h("div", { class: "progress-line" }, this.#epochs, this.#phase, this.#left),
  );

  update(run: RunView): void {
    const share = shareDone(run);
    this.element.dataset.state = run.state;
    // What a fork took over was trained by others; its own part begins there.
    const taken = Math.min(1, begunAfter(run) / Math.max(1, run.epochs));
    const own = taken < 1 ? Math.max(0, share - taken) / (1 - taken) : 0;
    this.#bar.style.setProperty("--taken", `${(taken * 100).toFixed(2)}%`);
    this.#fill.style.setProperty("transform", `scaleX(${own.toFixed(4)})`);
    this.#bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    setText(this.#epochs, `Epoch ${integer(run.epoch)} of ${integer(run.epochs)}`);
    setText(this.#phase, phaseOf(run));
    setText(this.#left, leftOf(run));
  }
}

function phaseOf(run: RunView): string {
  if (run.state === "queued") return placeInLine(run.position);
  if (run.state !== "running") return "";
  const { phase, step, steps } = run.progress;
  if (!phase) return "starting";
  // A phase of a single step has no progress to show.
  return steps && steps > 1 ? `${phase}, step ${integer(step ?? 0)} of ${integer(steps)}` : phase;
}

function leftOf(run: RunView): string {
  if (isFinished(run) && run.started && run.ended) {
    return `took ${duration((Date.parse(run.ended) - Date.parse(run.started)) / 1000)}`;
  }
  if (run.state === "queued") return typeof run.starts_in === "number" ? startsIn(run.starts_in) : "";
  return run.state === "running" && run.eta !== null ? timeLeft(run.eta) : "";
}
