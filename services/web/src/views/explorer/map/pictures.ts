/** Generated images over a flat map: a grid of them, and the one under the pointer. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Api } from "../../../api/client.ts";
import type { GenerateQuery } from "../../../api/queries.ts";
import { FRAME, imageFrame, imagePoints, imagesAcross } from "../../../core/explorer/pictureGrid.ts";
import { anchorOf, type Scene } from "../../../core/explorer/scene.ts";
import { classColour } from "../../../core/latent/palette.ts";
import type { Plane } from "../../../core/latent/plane.ts";
import { type Point, rounded } from "../../../core/latent/vector.ts";
import type { ExplorerState } from "../../../core/navigation/views.ts";
import { latest } from "../../../core/requests/latest.ts";
import { Lru } from "../../../core/requests/lru.ts";
import { h } from "../../../ui/dom.ts";
import { imageOf, paintImage } from "../../../ui/paint.ts";
import { Scope, stable } from "../../../ui/scope.ts";
import { ImageLoader } from "../imageLoader.ts";

interface PicturesQuery {
  readonly version: number;
  readonly label: number | undefined;
  readonly plane: Plane;
  /** Gives the coordinates on the axes that the map does not span. */
  readonly at: Point;
  /** Images along each side. */
  readonly across: number;
}

interface Sheet {
  /** Images in a square without gaps, each with as many pixels as it was generated with. */
  readonly canvas: OffscreenCanvas;
  readonly classIds: readonly number[];
}

/** Sheets that are cached. */
const KEPT = 4;

export interface PicturesInputs {
  readonly state: ReadonlySignal<ExplorerState>;
  readonly scene: ReadonlySignal<Scene>;
  /** Whether a film plays, which needs the model server for itself. */
  readonly filming: ReadonlySignal<boolean>;
  /** The map's side in CSS pixels. */
  readonly width: ReadonlySignal<number>;
}

export class Pictures {
  readonly element = h("canvas", { class: "map-pictures", "aria-hidden": "true", hidden: true });
  /** Whether images of what is shown are on their way. */
  readonly loading = signal(false);
  /** Asks again for images that failed to come. */
  readonly retry: () => void;
  readonly #scope = new Scope();
  readonly #under = h("canvas", { class: "pixels picture-under" });
  readonly #images: ImageLoader;
  readonly #query: ReadonlySignal<PicturesQuery | undefined>;

  constructor(api: Api, model: string, inputs: PicturesInputs, failed: (error: unknown) => void) {
    const { width } = inputs;
    const query = stable(() => picturesQuery(inputs));
    this.#query = query;
    const known = new Lru<string, Sheet>(KEPT);
    const shown = signal<{ readonly sheet: Sheet; readonly across: number } | undefined>(undefined);
    const asking = latest<PicturesQuery, Sheet>(
      async (asked, abort) => {
        const { plane, at, across, label, version } = asked;
        const points = imagePoints(plane, at, across);
        const sheet = await sheetOf(api, model, { points, label, version }, across, abort);
        known.set(JSON.stringify(asked), sheet);
        return sheet;
      },
      (sheet, asked) => {
        shown.value = { sheet, across: asked.across };
        this.loading.value = JSON.stringify(asked) !== JSON.stringify(query.peek());
      },
      (error) => {
        this.loading.value = false;
        shown.value = undefined;
        failed(error);
      },
      1,
    );
    const attempt = signal(0);
    this.retry = () => {
      if (query.peek() && !shown.peek()) attempt.value++;
    };
    this.#scope.effect(() => {
      void attempt.value;
      const asked = query.value;
      const sheet = asked && known.get(JSON.stringify(asked));
      if (asked && !sheet) {
        this.loading.value = true;
        asking.ask(asked);
        return;
      }
      asking.cancel();
      this.loading.value = false;
      shown.value = asked && sheet && { sheet, across: asked.across };
    });
    this.#scope.effect(() => {
      this.element.hidden = shown.value === undefined;
      if (shown.value && width.value > 0)
        paint(this.element, shown.value.sheet, shown.value.across, width.value);
    });
    // Images of another place than the map's are no longer true; they stay as a hint of what comes.
    this.#scope.effect(() => {
      this.element.classList.toggle("stale", this.loading.value);
    });
    this.#images = new ImageLoader(
      api,
      model,
      ({ image, classId }) => {
        paintImage(this.#under, image);
        this.#under.style.borderColor = classColour(classId);
      },
      // An empty canvas rather than the image of another point.
      () => {
        this.#under.width = 1;
      },
    );
    this.#scope.onDispose(() => asking.cancel());
    this.#scope.onDispose(() => this.#images.dispose());
  }

  /** Asks for the image of a point, and returns where it is shown; undefined: no images are wanted. */
  under(point: Point): HTMLElement | undefined {
    const query = this.#query.peek();
    if (!query) return undefined;
    this.#images.ask({ point: rounded(point), label: query.label, version: query.version });
    return this.#under;
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** The images of the plane that is shown; undefined: none are wanted. */
function picturesQuery({ state, scene, filming, width }: PicturesInputs): PicturesQuery | undefined {
  const { version, mapLabel: label, plane, cube, point, edits } = scene.value;
  const across = imagesAcross(width.value);
  const none =
    state.value.pictures === "no" || cube || plane.axes.length < 2 || filming.value || edits.length > 0;
  return none || across === 0 ? undefined : { version, label, plane, at: anchorOf(plane, point), across };
}

async function sheetOf(
  api: Api,
  model: string,
  query: GenerateQuery,
  across: number,
  abort: AbortSignal,
): Promise<Sheet> {
  const { images, classes } = await api.generate(model, query, abort);
  const decoded = await Promise.all(images.map(imageOf));
  const side = decoded[0]?.width ?? 1;
  const canvas = new OffscreenCanvas(across * side, across * side);
  const context = canvas.getContext("2d");
  decoded.forEach((image, index) => {
    context?.drawImage(image, (index % across) * side, Math.floor(index / across) * side);
  });
  return { canvas, classIds: classes.map(({ index }) => index) };
}

function paint(canvas: HTMLCanvasElement, sheet: Sheet, across: number, width: number): void {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = canvas.width;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  context.imageSmoothingQuality = "high";
  const from = sheet.canvas.width / across;
  sheet.classIds.forEach((classId, index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    const { start: x, side } = imageFrame(width, across, column);
    const { start: y } = imageFrame(width, across, row);
    context.fillStyle = classColour(classId);
    context.fillRect(x, y, side, side);
    const inner = side - 2 * FRAME;
    context.drawImage(
      sheet.canvas,
      column * from,
      row * from,
      from,
      from,
      x + FRAME,
      y + FRAME,
      inner,
      inner,
    );
  });
}
