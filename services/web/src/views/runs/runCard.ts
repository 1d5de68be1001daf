/** The card of a run in the list, and the large one of the first run. */
import type { RunView } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { isFinished } from "../../core/runs/liveRun.ts";
import { noMapWords, subject } from "../../core/runs/words.ts";
import { ago, integer } from "../../core/text/format.ts";
import { button, linkButton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import type { Scope } from "../../ui/scope.ts";
import type { Tools } from "../../ui/view.ts";
import { ProgressBar } from "../shared/runProgress.ts";
import { stateBadge } from "../shared/stateBadge.ts";
import { imageThumbnail, mapThumbnail } from "../shared/thumbnail.ts";

/** The first run of a new installation, which has the page to itself. */
export class FirstRun {
  readonly element: HTMLElement;
  readonly #art = h("a", { class: "first-run-art", tabindex: -1, "aria-hidden": "true" });
  readonly #badge = h("span", {});
  readonly #progress = new ProgressBar();
  readonly #explore: HTMLElement;
  readonly #pictures: Pictures;

  constructor(run: RunView, tools: Tools, scope: Scope) {
    this.#art.href = linkTo.run(run.name);
    this.#explore = linkButton(linkTo.explorer(run.name), "Explore it", "plain", "map");
    this.#pictures = new Pictures(this.#art, tools, scope);
    this.element = h(
      "section",
      { class: "first-run" },
      this.#art,
      h(
        "div",
        { class: "first-run-text" },
        this.#badge,
        h("h2", {}, "Watch it learn"),
        h(
          "p",
          {},
          "Your first training, ",
          h("strong", {}, run.name),
          ", is under way. With every epoch, its images get clearer and the borders on its map move. You can explore it as soon as the first version is published.",
        ),
        this.#progress.element,
        h(
          "div",
          { class: "actions" },
          linkButton(linkTo.run(run.name), "Watch it learn", "primary", "right"),
          this.#explore,
        ),
      ),
    );
  }

  update(run: RunView): void {
    fill(this.#badge, stateBadge(run));
    this.#progress.update(run);
    this.#pictures.update(run);
    this.#explore.hidden = run.versions.length === 0;
  }
}

/** The newest map and snapshot of a run; replaced only if there are newer ones. */
class Pictures {
  readonly #host: HTMLElement;
  readonly #tools: Tools;
  readonly #scope: Scope;
  #drawn = "";

  constructor(host: HTMLElement, tools: Tools, scope: Scope) {
    this.#host = host;
    this.#tools = tools;
    this.#scope = scope;
  }

  update(run: RunView): void {
    const drawn = `${run.maps.at(-1)}/${run.snapshots.at(-1)}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    fill(this.#host, pictures(run, this.#tools, this.#scope));
  }
}

function pictures(run: RunView, tools: Tools, scope: Scope): [HTMLElement, HTMLElement] {
  const map = run.maps.at(-1);
  const snapshot = run.snapshots.at(-1);
  return [
    mapThumbnail(
      `Class map of ${run.name}${map ? ` at epoch ${map}` : `, ${noMapWords(run)}`}`,
      map === undefined ? undefined : () => tools.api.runMap(run.name, map, {}, scope.signal),
    ),
    imageThumbnail(
      snapshot ? `Images of ${run.name} at epoch ${snapshot}` : "",
      snapshot === undefined ? undefined : () => tools.api.snapshot(run.name, snapshot, scope.signal),
    ),
  ];
}

/** One run in the list. Updates keep its element, and so the focus. */
export class RunCard {
  readonly element: HTMLElement;
  readonly #tools: Tools;
  readonly #art = h("div", { class: "run-card-art" });
  readonly #pictures: Pictures;
  readonly #badge = h("span", {});
  readonly #origin = h("span", { class: "origin-mark", hidden: true });
  readonly #meta = h("p", { class: "run-card-meta" });
  readonly #note = h("p", { class: "run-card-note" });
  readonly #links = h("div", { class: "actions" });
  readonly #progress = new ProgressBar();
  readonly #remove: HTMLButtonElement;
  readonly #mark: HTMLInputElement;
  #run: RunView;

  /** @param mark called with whether it is selected for comparison. */
  constructor(
    run: RunView,
    tools: Tools,
    scope: Scope,
    remove: (run: RunView) => Promise<void>,
    mark: (name: string, on: boolean) => void,
  ) {
    this.#run = run;
    this.#tools = tools;
    this.#pictures = new Pictures(this.#art, tools, scope);
    this.#remove = button({
      icon: "trash",
      kind: "quiet",
      iconOnly: true,
      label: `Delete ${run.name}`,
      click: () => void remove(this.#run),
    });
    this.#mark = h("input", {
      type: "checkbox",
      class: "checkbox",
      title: "Select it for comparison",
      "aria-label": `Select ${run.name} for comparison`,
      on: { change: () => mark(run.name, this.#mark.checked) },
    });
    this.element = h(
      "article",
      { class: "run-card" },
      // The whole label takes a tick, not its small box alone.
      h("label", { class: "run-card-mark" }, this.#mark),
      this.#art,
      h(
        "div",
        { class: "run-card-main" },
        h("h2", {}, h("a", { href: linkTo.run(run.name) }, run.name), this.#badge, this.#origin),
        this.#meta,
        this.#progress.element,
        this.#note,
      ),
      this.#links,
    );
  }

  set marked(on: boolean) {
    this.#mark.checked = on;
  }

  update(run: RunView): void {
    this.#run = run;
    fill(this.#badge, stateBadge(run));
    const [parent] = run.lineage ?? [];
    this.#origin.hidden = !parent;
    if (parent && this.#origin.childElementCount === 0) {
      const words = `${parent.run}, epoch ${integer(parent.epoch)}`;
      this.#origin.title = `Forked from ${parent.run} at epoch ${integer(parent.epoch)}`;
      fill(this.#origin, icon("fork", 14), h("span", { class: "visually-hidden" }, "forked from "), words);
    }
    setText(this.#meta, `${subject(run.spec)} · ${ago(new Date(run.submitted), this.#tools.now())}`);
    this.#progress.update(run);
    const note = run.error ?? run.warnings.at(-1)?.message ?? "";
    setText(this.#note, note);
    this.#note.hidden = note === "";
    this.#note.classList.toggle("bad", run.error !== null);
    this.#pictures.update(run);
    const explorable = run.versions.length > 0;
    const links = `${explorable}/${isFinished(run)}`;
    if (this.#links.dataset.for === links) return;
    this.#links.dataset.for = links;
    fill(
      this.#links,
      explorable ? linkButton(linkTo.explorer(run.name), "Explore", "plain", "map") : null,
      isFinished(run) ? this.#remove : null,
    );
  }
}
