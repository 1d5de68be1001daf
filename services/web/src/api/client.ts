/** The gateway's API as typed calls. Every failure is a `ProblemError` or `Unreachable`. */
import type { ExperimentSummary, ExperimentView } from "../core/experiments/progress.ts";
import { type ByteArray, parseFloatNpy, parseNpy } from "../core/formats/npy.ts";
import { type MapArray, type Tile, TiledMap } from "../core/latent/tiledMap.ts";
import type { Point } from "../core/latent/vector.ts";
import { eventsOf, type FollowOptions, follow } from "../core/requests/serverEvents.ts";
import type { Metric } from "../core/vocabulary/metrics.ts";
import { ProblemError, problemOf } from "./problem.ts";
import {
  type ActivationsQuery,
  type GenerateQuery,
  generateBody,
  type MapQuery,
  mapParams,
  type SurgeryQuery,
  type WalkQuery,
  walkBody,
} from "./queries.ts";
import { type ReceiveProgress, received } from "./receive.ts";
import type { paths } from "./schema.d.ts";
import { type SendFile, sendFile } from "./sendFile.ts";
import type { Fetch } from "./transport.ts";
import type {
  Ablated,
  Activations,
  Components,
  Continuation,
  DatasetInfo,
  DatasetPreview,
  EpochFigures,
  ForkDraft,
  Generated,
  Interpolated,
  Judged,
  Located,
  LossSurface,
  LossSurfaceJob,
  ModelView,
  Preview,
  Problem,
  PrunedStates,
  RealImageList,
  Report,
  RunView,
  SpecDraft,
  SpecValue,
  StateList,
  SurfaceAnswer,
  SurfaceKind,
} from "./types.ts";

export type FilmFormat = "image/gif" | "video/mp4";
/** A picture, or the numbers that it shows. */
export type PictureForm = "image/png" | "application/x-npy";

/** Options of a download that can take long: a signal that stops it, and a listener for its progress. */
export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly progress?: ReceiveProgress;
}

/** The JSON that a call returns, taken from the generated API description. */
type Answer<P extends keyof paths, M extends "get" | "post"> = paths[P][M] extends {
  responses: infer R;
}
  ? {
      [S in keyof R & (200 | 202)]: R[S] extends { content: { "application/json": infer T } } ? T : never;
    }[keyof R & (200 | 202)]
  : never;

export class Api {
  readonly #fetch: Fetch;
  readonly #sendFile: SendFile;
  readonly #base: string;

  /** @param base address under which `v1/` lies, with a slash at its end. */
  constructor(fetchWithRetries: Fetch, base: string, send: SendFile = sendFile) {
    this.#fetch = fetchWithRetries;
    this.#sendFile = send;
    this.#base = base;
  }

  /** Address of the API for programs, without a slash at its end. */
  get origin(): string {
    return this.#base.replace(/\/$/, "");
  }

  async datasets(signal?: AbortSignal): Promise<DatasetInfo[]> {
    return this.#all(
      (cursor) => this.#get("/v1/datasets", {}, signal, { limit: "100", ...cursor }),
      "datasets",
    );
  }

  /**
   * The data set that a file would become. The gateway holds it until it is kept or discarded.
   * @param name name of the data set; one that is taken is refused before the images are read.
   * @param progress called with the share of the file that has been sent, 0 to 1.
   */
  async previewDataset(
    name: string,
    file: Blob,
    progress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<DatasetPreview> {
    const response = await this.#sendFile({
      method: "POST",
      url: this.#url(`/v1/dataset-previews?${new URLSearchParams({ name })}`),
      headers: { Accept: JSON_FORM, "Content-Type": "application/octet-stream" },
      file,
      signal,
      progress,
    });
    if (!response.ok) throw await problemOf(response);
    return response.json() as Promise<DatasetPreview>;
  }

  async previewSamples(preview: string, signal?: AbortSignal): Promise<Blob> {
    const init = { ...aborted(signal), headers: { Accept: "image/png" } };
    return (await this.#answer(`/v1/dataset-previews/${preview}/samples`, init)).blob();
  }

  /** @param classes new names of classes, by their present names. */
  async keepPreview(
    preview: string,
    name: string,
    classes: Readonly<Record<string, string>>,
  ): Promise<DatasetInfo> {
    return this.#post("/v1/dataset-previews/{preview}/keep", { preview }, { name, classes });
  }

  async discardPreview(preview: string): Promise<void> {
    await this.#answer(`/v1/dataset-previews/${preview}/discard`, { method: "POST", keepalive: true });
  }

  async deleteDataset(name: string): Promise<void> {
    await this.#answer(`/v1/datasets/${name}`, { method: "DELETE" });
  }

  /** A row of images for each class of a data set. */
  async samples(name: string, signal?: AbortSignal): Promise<Blob> {
    const init = { ...aborted(signal), headers: { Accept: "image/png" } };
    return (await this.#answer(`/v1/datasets/${name}/samples`, init)).blob();
  }

  async preview(spec: SpecDraft, signal?: AbortSignal): Promise<Preview> {
    return this.#post("/v1/runs/preview", {}, spec, signal);
  }

  async submit(spec: SpecDraft): Promise<void> {
    await this.#post("/v1/runs", {}, spec);
  }

  async runs(signal?: AbortSignal): Promise<RunView[]> {
    return this.#all((cursor) => this.#get("/v1/runs", {}, signal, { limit: "100", ...cursor }), "runs");
  }

  async run(name: string, signal?: AbortSignal): Promise<RunView> {
    return this.#get("/v1/runs/{name}", { name }, signal);
  }

  async epochs(name: string, signal?: AbortSignal): Promise<EpochFigures[]> {
    return (await this.#get("/v1/runs/{name}/epochs", { name }, signal)).epochs;
  }

  async report(name: string, signal?: AbortSignal): Promise<Report> {
    return this.#get("/v1/runs/{name}/report", { name }, signal);
  }

  async command(name: string, verb: "pause" | "resume" | "cancel"): Promise<void> {
    await this.#answer(`/v1/runs/${name}/${verb}`, { method: "POST" });
  }

  async deleteRun(name: string): Promise<void> {
    await this.#answer(`/v1/runs/${name}`, { method: "DELETE" });
  }

  // Runs that go on ---------------------------------------------------------------------------

  /** How a run would go on to so many epochs in all; changes nothing. */
  async previewExtension(name: string, epochs: SpecValue, signal?: AbortSignal): Promise<Continuation> {
    return this.#post("/v1/runs/{name}/extend/preview", { name }, { epochs }, signal);
  }

  async extend(name: string, epochs: SpecValue): Promise<RunView> {
    return this.#post("/v1/runs/{name}/extend", { name }, { epochs });
  }

  /** How a fork would go on; makes nothing. */
  async previewFork(name: string, draft: ForkDraft, signal?: AbortSignal): Promise<Continuation> {
    return this.#post("/v1/runs/{name}/fork/preview", { name }, draft, signal);
  }

  /** @param key the same for the same request, so that repeating it makes no second run. */
  async fork(name: string, draft: ForkDraft, key: string): Promise<RunView> {
    return this.#post("/v1/runs/{name}/fork", { name }, draft, undefined, { "Idempotency-Key": key });
  }

  async states(name: string, signal?: AbortSignal): Promise<StateList> {
    return this.#get("/v1/runs/{name}/states", { name }, signal);
  }

  /** Remove all training states of a run but the newest. */
  async pruneStates(name: string): Promise<PrunedStates> {
    return this.#post("/v1/runs/{name}/states/prune", { name }, { keep: [] });
  }

  async lossSurface(name: string, kind: SurfaceKind, signal?: AbortSignal): Promise<SurfaceAnswer> {
    const init = { ...aborted(signal), headers: { Accept: JSON_FORM } };
    const response = await this.#answer(`/v1/runs/${name}/loss-surface?${surfaceParams(kind)}`, init);
    if (response.status === 200) return { surface: (await response.json()) as LossSurface };
    const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
    const job = (await response.json()) as LossSurfaceJob;
    return { job, secondsToWait: Number.isFinite(wait) ? wait : USUAL_WAIT };
  }

  async askLossSurface(name: string, kind: SurfaceKind): Promise<LossSurfaceJob> {
    return this.#post("/v1/runs/{name}/loss-surface", { name }, kind);
  }

  /** Cancel the one that waits or runs, and remove the one that is done. */
  async removeLossSurface(name: string, kind: SurfaceKind): Promise<void> {
    await this.#answer(`/v1/runs/${name}/loss-surface?${surfaceParams(kind)}`, { method: "DELETE" });
  }

  follow(name: string, options: Omit<FollowOptions, "fetch" | "url">): () => void {
    return follow({ ...options, fetch: this.#fetch, url: this.#url(`/v1/runs/${name}/events`) });
  }

  async snapshot(name: string, epoch: number, signal?: AbortSignal): Promise<Blob> {
    const init = { ...aborted(signal), headers: { Accept: "image/png" } };
    return (await this.#answer(`/v1/runs/${name}/snapshots/${epoch}`, init)).blob();
  }

  /**
   * A map of an epoch, as the run drew it: uint8[rows, columns], or uint8[layers, rows, columns] for cubes.
   *
   * @param which map of runs that draw several: its label, and the coordinates on the axes it does not span.
   */
  async runMap(
    name: string,
    epoch: number,
    which: { readonly label?: number | undefined; readonly at?: Point | undefined } = {},
    signal?: AbortSignal,
  ): Promise<ByteArray> {
    const params = new URLSearchParams();
    if (which.label !== undefined) params.set("label", String(which.label));
    if (which.at !== undefined) params.set("at", which.at.join(","));
    const query = params.size > 0 ? `?${params}` : "";
    return this.#npy(`/v1/runs/${name}/maps/${epoch}${query}`, signal);
  }

  async experiments(signal?: AbortSignal): Promise<ExperimentSummary[]> {
    return this.#all(
      (cursor) => this.#get("/v1/experiments", {}, signal, { limit: "100", ...cursor }),
      "experiments",
    );
  }

  async experiment(name: string, metric: Metric, signal?: AbortSignal): Promise<ExperimentView> {
    return this.#get("/v1/experiments/{name}", { name }, signal, { metric });
  }

  /** Runs that differ only in their seed are one group. */
  async compareRuns(
    names: readonly string[],
    metric: Metric,
    signal?: AbortSignal,
  ): Promise<Components["RunComparison"]> {
    const query = [
      ...names.map((name): [string, string] => ["run", name]),
      ["metric", metric] as [string, string],
    ];
    return this.#get("/v1/comparison", {}, signal, query);
  }

  async submitExperiment(body: object): Promise<ExperimentView> {
    return this.#post("/v1/experiments", {}, body);
  }

  async cancelExperiment(name: string): Promise<void> {
    await this.#answer(`/v1/experiments/${name}/cancel`, { method: "POST" });
  }

  async deleteExperiment(name: string, withRuns: boolean): Promise<void> {
    await this.#answer(`/v1/experiments/${name}?runs=${withRuns}`, { method: "DELETE" });
  }

  async models(signal?: AbortSignal): Promise<ModelView[]> {
    return this.#all(
      (cursor) => this.#get("/v1/models", {}, signal, { limit: "100", ...cursor }),
      "models",
    );
  }

  async model(model: string, signal?: AbortSignal): Promise<ModelView> {
    return this.#get("/v1/models/{model}", { model }, signal);
  }

  async generate(model: string, query: GenerateQuery, signal?: AbortSignal): Promise<Generated> {
    return this.#post("/v1/models/{model}/generate", { model }, generateBody(query), signal);
  }

  async interpolate(model: string, query: WalkQuery, signal?: AbortSignal): Promise<Interpolated> {
    return this.#post("/v1/models/{model}/interpolate", { model }, walkBody(query), signal);
  }

  /** The cells of a map in the order of the API's arrays: class ids, or the numbers of the theme. */
  async map(model: string, query: MapQuery, signal?: AbortSignal): Promise<MapArray> {
    const file = await this.#npyFile(`/v1/models/${model}/map?${mapParams(query)}`, signal);
    return query.theme ? parseFloatNpy(file).data : parseNpy(file).data;
  }

  /** The classes of a map as the gateway stores them, with the lengths of its axes. */
  async classMap(model: string, query: Omit<MapQuery, "theme">, signal?: AbortSignal): Promise<ByteArray> {
    return this.#npy(`/v1/models/${model}/map?${mapParams(query)}`, signal);
  }

  /**
   * The same map while it is computed, from coarse to fine.
   *
   * @param grown called with the map so far.
   * @returns the whole map, in the order of the API's arrays.
   */
  async mapStream(
    model: string,
    query: MapQuery,
    grown: (map: TiledMap) => void,
    signal?: AbortSignal,
  ): Promise<MapArray> {
    const init = { ...aborted(signal), headers: { Accept: EVENTS_FORM } };
    const response = await this.#answer(`/v1/models/${model}/map/stream?${mapParams(query)}`, init);
    const map = new TiledMap(query.axes.length, query.resolution, query.theme !== undefined);
    for await (const events of eventsOf(response)) {
      let news = false;
      for (const { event, data } of events) {
        if (event === "done") return map.cells;
        if (event === "problem") throw new ProblemError(JSON.parse(data) as Problem);
        if (event !== "tile") continue;
        map.add(JSON.parse(data) as Tile);
        news = true;
      }
      if (news) grown(map);
    }
    throw new Error("The connection was lost before the map was complete.");
  }

  async activations(model: string, query: ActivationsQuery, signal?: AbortSignal): Promise<Activations> {
    return this.#post("/v1/models/{model}/activations", { model }, query, signal);
  }

  async ablate(model: string, query: SurgeryQuery, signal?: AbortSignal): Promise<Ablated> {
    return this.#post("/v1/models/{model}/ablate", { model }, query, signal);
  }

  /** What the judges say of the images of points. */
  async judge(model: string, query: GenerateQuery, signal?: AbortSignal): Promise<Judged> {
    const body = JSON.stringify(generateBody(query));
    return this.#judged(model, "", { ...aborted(signal), body }, JSON_FORM);
  }

  /**
   * What the judges say of an image.
   *
   * @param image a PNG, JPEG or WebP file.
   */
  async judgeImage(
    model: string,
    image: Blob,
    query: { readonly version: number; readonly label: number | undefined },
    signal?: AbortSignal,
  ): Promise<Judged> {
    const params = new URLSearchParams({ version: String(query.version) });
    if (query.label !== undefined) params.set("label", String(query.label));
    return this.#judged(
      model,
      `?${params}`,
      { ...aborted(signal), body: image },
      image.type || "image/png",
    );
  }

  /** Held-out images at their nearest points: the first thousand, of one class if a label is given. */
  async realImages(
    model: string,
    { version, label }: { readonly version: number; readonly label: number | undefined },
    signal?: AbortSignal,
  ): Promise<RealImageList> {
    const params = {
      version: String(version),
      limit: "1000",
      ...(label === undefined ? {} : { label: String(label) }),
    };
    return this.#get("/v1/models/{model}/real-images", { model }, signal, params);
  }

  /**
   * An image of a data set's test part.
   *
   * @param size pixels a side, as in the images of a model.
   */
  async testImage(dataset: string, index: number, size: number, signal?: AbortSignal): Promise<Blob> {
    const init = { ...aborted(signal), headers: { Accept: "image/png" } };
    const path = `/v1/datasets/${encodeURIComponent(dataset)}/images/test/${index}?size=${size}`;
    return (await this.#answer(path, init)).blob();
  }

  /** @param image a PNG, JPEG or WebP file. */
  async locate(
    model: string,
    image: Blob,
    query: { readonly version: number; readonly label: number | undefined },
    signal?: AbortSignal,
  ): Promise<Located> {
    const params = new URLSearchParams({ version: String(query.version) });
    if (query.label !== undefined) params.set("label", String(query.label));
    const init = {
      ...aborted(signal),
      method: "POST",
      headers: { Accept: JSON_FORM, "Content-Type": image.type || "image/png" },
      body: image,
    };
    return (await this.#answer(`/v1/models/${model}/locate?${params}`, init)).json() as Promise<Located>;
  }

  // Downloads: the same requests, answered as files ------------------------------------------

  /** @param scale of pictures: pixels a side for every one; undefined: 1. */
  async imageFile(
    model: string,
    query: GenerateQuery,
    form: PictureForm,
    scale?: number,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const body = { ...generateBody(query), ...(scale === undefined ? {} : { scale }) };
    return this.#file(`/v1/models/${model}/generate`, form, body, options);
  }

  /** @param scale as for `imageFile`. */
  async walkFile(
    model: string,
    query: WalkQuery,
    form: PictureForm | "image/gif",
    scale?: number,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const body = { ...walkBody(query), ...(scale === undefined ? {} : { scale }) };
    return this.#file(`/v1/models/${model}/interpolate`, form, body, options);
  }

  /** @param scale of the picture: pixels a cell. */
  async mapFile(
    model: string,
    query: MapQuery,
    form: PictureForm,
    scale: number,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const path = `/v1/models/${model}/map?${mapParams(query)}&scale=${scale}`;
    return this.#file(path, form, undefined, options);
  }

  /** A picture that has its recipe in it, with so many pixels a side for every one. */
  async enlarged(picture: Blob, scale: number, signal?: AbortSignal): Promise<Blob> {
    const init = {
      ...aborted(signal),
      method: "POST",
      headers: { Accept: "image/png", "Content-Type": "application/octet-stream" },
      body: picture,
    };
    return (await this.#answer(`/v1/recipes/render?scale=${scale}`, init)).blob();
  }

  /** The images of an epoch; `scale` as for `imageFile`. */
  async snapshotFile(
    run: string,
    epoch: number,
    scale?: number,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const query = scale === undefined ? "" : `?scale=${scale}`;
    return this.#file(`/v1/runs/${run}/snapshots/${epoch}${query}`, "image/png", undefined, options);
  }

  async comparisonFile(experiment: string, metric: Metric): Promise<Blob> {
    return this.#file(`/v1/experiments/${experiment}?metric=${metric}`, "text/csv");
  }

  /** @param which map of runs that draw several, as for `runMap`. */
  async filmFile(
    run: string,
    pictures: "snapshots" | "maps",
    form: FilmFormat,
    which: { readonly label?: number | undefined; readonly at?: Point | undefined } = {},
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const params = new URLSearchParams({ of: pictures });
    if (which.label !== undefined) params.set("label", String(which.label));
    if (which.at !== undefined) params.set("at", which.at.join(","));
    return this.#file(`/v1/runs/${run}/timelapse?${params}`, form, undefined, options);
  }

  /** The film of a map through all versions of a model. */
  async modelFilmFile(
    model: string,
    query: Omit<MapQuery, "version">,
    form: FilmFormat,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const params = mapParams({ ...query, version: undefined });
    return this.#file(`/v1/models/${model}/timelapse?${params}`, form, undefined, options);
  }

  /** A map of an epoch as the run drew it; `which` as for `runMap`. */
  async runMapFile(
    run: string,
    epoch: number,
    which: { readonly label?: number | undefined; readonly at?: Point | undefined },
    form: PictureForm,
    scale: number,
    options: DownloadOptions = {},
  ): Promise<Blob> {
    const params = new URLSearchParams({ scale: String(scale) });
    if (which.label !== undefined) params.set("label", String(which.label));
    if (which.at !== undefined) params.set("at", which.at.join(","));
    return this.#file(`/v1/runs/${run}/maps/${epoch}?${params}`, form, undefined, options);
  }

  async reportFile(run: string, form: "application/json" | "text/markdown"): Promise<Blob> {
    return this.#file(`/v1/runs/${run}/report`, form);
  }

  /** The SavedModel as a zip. */
  async versionFile(model: string, version: number, options: DownloadOptions = {}): Promise<Blob> {
    const path = `/v1/models/${model}/versions/${version}/download`;
    return this.#file(path, "application/zip", undefined, options);
  }

  async epochsFile(run: string): Promise<Blob> {
    return this.#file(`/v1/runs/${run}/epochs`, "text/csv");
  }

  // -------------------------------------------------------------------------------------------

  /** @param path path below the root of the API, such as `/v1/runs`. */
  #url(path: string): string {
    return `${this.#base}${path.slice(1)}`;
  }

  async #answer(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#fetch(this.#url(path), init);
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async #get<P extends keyof paths>(
    template: P,
    params: Record<string, string>,
    signal?: AbortSignal,
    query: Record<string, string> | [string, string][] = {},
  ): Promise<Answer<P, "get">> {
    const search = new URLSearchParams(query).toString();
    const path = filled(template, params) + (search ? `?${search}` : "");
    const init = { ...aborted(signal), headers: { Accept: JSON_FORM } };
    return (await this.#answer(path, init)).json() as Promise<Answer<P, "get">>;
  }

  async #post<P extends keyof paths>(
    template: P,
    params: Record<string, string>,
    body: object,
    signal?: AbortSignal,
    headers: Record<string, string> = {},
  ): Promise<Answer<P, "post">> {
    const init = { ...aborted(signal), ...posted(body, JSON_FORM, headers) };
    return (await this.#answer(filled(template, params), init)).json() as Promise<Answer<P, "post">>;
  }

  async #judged(model: string, search: string, init: RequestInit, form: string): Promise<Judged> {
    const asked = { ...init, method: "POST", headers: { Accept: JSON_FORM, "Content-Type": form } };
    return (await this.#answer(`/v1/models/${model}/judge${search}`, asked)).json() as Promise<Judged>;
  }

  async #npy(path: string, signal?: AbortSignal): Promise<ByteArray> {
    return parseNpy(await this.#npyFile(path, signal));
  }

  async #npyFile(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
    const init = { ...aborted(signal), headers: { Accept: "application/x-npy" } };
    return (await this.#answer(path, init)).arrayBuffer();
  }

  async #file(
    path: string,
    form: string,
    body?: object,
    { signal, progress }: DownloadOptions = {},
  ): Promise<Blob> {
    const asked = body ? posted(body, form) : { headers: { Accept: form } };
    const response = await this.#answer(path, { ...aborted(signal), ...asked });
    return progress ? received(response, progress) : response.blob();
  }

  async #all<K extends string, T>(
    page: (cursor: { cursor?: string }) => Promise<{ [key in K]: T[] } & { next_cursor?: string | null }>,
    key: K,
  ): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | undefined; ; ) {
      const answer = await page(cursor ? { cursor } : {});
      items.push(...answer[key]);
      if (!answer.next_cursor) return items;
      cursor = answer.next_cursor;
    }
  }
}

const JSON_FORM = "application/json";
const EVENTS_FORM = "text/event-stream";

/** Seconds between two looks at a job whose answer says nothing of it. */
const USUAL_WAIT = 1;

function surfaceParams({ network, directions }: SurfaceKind): URLSearchParams {
  return new URLSearchParams({ network, directions });
}

function aborted(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {};
}

function posted(body: object, form: string, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { Accept: form, "Content-Type": JSON_FORM, ...headers },
    body: JSON.stringify(body),
  };
}

function filled(template: string, params: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}
