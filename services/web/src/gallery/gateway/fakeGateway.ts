/** A `fetch` that answers like the gateway from canned data, for the gallery and its tests. */
import type { Components, SpecDraft, ThemeView } from "../../api/types.ts";
import { lerp, type Point } from "../../core/latent/vector.ts";
import { completed, valueAt } from "../../core/training/draft.ts";
import previews from "../data/previews.json";
import { ABSENT, DATASETS, PREVIEW, UPLOADED } from "../world/datasets.ts";
import { type CannedExperiment, cancelled, cannedExperiment } from "../world/experiments.ts";
import { mapCells, refinedCells } from "../world/field.ts";
import { ablatedOf, activationsOf, locatedOf } from "../world/layers.ts";
import { tilesOf } from "../world/mapStream.ts";
import { pngOf } from "../world/pictures.ts";
import { realImagePng, realImagesOf } from "../world/realImages.ts";
import { cannedReport } from "../world/report.ts";
import { comparisonOfRuns } from "../world/runComparison.ts";
import { type CannedRun, cannedModels, cannedRun } from "../world/runs.ts";
import { judgementOf, themeCells, themesOf } from "../world/themes.ts";
import {
  enlarged,
  errorsOf,
  events,
  film,
  generated,
  labelOf,
  metricOf,
  runMap,
  samples,
  scaleOf,
  snapshot,
} from "./answers.ts";
import { growthRoutes } from "./growth.ts";
import { filmFile, json, npy, png, problem, untilAborted } from "./responses.ts";

export interface FakeOptions {
  readonly runs: readonly CannedRun[];
  /** Experiments with their runs. */
  readonly experiments?: readonly CannedExperiment[];
  /** Requests are answered with 401 until this key is given. */
  readonly key?: string;
  /** No request is answered. */
  readonly offline?: boolean;
  /** Requests never end. */
  readonly silent?: boolean;
  /** There is an uploaded data set. */
  readonly uploaded?: boolean;
  /** The model server is down. */
  readonly unserved?: boolean;
  /** Maps begin to arrive and then stop. */
  readonly stalled?: boolean;
  /** Fine maps never arrive. */
  readonly refining?: boolean;
  /** Loss surfaces that are asked for are never done. */
  readonly surfaceStalled?: boolean;
  /** A search for the place of a drawing never ends. */
  readonly searching?: boolean;
}

type Handler = (request: Request, match: RegExpExecArray, url: URL) => Promise<Response> | Response;

export function fakeGateway(options: FakeOptions): typeof fetch {
  const experiments = new Map((options.experiments ?? []).map((one) => [one.summary.name, one]));
  const runs = new Map(
    [...options.runs, ...[...experiments.values()].flatMap((one) => one.runs)].map((run) => [
      run.view.name,
      run,
    ]),
  );
  const datasets = new Map(
    [...DATASETS, ABSENT, ...(options.uploaded ? [{ ...UPLOADED, name: "landscapes" }] : [])].map((one) => [
      one.name,
      one,
    ]),
  );
  const routes: [string, RegExp, Handler][] = [
    ["GET", /^\/healthz$/, () => json({ status: "ok" })],
    ["GET", /^\/v1\/datasets$/, () => json({ datasets: [...datasets.values()], next_cursor: null })],
    ["POST", /^\/v1\/dataset-previews$/, () => json(PREVIEW, 201)],
    ["GET", /^\/v1\/dataset-previews\/([^/]+)\/samples$/, () => snapshot(50)],
    ["POST", /^\/v1\/dataset-previews\/([^/]+)\/discard$/, () => new Response(null, { status: 204 })],
    [
      "POST",
      /^\/v1\/dataset-previews\/([^/]+)\/keep$/,
      async (request) => {
        const { name, classes } = (await request.json()) as Components["KeepDataset"];
        if (datasets.has(name)) {
          return problem(409, `There is a data set named '${name}' already; choose another name.`);
        }
        const names = UPLOADED.classes.map((one) => classes?.[one] ?? one);
        datasets.set(name, { ...UPLOADED, name, classes: names });
        return json({ ...UPLOADED, name, classes: names }, 201);
      },
    ],
    [
      "DELETE",
      /^\/v1\/datasets\/([^/]+)$/,
      (_, [, name = ""]) => {
        datasets.delete(name);
        return new Response(null, { status: 204 });
      },
    ],
    ["GET", /^\/v1\/datasets\/([^/]+)\/samples$/, (_, [, name = ""]) => samples(datasets.get(name))],
    [
      "GET",
      /^\/v1\/runs$/,
      () => json({ runs: [...runs.values()].map(({ view }) => view), next_cursor: null }),
    ],
    ["POST", /^\/v1\/runs\/preview$/, async (request) => preview((await request.json()) as SpecDraft)],
    ["POST", /^\/v1\/runs$/, async (request) => submit((await request.json()) as SpecDraft)],
    ["GET", /^\/v1\/runs\/([^/]+)$/, (_, [, name]) => withRun(name, ({ view }) => json(view))],
    ["DELETE", /^\/v1\/runs\/([^/]+)$/, (_, [, name]) => withRun(name, () => remove(name))],
    ["POST", /^\/v1\/runs\/([^/]+)\/(pause|resume|cancel)$/, (_, [, name, verb]) => control(name, verb)],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/epochs$/,
      (_, [, name]) => withRun(name, ({ epochs }) => json({ epochs })),
    ],
    ["GET", /^\/v1\/runs\/([^/]+)\/report$/, (_, [, name]) => withRun(name, ({ view }) => reportOf(view))],
    ["GET", /^\/v1\/runs\/([^/]+)\/events$/, (_, [, name]) => withRun(name, events)],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/timelapse$/,
      (request, [, name]) => withRun(name, (run) => film(run, request)),
    ],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/snapshots\/(\d+)$/,
      (_, [, , epoch], url) => snapshot(Number(epoch), scaleOf(url)),
    ],
    [
      "POST",
      /^\/v1\/recipes\/render$/,
      async (request, _, url) => enlarged(await request.blob(), scaleOf(url)),
    ],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/maps\/(\d+)$/,
      (_, [, name, epoch], url) => withRun(name, (run) => runMap(run, Number(epoch), url)),
    ],
    ["GET", /^\/v1\/comparison$/, (_, __, url) => comparison(url)],
    [
      "GET",
      /^\/v1\/experiments$/,
      () =>
        json({ experiments: [...experiments.values()].map(({ summary }) => summary), next_cursor: null }),
    ],
    ["POST", /^\/v1\/experiments$/, async (request) => experiment((await request.json()) as SpecDraft)],
    [
      "GET",
      /^\/v1\/experiments\/([^/]+)$/,
      (_, [, name], url) => withExperiment(name, (one) => json(one.view(metricOf(url)))),
    ],
    [
      "POST",
      /^\/v1\/experiments\/([^/]+)\/cancel$/,
      (_, [, name]) =>
        withExperiment(name, (one) => {
          const stopped = cancelled(one);
          experiments.set(stopped.summary.name, stopped);
          return json(stopped.view("weak_test_error"), 202);
        }),
    ],
    [
      "DELETE",
      /^\/v1\/experiments\/([^/]+)$/,
      (_, [, name], url) =>
        withExperiment(name, (one) => {
          experiments.delete(name ?? "");
          const too = url.searchParams.get("runs") === "true" ? one.runs : [];
          for (const { view } of too) runs.delete(view.name);
          return new Response(null, { status: 204 });
        }),
    ],
    [
      "GET",
      /^\/v1\/models\/([^/]+)\/versions\/(\d+)\/download$/,
      () => new Response("PK", { headers: { "Content-Type": "application/zip" } }),
    ],
    ["GET", /^\/v1\/models$/, () => json({ models: cannedModels([...runs.values()]), next_cursor: null })],
    ["GET", /^\/v1\/models\/([^/]+)$/, (_, [, name]) => model(name)],
    ["POST", /^\/v1\/models\/([^/]+)\/generate$/, async (request, [, name]) => generate(name, request)],
    [
      "POST",
      /^\/v1\/models\/([^/]+)\/interpolate$/,
      async (request, [, name]) => interpolate(name, request),
    ],
    [
      "GET",
      /^\/v1\/models\/([^/]+)\/timelapse$/,
      (request, _, url) =>
        url.searchParams.has("version")
          ? problem(422, "The request is not valid.", [{ path: "version", message: "is not for films" }])
          : filmFile(request.headers.get("Accept") ?? ""),
    ],
    ["GET", /^\/v1\/models\/([^/]+)\/map$/, (request, _, url) => map(request, url)],
    ["GET", /^\/v1\/models\/([^/]+)\/map\/stream$/, (_, __, url) => mapStream(url)],
    [
      "POST",
      /^\/v1\/models\/([^/]+)\/activations$/,
      async (request, [, name = ""]) => {
        const body = await request.json();
        return json(await activationsOf(name, body.version, body));
      },
    ],
    [
      "POST",
      /^\/v1\/models\/([^/]+)\/ablate$/,
      async (request, [, name = ""]) => {
        const body = await request.json();
        return body.map?.theme === "real_images"
          ? problem(422, "The request is not valid.", [
              { path: "map.theme", message: "'real_images' does not depend on layers" },
            ])
          : json(await ablatedOf(name, body.version, body));
      },
    ],
    [
      "POST",
      /^\/v1\/models\/([^/]+)\/judge$/,
      async (request, [, name = ""], url) => judge(name, request, url),
    ],
    ["GET", /^\/v1\/models\/([^/]+)\/real-images$/, (_, [, name = ""], url) => realImages(name, url)],
    [
      "GET",
      /^\/v1\/datasets\/[^/]+\/images\/test\/(\d+)$/,
      async (_, [, index]) => png(await realImagePng(Number(index))),
    ],
    ["POST", /^\/v1\/models\/([^/]+)\/locate$/, (_, [, name = ""], url) => locate(name, url)],
    ...growthRoutes(runs, options.surfaceStalled ?? false),
  ];

  return async (input, init) => {
    const request = new Request(input, init);
    if (options.offline) throw new TypeError("Failed to fetch");
    if (options.silent) return new Promise(() => undefined);
    if (options.key && request.headers.get("Authorization") !== `Bearer ${options.key}`) {
      return problem(401, "No API key, or an unknown one.");
    }
    const url = new URL(request.url);
    const path = url.pathname.slice(Math.max(0, url.pathname.search(/\/(v1|healthz)/)));
    for (const [method, pattern, handle] of routes) {
      const match = pattern.exec(path);
      if (match && method === request.method) return handle(request, match, url);
    }
    return problem(404, `There is no ${path}.`);
  };

  function reportOf(view: CannedRun["view"]): Response {
    return view.state === "succeeded"
      ? json(cannedReport(view))
      : problem(404, `Run '${view.name}' has no report yet; it is written at its end.`);
  }

  function withRun(name: string | undefined, answer: (run: CannedRun) => Response): Response {
    const run = runs.get(name ?? "");
    return run ? answer(run) : problem(404, `There is no run named '${name}'.`);
  }

  function comparison(url: URL): Response {
    const names = url.searchParams.getAll("run");
    const found = names.flatMap((name) => runs.get(name) ?? []);
    if (found.length < names.length) return problem(404, "There is no run of one of these names.");
    return json(comparisonOfRuns(found, metricOf(url)));
  }

  function withExperiment(
    name: string | undefined,
    answer: (experiment: CannedExperiment) => Response,
  ): Response {
    const found = experiments.get(name ?? "");
    return found ? answer(found) : problem(404, `There is no experiment named '${name}'.`);
  }

  function experiment(spec: SpecDraft): Response {
    const name = String(spec.name);
    const bad = Object.entries(spec.vary as SpecDraft).flatMap(([path, values]) =>
      (values as unknown as unknown[]).flatMap((value, index) =>
        typeof value === "number" && value < 0
          ? [{ path: `vary.${path}.${index}`, message: `must be greater than 0, not ${value}` }]
          : [],
      ),
    );
    if (bad.length > 0) return problem(422, "The experiment is not valid.", bad);
    const made = cannedExperiment(name);
    experiments.set(name, made);
    for (const run of made.runs) runs.set(run.view.name, run);
    return json(made.view("weak_test_error"), 202);
  }

  function remove(name: string | undefined): Response {
    runs.delete(name ?? "");
    return new Response(null, { status: 204 });
  }

  function control(name: string | undefined, verb: string | undefined): Response {
    return withRun(name, (run) => {
      const resumed = run.view.started ? "running" : "queued";
      const state = verb === "pause" ? "paused" : verb === "resume" ? resumed : "cancelled";
      const position = state === "queued" ? 1 : null;
      const view = { ...run.view, state, position, starts_in: null } as CannedRun["view"];
      runs.set(view.name, { ...run, view });
      return json(view, 202);
    });
  }

  function preview(spec: SpecDraft): Response {
    const errors = errorsOf(spec);
    if (errors.length > 0) return problem(422, "The training spec is not valid.", errors);
    const dim = Number(valueAt(spec, "latent.dim") ?? 2);
    const conditional = valueAt(spec, "network.conditioning") === "projection" ? "3p" : "3c";
    const key = spec.conditional ? conditional : (String(Math.min(4, Math.max(2, dim))) as "2" | "3" | "4");
    const canned = previews[key];
    return json({ ...canned, spec: completed(spec, canned.spec as unknown as SpecDraft) });
  }

  function submit(spec: SpecDraft): Response {
    const name = String(spec.name);
    if (runs.has(name)) return problem(409, `There is a run named '${name}' already; choose another name.`);
    const run = cannedRun({ name, state: "queued", epoch: 0, hoursAgo: 0 });
    runs.set(name, run);
    return json(run.view, 202);
  }

  function model(name: string | undefined): Response {
    const found = cannedModels([...runs.values()]).find((one) => one.name === name);
    return found ? json(found) : problem(404, `There is no model named '${name}'.`);
  }

  async function generate(name: string | undefined, request: Request): Promise<Response> {
    if (options.unserved) return problem(503, "The model server does not answer.");
    const { points, labels, version, scale } = (await request.json()) as {
      points: Point[];
      labels?: number[];
      version: number;
      scale?: number;
    };
    if (request.headers.get("Accept") === "image/png")
      return enlarged(await pngOf(points, points.length, version, labels?.[0]), scale);
    return json(await generated(name, points, version, labels?.[0]));
  }

  async function interpolate(name: string | undefined, request: Request): Promise<Response> {
    if (options.unserved) return problem(503, "The model server does not answer.");
    const { start, end, steps, label, version, scale } = (await request.json()) as {
      start: Point;
      end: Point;
      steps: number;
      label?: number;
      version: number;
      scale?: number;
    };
    const points = Array.from({ length: steps }, (_, index) => lerp(start, end, index / (steps - 1)));
    if (request.headers.get("Accept") === "image/png")
      return enlarged(await pngOf(points, steps, version, label), scale);
    if (request.headers.get("Accept") === "image/gif") return filmFile("image/gif");
    const answer = await generated(name, points, version, label);
    const crossings = answer.classes.flatMap((after, index) => {
      const before = answer.classes[index - 1];
      if (!before || before.index === after.index) return [];
      return [{ t: (index - 0.5) / (steps - 1), from: before.label, to: after.label }];
    });
    return json({ ...answer, crossings });
  }

  /** The cells that a request for a map asks for. */
  function cellsOf(url: URL) {
    const numbers = (key: string) => (url.searchParams.get(key) ?? "").split(",").map(Number);
    const axes = numbers("axes");
    const resolution = Number(url.searchParams.get("resolution"));
    const [low = -1, high = 1] = numbers("range");
    const version = Number(url.searchParams.get("version"));
    const theme = themeOf(url);
    const rest = [axes, resolution, [low, high], numbers("at"), version, labelOf(url)] as const;
    const flat = axes.length === 2;
    const drawn = flat && url.searchParams.get("refine") === "adaptive" ? refinedCells : mapCells;
    const cells = theme?.kind === "scalar" ? themeCells(theme.name, ...rest) : drawn(...rest);
    return { axes, resolution, cells };
  }

  function themeOf(url: URL): ThemeView | undefined {
    const name = url.searchParams.get("theme");
    return name === null
      ? undefined
      : themesOf(Number(url.searchParams.get("version"))).find((theme) => theme.name === name);
  }

  /** undefined: the theme is one that the version has. */
  function refusedTheme(url: URL): Response | undefined {
    const name = url.searchParams.get("theme");
    if (name === null || themeOf(url)) return undefined;
    return problem(422, "The request is not valid.", [
      { path: "theme", message: `there is no theme '${name}' in this version` },
    ]);
  }

  function map(request: Request, url: URL): Promise<Response> | Response {
    if (options.unserved) return problem(503, "The model server does not answer.");
    const refused = refusedTheme(url);
    if (refused) return refused;
    if (options.refining && url.searchParams.has("refine")) return untilAborted(request);
    const { axes, resolution, cells } = cellsOf(url);
    return npy(
      axes.map(() => resolution),
      cells,
    );
  }

  function mapStream(url: URL): Response {
    if (options.unserved) return problem(503, "The model server does not answer.");
    const refused = refusedTheme(url);
    if (refused) return refused;
    const { axes, resolution, cells } = cellsOf(url);
    const text = new TextEncoder();
    const events = tilesOf(cells, axes.length, resolution);
    const body = new ReadableStream({
      pull(controller) {
        const event = events.shift();
        if (event === undefined || (options.stalled && events.length < 3)) {
          // A map that is never complete, so that its half-drawn state can be seen.
          if (!options.stalled) controller.close();
          return new Promise<void>((resolve) => {
            if (!options.stalled) resolve();
          });
        }
        controller.enqueue(text.encode(event));
        return undefined;
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }

  function lacking(version: number, what: string): Response {
    const message = `${version} was exported without ${what}`;
    return problem(422, "The request is not valid.", [{ path: "version", message }]);
  }

  async function judge(name: string, request: Request, url: URL): Promise<Response> {
    if (options.unserved) return problem(503, "The model server does not answer.");
    // Of an image it says what it would say of the place that `locate` finds.
    const drawn = { points: [[-0.62, 0.34]], version: Number(url.searchParams.get("version")) };
    const asked = request.headers.get("Content-Type")?.startsWith("image/") ? drawn : await request.json();
    const { points, labels, version } = asked as { points: Point[]; labels?: number[]; version: number };
    if (themesOf(version).length < 2) {
      return lacking(version, "its judges");
    }
    const judgements = points.map((point, index) => judgementOf(point, version, labels?.[index]));
    return json({ model: name, version, judgements });
  }

  function realImages(name: string, url: URL): Response {
    const found = cannedModels([...runs.values()]).find((one) => one.name === name);
    const version = Number(url.searchParams.get("version"));
    if (!found || themesOf(version).length < 2) {
      return lacking(version, "the points of real images");
    }
    return json(realImagesOf(found, version, labelOf(url)));
  }

  async function locate(name: string, url: URL): Promise<Response> {
    const found = cannedModels([...runs.values()]).find((one) => one.name === name);
    if (!found) return problem(404, `There is no model named '${name}'.`);
    if (options.searching) return new Promise(() => undefined);
    return json(
      await locatedOf(name, Number(url.searchParams.get("version")), found.latent_dim, labelOf(url)),
    );
  }
}
