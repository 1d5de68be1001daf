/** Answers of the fake gateway that depend on the request alone, or on one run. */
import type { SpecDraft } from "../../api/types.ts";
import type { Point } from "../../core/latent/vector.ts";
import { valueAt } from "../../core/training/draft.ts";
import { METRIC_NAMES, type Metric } from "../../core/vocabulary/metrics.ts";
import { CLASSES, classOf, mapCells, probabilities } from "../world/field.ts";
import { base64Of, pngOf, samplesPng } from "../world/pictures.ts";
import type { CannedRun } from "../world/runs.ts";
import { filmFile, npy, png, problem } from "./responses.ts";

const NAME_RULE = "must be: lower-case letters, digits and hyphens, 63 at most, a letter or digit first";

export function errorsOf(spec: SpecDraft): { path: string; message: string }[] {
  const errors = [];
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(String(spec.name))) {
    errors.push({ path: "name", message: NAME_RULE });
  }
  const epochs = spec.epochs ?? 50;
  if (typeof epochs !== "number" || epochs < 1 || epochs > 100_000) {
    errors.push({ path: "epochs", message: epochsProblem(epochs) });
  }
  const dropout = valueAt(spec, "network.dropout");
  if (dropout !== undefined && !(Number(dropout) >= 0)) {
    errors.push({ path: "network.dropout", message: `must be 0 or more, not ${dropout}` });
  }
  if (spec.loss === "relativistic" && valueAt(spec, "regularization.label_smoothing")) {
    errors.push({
      path: "regularization.label_smoothing",
      message: "must be 0 with the relativistic loss, which compares images and labels none",
    });
  }
  return errors;
}

function epochsProblem(epochs: unknown): string {
  if (typeof epochs !== "number") return `must be a whole number, not '${epochs}'`;
  return `must be ${epochs < 1 ? "1 or more" : "100,000 or less"}, not ${epochs}`;
}

export async function generated(
  name: string | undefined,
  points: readonly Point[],
  version: number,
  label?: number,
) {
  return {
    model: name ?? "",
    version,
    points,
    images: await Promise.all(
      points.map(async (point) => base64Of(await pngOf([point], 1, version, label))),
    ),
    classes: points.map((point) => {
      const index = classOf(point, version, label);
      return {
        label: CLASSES[index] ?? "",
        index,
        probability: probabilities(point, version, label)[index] ?? 0,
      };
    }),
  };
}

/** An active run never ends here: the stream stays open after one event about progress. */
export function events({ view }: CannedRun): Response {
  if (view.state !== "running" && view.state !== "queued") return new Response(null, { status: 204 });
  const progress = {
    id: 0,
    at: view.submitted,
    event: "state",
    state: view.state,
    progress: view.progress,
  };
  const text = `event: state\ndata: ${JSON.stringify(progress)}\n\n`;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

/** The film of a running run never ends; that of a failed run is refused. */
export function film({ view }: CannedRun, request: Request): Response {
  if (view.state === "failed") return problem(507, "The disk is full; films need some space while made.");
  const form = request.headers.get("Accept") ?? "";
  if (view.state !== "running") return filmFile(form);
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(42));
      request.signal.addEventListener("abort", () => controller.error(request.signal.reason));
    },
  });
  return new Response(body, { headers: { "Content-Type": form, "Content-Length": "100" } });
}

export async function snapshot(epoch: number, scale = 1): Promise<Response> {
  const points = Array.from({ length: 64 }, (_, index) => [
    ((index % 8) / 7) * 2 - 1,
    1 - (Math.floor(index / 8) / 7) * 2,
  ]);
  return enlarged(await pngOf(points, 8, epoch, undefined, 2), scale);
}

/** A picture with so many pixels a side for every one. */
export async function enlarged(file: Blob, scale = 1): Promise<Response> {
  if (scale === 1) return png(file);
  const picture = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return problem(500, "This browser cannot draw.");
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return png(await canvas.convertToBlob({ type: "image/png" }));
}

export function scaleOf(url: URL): number | undefined {
  const scale = url.searchParams.get("scale");
  return scale === null ? undefined : Number(scale);
}

export async function samples(
  dataset: { readonly classes: readonly string[] } | undefined,
): Promise<Response> {
  return dataset
    ? png(await samplesPng(dataset.classes.length))
    : problem(404, "There is no such data set.");
}

export function runMap({ view }: CannedRun, epoch: number, url: URL): Response {
  const dim = view.spec.latent?.dim ?? 2;
  const axes = dim === 2 ? [0, 1] : [0, 1, 2];
  const resolution = dim === 2 ? 100 : 16;
  const at = (url.searchParams.get("at") ?? "0,0,0,0").split(",").map(Number);
  const cells = mapCells(axes, resolution, [-1, 1], at, epoch, labelOf(url));
  return npy(
    axes.map(() => resolution),
    cells,
  );
}

export function metricOf(url: URL): Metric {
  const asked = url.searchParams.get("metric");
  return METRIC_NAMES.find((name) => name === asked) ?? "weak_test_error";
}

export function labelOf(url: URL): number | undefined {
  const label = url.searchParams.get("label");
  return label === null ? undefined : Number(label);
}
