/** A made-up loss surface: a bent valley with ripples that a training runs down, and a corner that diverges. */
import type { LossSurface, LossSurfaceJob, RunView, SurfaceKind } from "../../api/types.ts";
import { familyRuns } from "./family.ts";
import { type CannedRun, NOW } from "./runs.ts";

const CELLS = 41;

/** In the coordinates of the path: the newest state at (0, 0). */
function lossAtPlace({ network, directions }: SurfaceKind, x: number, y: number): number {
  const bend = y - 0.035 * x * x;
  const ripple = 0.12 * Math.sin(0.9 * x + 0.4 * y) * Math.cos(0.7 * y);
  if (directions === "random") return 0.68 + 2.4 * (x * x + 0.5 * y * y) + ripple * (1 + x * y);
  if (network === "discriminator") return 0.9 + 0.045 * bend * bend + 0.012 * (x + 2) ** 2 + ripple;
  return 0.62 + 0.09 * bend * bend + 0.004 * Math.exp(-0.35 * x) + 0.006 * x * x + ripple;
}

export function cannedSurface(run: RunView, kind: SurfaceKind): LossSurface {
  const reach = kind.directions === "random" ? ([-1, 1] as const) : ([-14, 4] as const);
  const rise = kind.directions === "random" ? ([-1, 1] as const) : ([-5, 9] as const);
  const axis = ([low, high]: readonly [number, number]) =>
    Array.from({ length: CELLS }, (_, cell) => low + ((high - low) * cell) / (CELLS - 1));
  const [xs, ys] = [axis(reach), axis(rise)];
  const epochs = run.states?.epochs ?? [];
  const newest = epochs.at(-1) ?? 0;
  const path = epochs.map((epoch) => {
    const left = 1 - epoch / newest;
    const scale = kind.directions === "random" ? 0.07 : 1;
    const x = -scale * 12.5 * left ** 1.4;
    const y = scale * (6.2 * left ** 1.1 + 1.4 * Math.sin(7 * left));
    return {
      epoch,
      x,
      y,
      distance: 1.9 * Math.sqrt(left) * (1.2 - left),
      loss: lossAtPlace(kind, x, y) - 0.02,
    };
  });
  const diverges = (x: number, y: number) => kind.directions === "path" && x > 3.2 && y < -4;
  return {
    run: run.name,
    ...kind,
    epoch: newest,
    images: 512,
    explained: kind.directions === "path" ? 0.871 : 0.0004,
    axes: [xs, ys],
    loss: ys.map((y) => xs.map((x) => (diverges(x, y) ? null : lossAtPlace(kind, x, y)))),
    path,
    made: NOW.toISOString(),
  };
}

export function cannedJob(run: RunView, kind: SurfaceKind, rows: number): LossSurfaceJob {
  return {
    run: run.name,
    ...kind,
    resolution: CELLS,
    state: rows === 0 ? "queued" : "running",
    progress: { phase: "loss surface", step: rows * CELLS, steps: CELLS * CELLS },
    asked: NOW.toISOString(),
    error: null,
  };
}

/** The family's root while its first loss surface is computed. */
export function computing(): CannedRun[] {
  return familyRuns().map((run) => {
    const job = cannedJob(run.view, { network: "generator", directions: "path" }, 22);
    return { ...run, view: { ...run.view, loss_surface: { results: [], job } } };
  });
}

/** The run with the surfaces that can be read. */
export function withSurfaces(run: RunView, kinds: readonly SurfaceKind[]): RunView {
  const results = kinds.map((kind) => ({
    ...kind,
    resolution: CELLS,
    epoch: run.states?.epochs.at(-1) ?? 0,
    made: NOW.toISOString(),
  }));
  return { ...run, loss_surface: { results, job: null } };
}
