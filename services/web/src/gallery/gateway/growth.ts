/** Answers about runs that go on: extensions, forks, training states, and loss surfaces. */
import type { Components, RunView, SpecDraft, StepSizes, SurfaceKind } from "../../api/types.ts";
import { isChangeable } from "../../core/growth/forking.ts";
import { completed, valueAt } from "../../core/training/draft.ts";
import { settingsOf } from "../../core/training/settings.ts";
import previews from "../data/previews.json";
import { type CannedRun, cannedRun } from "../world/runs.ts";
import { cannedJob, cannedSurface, withSurfaces } from "../world/surface.ts";
import { errorsOf } from "./answers.ts";
import { json, problem } from "./responses.ts";

type Runs = Map<string, CannedRun>;
type Route = [
  string,
  RegExp,
  (request: Request, match: RegExpExecArray, url: URL) => Promise<Response> | Response,
];
type Continuation = Components["Continuation"];
type Errors = { path: string; message: string }[];

/** Looks at a job until its surface is there. */
const LOOKS = 3;

/** @param stalled jobs for loss surfaces never end. */
export function growthRoutes(runs: Runs, stalled: boolean): Route[] {
  const looks = new Map<string, number>();
  const withRun = (name: string | undefined, answer: (run: CannedRun) => Promise<Response> | Response) => {
    const run = runs.get(name ?? "");
    return run ? answer(run) : problem(404, `There is no run named '${name}'.`);
  };
  const changed = (run: CannedRun, change: Partial<RunView>) => {
    const view = { ...run.view, ...change };
    runs.set(view.name, { ...run, view });
    return view;
  };

  return [
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/extend\/preview$/,
      async (request, [, name]) => {
        const { epochs } = await request.json();
        return withRun(name, ({ view }) => extension(view, epochs));
      },
    ],
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/extend$/,
      async (request, [, name]) => {
        const { epochs } = await request.json();
        return withRun(name, (run) => {
          const extended_at = [...(run.view.extended_at ?? []), run.view.epoch];
          return json(
            changed(run, { state: "queued", epochs, extended_at, position: 1, starts_in: 70 }),
            202,
          );
        });
      },
    ],
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/fork\/preview$/,
      async (request, [, name]) => {
        const asked = (await request.json()) as Asked;
        return withRun(name, ({ view }) => planOf(view, asked));
      },
    ],
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/fork$/,
      async (request, [, name]) => {
        if (!request.headers.has("Idempotency-Key")) return problem(400, "The page gives no key.");
        const asked = (await request.json()) as Asked;
        return withRun(name, async ({ view }) => {
          const answer = planOf(view, asked);
          if (!answer.ok) return answer;
          if (runs.has(asked.name)) {
            return problem(409, `There is a run named '${asked.name}' already; choose another name.`);
          }
          const plan = (await answer.json()) as Continuation;
          const fork = cannedRun({
            name: asked.name,
            state: "queued",
            dataset: view.spec.dataset,
            epoch: plan.epoch,
            epochs: plan.spec.epochs ?? 0,
            hoursAgo: 0,
            lineage: [{ run: view.name, epoch: plan.epoch }, ...(view.lineage ?? [])],
            origin: { changes: plan.changes, taken_over: plan.taken_over },
          });
          runs.set(asked.name, fork);
          return json(fork.view, 202);
        });
      },
    ],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/states$/,
      (_, [, name]) =>
        withRun(name, ({ view }) => {
          const { epochs = [], bytes = 0 } = view.states ?? {};
          return json({ states: epochs.map((epoch) => ({ epoch, bytes: bytes / epochs.length })), bytes });
        }),
    ],
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/states\/prune$/,
      (_, [, name]) =>
        withRun(name, (run) => {
          const { epochs = [], bytes = 0 } = run.view.states ?? {};
          const kept = epochs.slice(-1);
          changed(run, { states: { epochs: kept, bytes: bytes / epochs.length } });
          const freed = (bytes * (epochs.length - 1)) / epochs.length;
          return json({ removed: epochs.slice(0, -1), kept, freed });
        }),
    ],
    [
      "GET",
      /^\/v1\/runs\/([^/]+)\/loss-surface$/,
      (_, [, name], url) =>
        withRun(name, (run) => {
          const kind = kindOf(url);
          if (isOf(run.view.loss_surface?.results ?? [], kind)) return json(cannedSurface(run.view, kind));
          if (!isOf([run.view.loss_surface?.job], kind))
            return problem(404, "No loss surface was asked for.");
          const seen = looks.get(run.view.name) ?? (stalled ? 2 : 0);
          if (!stalled) looks.set(run.view.name, seen + 1);
          if (seen < LOOKS) return waits(cannedJob(run.view, kind, seen * 11));
          const done = withSurfaces(run.view, [kind]);
          changed(run, { loss_surface: done.loss_surface ?? null });
          return json(cannedSurface(run.view, kind));
        }),
    ],
    [
      "POST",
      /^\/v1\/runs\/([^/]+)\/loss-surface$/,
      async (request, [, name]) => {
        const kind = (await request.json()) as SurfaceKind;
        return withRun(name, (run) => {
          const job = cannedJob(run.view, kind, 0);
          looks.delete(run.view.name);
          changed(run, { loss_surface: { results: run.view.loss_surface?.results ?? [], job } });
          return json(job, 202);
        });
      },
    ],
    [
      "DELETE",
      /^\/v1\/runs\/([^/]+)\/loss-surface$/,
      (_, [, name]) =>
        withRun(name, (run) => {
          changed(run, { loss_surface: { results: [], job: null } });
          return new Response(null, { status: 204 });
        }),
    ],
  ];
}

interface Asked {
  readonly name: string;
  readonly epoch: number;
  readonly epochs?: number;
  readonly changes: SpecDraft;
}

function kindOf(url: URL): SurfaceKind {
  return Object.fromEntries(url.searchParams) as unknown as SurfaceKind;
}

function isOf(found: readonly (SurfaceKind | null | undefined)[], kind: SurfaceKind): boolean {
  return found.some((one) => one?.network === kind.network && one.directions === kind.directions);
}

function waits(job: Components["LossSurfaceJob"]): Response {
  return new Response(JSON.stringify(job), {
    status: 202,
    headers: { "Content-Type": "application/json", "Retry-After": "0.3" },
  });
}

function extension(run: RunView, epochs: number): Response {
  if (!Number.isInteger(epochs)) return refused([{ path: "epochs", message: "must be a whole number" }]);
  if (epochs <= run.epoch) {
    const message = `must be more than ${run.epoch}, the epochs that are trained already`;
    return refused([{ path: "epochs", message }]);
  }
  const before = run.spec as unknown as SpecDraft;
  return json(continuation(run, run.epoch, before, { ...before, epochs }));
}

function planOf(run: RunView, { name, epoch, epochs, changes }: Asked): Response {
  const before = run.spec as unknown as SpecDraft;
  const trained = run.epochs > epoch ? run.epochs : 2 * epoch;
  const after: SpecDraft = { ...merged(before, changes), name, epochs: epochs ?? trained };
  const errors: Errors = errorsOf(after).map(({ path, message }) => ({
    path: path === "name" || path === "epochs" ? path : `changes.${path}`,
    message,
  }));
  const rate = valueAt(after, "optimizer.generator.learning_rate");
  if (typeof rate !== "number" || rate <= 0) {
    const message = "must be greater than 0";
    errors.push({ path: "changes.optimizer.generator.learning_rate", message });
  }
  if (errors.length === 0 && Number(after.epochs) <= epoch) {
    const message = `must be more than ${epoch}, the epoch that the fork starts at`;
    errors.push({ path: "epochs", message });
  }
  return errors.length > 0 ? refused(errors) : json(continuation(run, epoch, before, after));
}

function refused(errors: Errors): Response {
  return problem(422, errors.map(({ path, message }) => `${path}: ${message}`).join("; "), errors);
}

function merged(under: SpecDraft, changes: SpecDraft): SpecDraft {
  const both = { ...under };
  for (const [key, value] of Object.entries(changes)) {
    const was = both[key];
    const branches = typeof value === "object" && value !== null && typeof was === "object" && was !== null;
    const other = branches && "name" in value && value.name !== was.name;
    both[key] = !branches ? value : other ? { ...withoutAdam(was), ...value } : merged(was, value);
  }
  return both;
}

/** What optimisers of any name have. */
function withoutAdam({ learning_rate = 0.0001, schedule = "constant" }: SpecDraft): SpecDraft {
  return { learning_rate, schedule };
}

function continuation(run: RunView, epoch: number, before: SpecDraft, after: SpecDraft): Continuation {
  const was = new Map(settingsOf(before));
  const changes = settingsOf(after)
    .filter(([path, value]) => path !== "name" && isChangeable(path) && was.get(path) !== value)
    .map(([path]) => ({ field: path, before: valueAt(before, path) ?? null, after: valueAt(after, path) }));
  const same = (network: string) =>
    valueAt(before, `optimizer.${network}.name`) === valueAt(after, `optimizer.${network}.name`)
      ? "taken"
      : "begun_anew";
  const averages = [before, after].map((spec) => Boolean(valueAt(spec, "regularization.ema")));
  return {
    run: run.name,
    epoch,
    spec: completed(after, before) as unknown as Continuation["spec"],
    changes,
    taken_over: {
      generator_optimizer: same("generator"),
      discriminator_optimizer: same("discriminator"),
      average: !averages[1] ? "none" : averages[0] ? "taken" : "begun_anew",
    },
    step_sizes: sizesOf(before, epoch, after),
    state_bytes: previews[2].state_bytes,
  };
}

function sizesOf(before: SpecDraft, epoch: number, after: SpecDraft): StepSizes {
  const epochs = Array.from({ length: Number(after.epochs) }, (_, index) => index + 1);
  const size = (network: string, number: number) => {
    const spec = number <= epoch ? before : after;
    const rate = Number(valueAt(spec, `optimizer.${network}.learning_rate`));
    const falls = valueAt(spec, `optimizer.${network}.schedule`) === "cosine";
    return falls ? (rate * (1 + Math.cos((Math.PI * (number - 1)) / Number(spec.epochs)))) / 2 : rate;
  };
  const words = (network: string, name: string) => {
    const [last, next] = [size(network, epoch), size(network, epoch + 1)].map((one) => one.toPrecision(2));
    const falls = valueAt(after, `optimizer.${network}.schedule`) === "cosine";
    const end = falls ? `, and falls to zero until epoch ${after.epochs}` : "";
    return last === next
      ? `${name} stays ${Number(next)}${end}.`
      : `${name} was ${Number(last)} in epoch ${epoch}, is ${Number(next)} in epoch ${epoch + 1}${end}.`;
  };
  return {
    epochs,
    generator: epochs.map((number) => size("generator", number)),
    discriminator: epochs.map((number) => size("discriminator", number)),
    goes_on_after: epoch,
    words:
      words("generator", "") === words("discriminator", "")
        ? words("generator", "Both step sizes")
            .replace(" stays ", " stay ")
            .replace(" was ", " were ")
            .replace(" is ", " are ")
            .replace("falls", "fall")
        : `${words("generator", "The generator's step size")} ${words("discriminator", "The discriminator's")}`,
  };
}
