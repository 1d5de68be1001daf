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
export function withEvents(record: RunRecord, events: readonly ServerEvent[]): RunRecord {
  return events.reduce(applyEvent, record);
}

function applyEvent(record: RunRecord, event: ServerEvent): RunRecord {
  const payload = parsed(event);
  const id = payload?.id ?? 0;
  const handle = handlers[event.event as keyof Payloads] as
    | ((p: RunRecord, e: unknown) => RunRecord)
    | undefined;
  if (!payload || !handle) return record;
  // A stored event that was already applied; progress has number 0 and is always new.
  if (id > 0 && id <= record.lastEvent) return record;
  const next = handle(record, payload);
  return { ...next, lastEvent: Math.max(next.lastEvent, id) };
}

function parsed(event: ServerEvent): { id?: number } | undefined {
  try {
    return JSON.parse(event.data) as { id?: number };
  } catch {
    return undefined;
  }
}

const handlers: { [K in keyof Payloads]: (record: RunRecord, event: Payloads[K]) => RunRecord } = {
  state(record, event) {
    const started = record.run.started ?? (event.state === "running" ? event.at : null);
    const settled = event.id > 0 && event.state !== record.run.state;
    return withRun(record, {
      state: event.state,
      started,
      ended: isFinished(event) ? (record.run.ended ?? event.at ?? null) : null,
      request: settled ? null : record.run.request,
      error: event.error ?? (isFinished(event) ? record.run.error : null),
      progress: event.progress ?? record.run.progress,
    });
  },
  epoch(record, { figures }) {
    const epochs = insertedEpoch(record.epochs, figures);
    const recent = epochs.slice(-5);
    const seconds = recent.reduce((sum, epoch) => sum + epoch.seconds, 0) / recent.length;
    return {
      ...withRun(record, {
        epoch: Math.max(record.run.epoch, figures.epoch),
        metrics: figures,
        seconds_per_epoch: seconds,
        eta: seconds * Math.max(0, record.run.epochs - figures.epoch),
      }),
      epochs,
    };
  },
  snapshot: (record, { epoch }) => withRun(record, { snapshots: inserted(record.run.snapshots, epoch) }),
  map: (record, { epoch }) => withRun(record, { maps: inserted(record.run.maps, epoch) }),
  export: (record, { version }) => withRun(record, { versions: inserted(record.run.versions, version) }),
  warning(record, { code, message, epoch }) {
    const known = record.run.warnings.some((one) => one.code === code && one.epoch === epoch);
    if (known) return record;
    return withRun(record, {
      warnings: [...record.run.warnings, { code, message, epoch: epoch ?? null }],
    });
  },
  report: (record, { report }) => ({ ...record, report }),
};

function withRun(record: RunRecord, change: Partial<RunView>): RunRecord {
  return { ...record, run: { ...record.run, ...change } };
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
