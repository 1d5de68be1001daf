/** What is known of one run: the API's record, updated by the run's events. Applying an event twice is safe. */
import type { Components } from "../../api/types.ts";
import type { ServerEvent } from "../requests/serverEvents.ts";
import { STATES } from "../vocabulary/states.ts";

type RunView = Components["RunView"];
type EpochFigures = Components["EpochFigures"];
type Progress = Components["Progress"];
type Warning = Components["RunWarning"];

export interface RunRecord {
  readonly run: RunView;
  readonly epochs: readonly EpochFigures[];
  /** Number of the newest event that was applied. */
  readonly lastEvent: number;
  readonly report: Readonly<Record<string, unknown>> | undefined;
}

interface Payloads {
  state: {
    id: number;
    at: string;
    state: RunView["state"];
    progress?: Progress | null;
    error?: string | null;
  };
  epoch: { id: number; figures: EpochFigures };
  snapshot: { id: number; epoch: number };
  map: { id: number; epoch: number; change: number | null; shares: Record<string, number> };
  export: { id: number; model: string; version: number };
  warning: { id: number } & Warning;
  report: { id: number; report: Record<string, unknown> };
}

export function isFinished(run: Pick<RunView, "state">): boolean {
  return STATES[run.state].ended;
}

/** A failed run, too: the cause, such as a full disk, may have been fixed. */
export function isResumable(run: Pick<RunView, "state">): boolean {
  return run.state === "paused" || run.state === "failed";
}

export function recordOf(run: RunView, epochs: readonly EpochFigures[]): RunRecord {
  return { run, epochs, lastEvent: run.last_event ?? 0, report: undefined };
}

/** Applies events that arrived together. */
export function advanced(picture: RunRecord, events: readonly ServerEvent[]): RunRecord {
  return events.reduce(step, picture);
}

function step(picture: RunRecord, event: ServerEvent): RunRecord {
  const payload = parsed(event);
  const id = payload?.id ?? 0;
  const change = changes[event.event as keyof Payloads] as
    | ((p: RunRecord, e: unknown) => RunRecord)
    | undefined;
  if (!payload || !change) return picture;
  // A stored event that was already applied; progress has number 0 and is always new.
  if (id > 0 && id <= picture.lastEvent) return picture;
  const next = change(picture, payload);
  return { ...next, lastEvent: Math.max(next.lastEvent, id) };
}

function parsed(event: ServerEvent): { id?: number } | undefined {
  try {
    return JSON.parse(event.data) as { id?: number };
  } catch {
    return undefined;
  }
}

const changes: { [K in keyof Payloads]: (picture: RunRecord, event: Payloads[K]) => RunRecord } = {
  state(picture, event) {
    const started = picture.run.started ?? (event.state === "running" ? event.at : null);
    const settled = event.id > 0 && event.state !== picture.run.state;
    return withRun(picture, {
      state: event.state,
      started,
      ended: isFinished(event) ? (picture.run.ended ?? event.at ?? null) : null,
      request: settled ? null : picture.run.request,
      error: event.error ?? (isFinished(event) ? picture.run.error : null),
      progress: event.progress ?? picture.run.progress,
    });
  },
  epoch(picture, { figures }) {
    const epochs = insertedEpoch(picture.epochs, figures);
    const recent = epochs.slice(-5);
    const seconds = recent.reduce((sum, epoch) => sum + epoch.seconds, 0) / recent.length;
    return {
      ...withRun(picture, {
        epoch: Math.max(picture.run.epoch, figures.epoch),
        metrics: figures,
        seconds_per_epoch: seconds,
        eta: seconds * Math.max(0, picture.run.epochs - figures.epoch),
      }),
      epochs,
    };
  },
  snapshot: (picture, { epoch }) => withRun(picture, { snapshots: inserted(picture.run.snapshots, epoch) }),
  map: (picture, { epoch }) => withRun(picture, { maps: inserted(picture.run.maps, epoch) }),
  export: (picture, { version }) => withRun(picture, { versions: inserted(picture.run.versions, version) }),
  warning(picture, { code, message, epoch }) {
    const known = picture.run.warnings.some((one) => one.code === code && one.epoch === epoch);
    if (known) return picture;
    return withRun(picture, {
      warnings: [...picture.run.warnings, { code, message, epoch: epoch ?? null }],
    });
  },
  report: (picture, { report }) => ({ ...picture, report }),
};

function withRun(picture: RunRecord, change: Partial<RunView>): RunRecord {
  return { ...picture, run: { ...picture.run, ...change } };
}

function inserted(sorted: readonly number[], value: number): number[] {
  if (sorted.includes(value)) return [...sorted];
  return [...sorted, value].sort((a, b) => a - b);
}

/** An epoch that was repeated after a crash replaces the old one. */
function insertedEpoch(epochs: readonly EpochFigures[], figures: EpochFigures): EpochFigures[] {
  const others = epochs.filter((epoch) => epoch.epoch !== figures.epoch);
  return [...others, figures].sort((a, b) => a.epoch - b.epoch);
}

/** Share of the whole training that is done, 0 to 1, including the current epoch. */
export function shareDone(run: Pick<RunView, "epoch" | "epochs" | "progress" | "state">): number {
  if (run.state === "succeeded") return 1;
  const { step: done, steps } = run.progress;
  const within = steps && done && !isFinished(run) ? Math.min(1, done / steps) : 0;
  return Math.min(1, (run.epoch + within) / Math.max(1, run.epochs));
}

/** The newest epoch of `available` that is not after `wanted`; the newest of all if `wanted` is undefined. */
export function nearestEpoch(available: readonly number[], wanted: number | undefined): number | undefined {
  if (wanted === undefined) return available.at(-1);
  return available.findLast((epoch) => epoch <= wanted) ?? available[0];
}
