/** The living picture of an explorer: point → generator → image → classifier → colour, as they are now. */
import { classColour } from "../../core/latent/palette.ts";
import { levelOf, rampColour } from "../../core/latent/ramps.ts";
import type { Scale } from "../../core/latent/scalarMap.ts";
import type { Point } from "../../core/latent/vector.ts";
import { figure, percent } from "../../core/text/format.ts";
import { leaning } from "../../core/themes/theme.ts";
import type { TermName } from "../../core/vocabulary/glossary.ts";
import { type Child, fill, h, setText } from "../../ui/dom.ts";
import { setMarked, term } from "../../ui/glossary/terms.ts";
import { paintImage } from "../../ui/paint.ts";
import type { Picture } from "../explorer/imageLoader.ts";
import { arrow, network, PointGlyph, plus } from "./glyphs.ts";

/** Most coordinates that are written out. */
const MOST_NUMBERS = 3;

export interface Pipelined {
  readonly latent_dim: number;
  readonly classes: readonly string[];
  readonly conditional: boolean;
  readonly image_shape: readonly number[];
}

/** What colours the map where the point is, if it is not the class. */
export interface ThemeReading extends Scale {
  /** undefined: none is known. */
  readonly value: number | undefined;
}

export class Pipeline {
  readonly element: HTMLElement;
  readonly #classes: readonly string[];
  readonly #axes: PointGlyph;
  readonly #numbers = h("span", { class: "pipeline-numbers" });
  readonly #label = h("span", { class: "pipeline-label" });
  readonly #canvas: HTMLCanvasElement;
  readonly #judge = h("span", { class: "pipeline-caption" });
  readonly #swatch = h("span", { class: "pipeline-swatch", "aria-hidden": "true" });
  readonly #name = h("strong", { class: "pipeline-name" });
  readonly #share = h("span", { class: "pipeline-share" });
  readonly #verdict = h(
    "span",
    { class: "pipeline-verdict" },
    this.#swatch,
    h("span", {}, this.#name, " ", this.#share),
  );
  #point: Point = [];
  #picture: Picture | undefined;
  #reading: ThemeReading | undefined;

  constructor(model: Pipelined, low: number, high: number) {
    const [height = 28, width = 28] = model.image_shape;
    this.#classes = model.classes;
    this.#axes = new PointGlyph(model.latent_dim, low, high);
    // As wide as with all signs, so that nothing moves while the point does.
    if (model.latent_dim <= MOST_NUMBERS) this.#numbers.style.minWidth = `${5.6 * model.latent_dim}ch`;
    this.#canvas = h("canvas", { class: "pixels", width, height, "aria-hidden": "true" });
    this.element = h(
      "figure",
      { class: "pipeline", "aria-label": "From the point to its colour" },
      h(
        "ol",
        { class: "pipeline-steps" },
        step(null, this.#axes.element, captionOf("point", this.#numbers)),
        model.conditional ? step(plus(), this.#label, captionOf("label")) : null,
        step(arrow(), network("widens"), captionOf("generator")),
        step(arrow(), h("span", { class: "pipeline-image" }, this.#canvas), caption("image")),
        step(arrow(), network("narrows"), this.#judge),
        step(
          arrow(),
          this.#verdict,
          caption("colour", h("span", { class: "pipeline-place" }, " on the ", term("map", "map"))),
        ),
      ),
    );
    this.#draw();
  }

  /** The point as it is now, before its image has come. */
  point(point: Point): void {
    this.#point = point;
    const few = point.length <= MOST_NUMBERS;
    const number = (value: number) => value.toFixed(2).replace("-", "−");
    setText(this.#numbers, few ? `(${point.map(number).join(", ")})` : "");
    this.#draw();
  }

  /** @param label the requested class, for a conditional model. */
  picture(picture: Picture, label: number | undefined): void {
    this.#picture = picture;
    paintImage(this.#canvas, picture.image);
    if (label !== undefined) {
      setText(this.#label, this.#classes[label] ?? String(label));
      this.#label.style.setProperty("--class", classColour(label));
    }
    this.#draw();
  }

  /** @param reading undefined: the map shows the classes. */
  theme(reading: ThemeReading | undefined): void {
    this.#reading = reading;
    this.#draw();
  }

  #draw(): void {
    const { colour, judge, name, share } = this.#reading
      ? readingWords(this.#reading)
      : this.#classWords(this.#picture);
    this.#axes.update(this.#point, colour);
    this.#swatch.style.background = colour ?? "none";
    setMarked(this.#judge, judge);
    setText(this.#name, name);
    setText(this.#share, share);
    // As wide as the longest, so that nothing moves while the point does.
    this.#verdict.style.setProperty("--letters", String(this.#longest()));
  }

  /** Letters of the longest verdict that there may be. */
  #longest(): number {
    const theme = this.#reading?.theme;
    const [names, shares] = theme
      ? [["0.000"], [theme.low, theme.high, theme.ramp === "diverging" ? "undecided" : ""]]
      : [this.#classes, ["100 %"]];
    const most = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
    return most(names) + most(shares);
  }

  #classWords(picture: Picture | undefined): Verdict {
    if (!picture) return { judge: "classifier", colour: undefined, name: "", share: "" };
    return {
      judge: "classifier",
      colour: classColour(picture.classId),
      name: this.#classes[picture.classId] ?? picture.className,
      share: percent(picture.probability),
    };
  }
}

interface Verdict {
  readonly judge: string;
  readonly colour: string | undefined;
  readonly name: string;
  readonly share: string;
}

function readingWords({ theme, low, high, value }: ThemeReading): Verdict {
  const judge = theme.title.charAt(0).toLowerCase() + theme.title.slice(1);
  if (value === undefined || Number.isNaN(value)) return { judge, colour: undefined, name: "", share: "" };
  return {
    judge,
    colour: rampColour(theme.ramp ?? "sequential", levelOf(value, low, high)),
    name: figure(value),
    share: leaning(theme, value, low, high),
  };
}

function step(before: Element | null, glyph: Element, words: HTMLElement): HTMLElement {
  return h("li", { class: "pipeline-step" }, before, h("div", { class: "pipeline-part" }, glyph, words));
}

function caption(...words: Child[]): HTMLElement {
  const element = h("span", { class: "pipeline-caption" });
  fill(element, words);
  return element;
}

function captionOf(name: TermName, more?: HTMLElement): HTMLElement {
  return caption(term(name, name), more);
}
