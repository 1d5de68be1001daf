/** The walk from A to B: a strip of images, where the class changes, and the walk as a film. */
import type { Api } from "../../../api/client.ts";
import { messageOf } from "../../../api/problem.ts";
import type { WalkQuery } from "../../../api/queries.ts";
import type { Interpolated, ModelView } from "../../../api/types.ts";
import { placeOnWalk } from "../../../core/explorer/walkRibbon.ts";
import { classColour } from "../../../core/latent/palette.ts";
import { lerp, type Point, rounded } from "../../../core/latent/vector.ts";
import { latest } from "../../../core/requests/latest.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { button, select } from "../../../ui/controls.ts";
import { fill, h } from "../../../ui/dom.ts";
import { downloadMenu } from "../../../ui/downloadMenu.ts";
import { marked } from "../../../ui/glossary/terms.ts";
import { icon } from "../../../ui/icons.ts";
import { imageOf, paintImage } from "../../../ui/paint.ts";
import { pictureFiles } from "../../shared/pictureFiles.ts";
import type { Picture } from "../imageLoader.ts";
import { WalkRibbon } from "./walkRibbon.ts";

/** Images of the film: enough to be smooth at the frame time below. */
const FILM_STEPS = 61;
const FRAME_MS = 50;
const STEP_CHOICES = [5, 7, 9, 13, 17, 25, 33];

export interface WalkEvents {
  readonly suggest: () => void;
  readonly clear: () => void;
  readonly swap: () => void;
  readonly steps: (steps: number) => void;
  /** Called with the places where the class changes, 0 to 1, which are marked on the map's line. */
  readonly crossings: (at: readonly number[]) => void;
  /** Called when a frame is chosen, or shown by the film; frames of the film come with their picture. */
  readonly at: (point: Point, picture: Picture | undefined) => void;
  readonly failed: (error: unknown) => void;
  readonly notify: (text: string, kind: "info" | "error") => void;
}

interface Walk {
  readonly answer: Interpolated;
  readonly pictures: readonly Picture[];
}

export class WalkPanel {
  readonly element: HTMLElement;
  readonly #api: Api;
  readonly #model: string;
  readonly #events: WalkEvents;
  readonly #ribbon: WalkRibbon;
  readonly #strip = h("ol", { class: "strip", "aria-label": "Images from A to B" });
  readonly #empty: HTMLElement;
  readonly #tools: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #steps: HTMLSelectElement;
  readonly #status = h("p", { class: "strip-status", role: "status" });
  readonly #walks = new Lru<string, Walk>(60);
  readonly #ask: { ask(query: WalkQuery): void; cancel(): void };
  #query: WalkQuery | undefined;
  #playing: symbol | undefined;

  constructor(
    api: Api,
    { name: model, classes, image_shape: shape }: Pick<ModelView, "name" | "classes" | "image_shape">,
    events: WalkEvents,
  ) {
    this.#api = api;
    this.#model = model;
    this.#events = events;
    this.#ribbon = new WalkRibbon(classes);
    this.#ask = latest<WalkQuery, Walk>(
      (query, signal) => this.#load(query, signal),
      (walk, query) => {
        if (query === this.#query) this.#show(walk, query);
      },
      (error) => {
        this.#status.textContent = messageOf(error);
        events.failed(error);
      },
      1,
    );
    this.#play = button({ label: "Play", icon: "play", kind: "plain", click: () => void this.#toggle() });
    this.#steps = select(
      "Images in the strip",
      STEP_CHOICES.map((count) => ({ value: String(count), label: `${count} images` })),
      "9",
      (value) => events.steps(Number(value)),
    );
    this.#tools = h(
      "div",
      { class: "actions" },
      this.#play,
      this.#steps,
      button({ label: "Swap A and B", icon: "repeat", kind: "quiet", iconOnly: true, click: events.swap }),
      this.#downloads(shape),
      button({
        label: "Remove A and B",
        icon: "close",
        kind: "quiet",
        iconOnly: true,
        click: events.clear,
      }),
    );
    this.#empty = h(
      "div",
      { class: "walk-empty" },
      h(
        "p",
        {},
        marked(
          "Set A and B to see the images on the straight line between them, and where one class turns into another.",
        ),
      ),
      button({
        label: "Suggest a walk",
        icon: "map",
        kind: "primary",
        title: "The straight way through the map with the most classes on it",
        click: events.suggest,
      }),
    );
    this.element = h(
      "section",
      { class: "walk", "aria-label": "Walk from A to B" },
      h("h2", { class: "visually-hidden" }, "From A to B"),
      this.#tools,
      this.#empty,
      this.#status,
      h("div", { class: "walk-way" }, this.#strip, this.#ribbon.element),
    );
  }

  /** @param query undefined while A or B is not set. */
  update(query: WalkQuery | undefined): void {
    this.#tools.hidden = query === undefined;
    this.#strip.hidden = query === undefined;
    this.#ribbon.element.hidden = query === undefined;
    this.#empty.hidden = query !== undefined;
    if (
      query &&
      !STEP_CHOICES.includes(query.steps) &&
      !this.#steps.querySelector(`[value="${query.steps}"]`)
    ) {
      this.#steps.append(h("option", { value: query.steps }, `${query.steps} images`));
    }
    if (query) this.#steps.value = String(query.steps);
    if (keyOf(query) === keyOf(this.#query)) return;
    this.stop();
    this.#query = query;
    this.#status.textContent = "";
    if (!query) {
      fill(this.#strip);
      this.#events.crossings([]);
      return;
    }
    if (this.#strip.childElementCount === 0) {
      fill(
        this.#strip,
        Array.from({ length: query.steps }, () => h("li", {}, h("div", { class: "skeleton" }))),
      );
    }
    const known = this.#walks.get(keyOf(query));
    if (known) this.#show(known, query);
    else this.#ask.ask(query);
  }

  /** Marks where on the way the point is, if it is on it. */
  mark(point: Point): void {
    const t = this.#query && placeOnWalk(this.#query.start, this.#query.end, point);
    this.#ribbon.mark(t);
    const frames = [...this.#strip.querySelectorAll(".frame")];
    const near = t === undefined ? -1 : Math.round(t * (frames.length - 1));
    frames.forEach((frame, index) => {
      if (index === near) frame.setAttribute("aria-current", "true");
      else frame.removeAttribute("aria-current");
    });
  }

  /** Request the walk again, if it failed. */
  retry(): void {
    if (this.#query && !this.#walks.get(keyOf(this.#query))) this.#ask.ask(this.#query);
  }

  stop(): void {
    if (!this.#playing) return;
    this.#playing = undefined;
    this.#paintPlay();
  }

  dispose(): void {
    this.#playing = undefined;
    this.#ask.cancel();
  }

  async #load(query: WalkQuery, signal?: AbortSignal): Promise<Walk> {
    const answer = await this.#api.interpolate(this.#model, query, signal);
    const pictures = await Promise.all(
      answer.images.map(async (image, index) => ({
        image: await imageOf(image),
        classId: answer.classes[index]?.index ?? 0,
        className: answer.classes[index]?.label ?? "",
        probability: answer.classes[index]?.probability ?? 0,
      })),
    );
    const walk = { answer, pictures };
    this.#walks.set(keyOf(query), walk);
    return walk;
  }

  #show({ answer, pictures }: Walk, query: WalkQuery): void {
    this.#status.textContent = "";
    this.#events.crossings(answer.crossings.map(({ t }) => t));
    this.#ribbon.show(answer.crossings, pictures[0]?.className ?? "");
    const last = Math.max(1, pictures.length - 1);
    fill(
      this.#strip,
      pictures.map((picture, index) => {
        const canvas = h("canvas", { class: "pixels", "aria-hidden": "true" });
        paintImage(canvas, picture.image);
        const before = pictures[index - 1];
        const crossing = before && before.classId !== picture.classId;
        return h(
          "li",
          { class: crossing ? "crosses" : "" },
          h(
            "button",
            {
              type: "button",
              class: "frame",
              "aria-label": `Image ${index + 1} of ${pictures.length}: ${picture.className}${crossing ? `, was ${before.className}` : ""}. Move the point here.`,
              title: picture.className,
              on: {
                click: () =>
                  this.#events.at(rounded(lerp(query.start, query.end, index / last)), undefined),
              },
            },
            canvas,
            h(
              "span",
              { class: "frame-class", style: { "--class": classColour(picture.classId) } },
              picture.className,
            ),
          ),
        );
      }),
    );
  }

  async #toggle(): Promise<void> {
    if (this.#playing) {
      this.stop();
      return;
    }
    const query = this.#query;
    if (!query) return;
    const token = Symbol();
    this.#playing = token;
    this.#paintPlay();
    try {
      const film = { ...query, steps: FILM_STEPS };
      const walk = this.#walks.get(keyOf(film)) ?? (await this.#load(film));
      await this.#roll(walk, film, token);
    } catch (error) {
      this.#events.notify(messageOf(error), "error");
    }
    if (this.#playing === token) this.stop();
  }

  /** Plays back and forth until it is stopped. */
  async #roll(walk: Walk, query: WalkQuery, token: symbol): Promise<void> {
    const last = walk.pictures.length - 1;
    let started: number | undefined;
    while (this.#playing === token && last > 0) {
      const now = await new Promise<number>(requestAnimationFrame);
      started ??= now;
      const at = Math.floor((now - started) / FRAME_MS) % (2 * last);
      const index = at <= last ? at : 2 * last - at;
      if (this.#playing === token) {
        this.#events.at(lerp(query.start, query.end, index / last), walk.pictures[index]);
      }
    }
  }

  #paintPlay(): void {
    this.#play.replaceChildren(
      icon(this.#playing ? "pause" : "play"),
      h("span", {}, this.#playing ? "Stop" : "Play"),
    );
  }

  #downloads([height = 28, width = 28]: readonly number[]): HTMLElement {
    const asked = () => {
      if (!this.#query) throw new Error("Set A and B first.");
      return this.#query;
    };
    const stem = () => `${this.#model}-${this.#query?.version}-walk`;
    const [api, model] = [this.#api, this.#model];
    return downloadMenu({
      label: "Download",
      title: "Download this walk",
      groups: () => [
        {
          title: "Strip of images",
          files: [
            ...pictureFiles({
              form: "PNG",
              width: width * asked().steps,
              height,
              stem,
              load: (scale, [signal, progress]) =>
                api.walkFile(model, asked(), "image/png", scale, { signal, progress }),
            }),
            {
              label: "Data, npy",
              name: () => `${stem()}.npy`,
              make: (signal, progress) =>
                api.walkFile(model, asked(), "application/x-npy", undefined, { signal, progress }),
            },
          ],
        },
        {
          title: "Animation",
          files: pictureFiles({
            form: "GIF",
            width,
            height,
            stem,
            // A film needs more images than a strip.
            load: (scale, [signal, progress]) =>
              api.walkFile(model, { ...asked(), steps: FILM_STEPS }, "image/gif", scale, {
                signal,
                progress,
              }),
          }),
        },
      ],
    });
  }
}

function keyOf(query: WalkQuery | undefined): string {
  return query ? [query.start, query.end, query.steps, query.label ?? "", query.version].join("|") : "";
}
