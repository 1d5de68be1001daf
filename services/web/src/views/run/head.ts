/** The head of a run's page. */
import { messageOf } from "../../api/problem.ts";
import type { EpochFigures, Report, RunView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { headline } from "../../core/runs/headline.ts";
import { isFinished, isResumable } from "../../core/runs/liveRun.ts";
import { subject } from "../../core/runs/words.ts";
import { ago } from "../../core/text/format.ts";
import { button, linkButton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { setMarked } from "../../ui/glossary/terms.ts";
import { confirmed } from "../../ui/overlays.ts";
import type { Tools } from "../../ui/view.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { stateBadge } from "../shared/stateBadge.ts";

/** Name and state of the run, and the actions that it allows now. */
export class RunHead {
  readonly element: HTMLElement;
  readonly #name: string;
  readonly #tools: Tools;
  readonly #changed: (run: RunView) => void;
  readonly #crumbs = breadcrumb(linkTo.runs(), "Runs");
  readonly #badge = h("span", {});
  readonly #headline = h("p", { class: "headline" });
  readonly #subject = h("p", { class: "lede" });
  readonly #actions = h("div", { class: "actions" });
  readonly #stale = h("span", { class: "stale", role: "status", hidden: true }, "Reconnecting…");
  readonly #extend: () => void;
  readonly #fork: HTMLAnchorElement;
  #offered = "";

  /**
   * @param changed called with the run as it is after an action.
   * @param extend asks to how many epochs it is to go on.
   */
  constructor(name: string, tools: Tools, changed: (run: RunView) => void, extend: () => void) {
    this.#name = name;
    this.#tools = tools;
    this.#changed = changed;
    this.#extend = extend;
    this.#fork = linkButton(linkTo.fork(name), "Fork…", "plain", "fork");
    this.#fork.title = "Start another run from one of its training states";
    this.element = pageHead(
      h("div", { class: "title-line" }, h("h1", {}, name), this.#badge, this.#stale),
      {
        crumbs: this.#crumbs,
        lede: [this.#headline, this.#subject],
        actions: this.#actions,
      },
    );
  }

  following(open: boolean): void {
    this.#stale.hidden = open;
  }

  /** The epoch that is shown is the one that a fork is to begin with. */
  at(epoch: number | undefined): void {
    this.#fork.href = linkTo.fork(this.#name, { epoch });
  }

  /** @param report of a run that has one. */
  update(run: RunView, epochs: readonly EpochFigures[], report: Report | undefined): void {
    const line = headline(run, epochs, report);
    this.#headline.hidden = line === "";
    setMarked(this.#headline, line);
    if (run.experiment && this.#crumbs.childElementCount === 1) {
      this.#crumbs.append(" · ", h("a", { href: linkTo.experiment(run.experiment) }, run.experiment));
    }
    fill(this.#badge, stateBadge(run));
    setMarked(
      this.#subject,
      `${subject(run.spec)} · submitted ${ago(new Date(run.submitted), this.#tools.now())}`,
    );
    const forkable = (run.states?.epochs.length ?? 0) > 0;
    const offered = `${run.state}/${run.request}/${run.versions.length > 0}/${run.epoch > 0}/${forkable}`;
    if (offered === this.#offered) return;
    this.#offered = offered;
    fill(this.#actions, this.#offers(run));
  }

  #offers(run: RunView): (HTMLElement | null)[] {
    const asked = run.request !== null;
    const pausable = run.state === "running" || run.state === "queued";
    return [
      pausable
        ? button({ label: "Pause", icon: "pause", disabled: asked, click: () => void this.#ask("pause") })
        : null,
      isResumable(run)
        ? button({ label: "Resume", icon: "play", kind: "primary", click: () => void this.#ask("resume") })
        : null,
      isFinished(run)
        ? null
        : button({ label: "Cancel", icon: "stop", disabled: asked, click: () => void this.#cancel() }),
      run.state === "succeeded"
        ? button({
            label: "Train on…",
            icon: "extend",
            title: "Let it go on to more epochs",
            click: () => this.#extend(),
          })
        : null,
      (run.states?.epochs.length ?? 0) > 0 ? this.#fork : null,
      linkButton(linkTo.newTraining({ from: this.#name }), "Train again", "plain", "repeat"),
      run.epoch > 0
        ? linkButton(linkTo.compareRuns({ runs: [this.#name] }), "Compare", "plain", "right")
        : null,
      isFinished(run)
        ? button({ label: "Delete", icon: "trash", kind: "plain", click: () => void this.#delete() })
        : null,
      run.versions.length > 0
        ? linkButton(linkTo.explorer(this.#name), "Explore", isResumable(run) ? "plain" : "primary", "map")
        : null,
    ];
  }

  async #ask(verb: "pause" | "resume" | "cancel"): Promise<void> {
    try {
      await this.#tools.api.command(this.#name, verb);
      this.#changed(await this.#tools.api.run(this.#name));
    } catch (error) {
      this.#tools.notify(messageOf(error), "error");
    }
  }

  async #cancel(): Promise<void> {
    const yes = await confirmed({
      title: `Cancel the training of ${this.#name}?`,
      text: "The training ends at the epoch it has reached. What it has exported so far is kept. To continue later, pause it instead.",
      yes: "Cancel the training",
      no: "Keep training",
    });
    if (yes) await this.#ask("cancel");
  }

  async #delete(): Promise<void> {
    const yes = await confirmed({
      title: `Delete ${this.#name}?`,
      text: "Its curves, snapshots and maps are deleted permanently.",
      yes: "Delete the run",
      no: "Keep it",
    });
    if (!yes) return;
    try {
      await this.#tools.api.deleteRun(this.#name);
      this.#tools.notify(`${this.#name} was deleted.`);
      this.#tools.go(linkTo.runs());
    } catch (error) {
      this.#tools.notify(messageOf(error), "error");
    }
  }
}
