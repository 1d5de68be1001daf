import { expect, test } from "vitest";
import type { EpochFigures, RunView } from "../../../src/api/types.ts";
import type { ServerEvent } from "../../../src/core/requests/serverEvents.ts";
import { nearestEpoch, recordOf, shareDone, withEvents } from "../../../src/core/runs/liveRun.ts";

function run(change: Partial<RunView> = {}): RunView {
  return {
    name: "digits-2d",
    state: "queued",
    request: null,
    spec: { name: "digits-2d", dataset: "digits" },
    epoch: 0,
    epochs: 10,
    progress: { phase: "", step: 0, steps: 0 },
    submitted: "2026-01-01T00:00:00Z",
    started: null,
    ended: null,
    seconds_per_epoch: null,
    eta: null,
    metrics: null,
    warnings: [],
    error: null,
    snapshots: [],
    maps: [],
    versions: [],
    last_event: 0,
    ...change,
  };
}

const figures = (epoch: number, seconds = 2): EpochFigures => ({
  epoch,
  seconds,
  generator_loss: 0.7,
  discriminator_loss: 1.3,
});

function event(kind: string, id: number, rest: object): ServerEvent {
  return { event: kind, data: JSON.stringify({ event: kind, id, at: "2026-01-01T00:01:00Z", ...rest }) };
}

const WHOLE: readonly ServerEvent[] = [
  event("state", 1, { state: "running" }),
  event("epoch", 2, { figures: figures(1) }),
  event("snapshot", 3, { epoch: 1 }),
  event("map", 4, { epoch: 1, change: null, shares: { "0": 1 } }),
  event("epoch", 5, { figures: figures(2, 4) }),
  event("export", 6, { model: "digits-2d", version: 2 }),
  event("warning", 7, { code: "collapse", message: "Few classes are left.", epoch: 2 }),
  event("report", 8, { report: { epochs: 2 } }),
  event("state", 9, { state: "succeeded" }),
];

test("the events of a whole run make its record", () => {
  const picture = withEvents(recordOf(run(), []), WHOLE);
  expect(picture.run).toMatchObject({
    state: "succeeded",
    epoch: 2,
    started: "2026-01-01T00:01:00Z",
    ended: "2026-01-01T00:01:00Z",
    snapshots: [1],
    maps: [1],
    versions: [2],
    seconds_per_epoch: 3,
    warnings: [{ code: "collapse", epoch: 2 }],
  });
  expect(picture.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(picture.report).toEqual({ epochs: 2 });
  expect(picture.lastEvent).toBe(9);
});

test("events that come again change nothing, in whatever pieces they come", () => {
  const once = withEvents(recordOf(run(), []), WHOLE);
  const again = withEvents(withEvents(recordOf(run(), []), WHOLE.slice(0, 5)), WHOLE);
  expect(again).toEqual(once);
  expect(withEvents(once, WHOLE)).toEqual(once);
});

test("events that the API's record already includes are not applied again", () => {
  const late = recordOf(run({ state: "running", epoch: 1, last_event: 4 }), [figures(1)]);
  const picture = withEvents(late, WHOLE);
  expect(picture.epochs).toHaveLength(2);
  expect(picture.run.state).toBe("succeeded");
});

test("progress without a number is live news and is not counted", () => {
  const progress = { phase: "training", step: 5, steps: 10 };
  const before = recordOf(run({ state: "running", epoch: 4, last_event: 8 }), []);
  const picture = withEvents(before, [event("state", 0, { state: "running", progress })]);
  expect(picture.run.progress).toEqual(progress);
  expect(picture.lastEvent).toBe(8);
  expect(shareDone(picture.run)).toBeCloseTo(0.45);
});

test("a request is done when the state it asked for has come, not with progress", () => {
  const asked = recordOf(run({ state: "running", request: "pause", last_event: 3 }), []);
  const still = withEvents(asked, [event("state", 0, { state: "running" })]);
  expect(still.run.request).toBe("pause");
  expect(withEvents(still, [event("state", 4, { state: "paused" })]).run.request).toBeNull();
});

test("an epoch that was done again after a crash replaces the old one", () => {
  const events = [
    event("epoch", 1, { figures: figures(1, 2) }),
    event("epoch", 2, { figures: figures(1, 8) }),
  ];
  const picture = withEvents(recordOf(run(), []), events);
  expect(picture.epochs).toEqual([figures(1, 8)]);
});

test("unknown events are ignored", () => {
  const picture = recordOf(run(), []);
  expect(
    withEvents(picture, [
      { event: "later", data: "{}" },
      { event: "epoch", data: "not json" },
    ]),
  ).toEqual(picture);
});

test("a failed run says why, and how far it came", () => {
  const picture = withEvents(recordOf(run({ state: "running", epoch: 5 }), []), [
    event("state", 1, { state: "failed", error: "The disk is full." }),
  ]);
  expect(picture.run.error).toBe("The disk is full.");
  expect(shareDone(picture.run)).toBe(0.5);
});

test("the shown epoch is the newest, or the nearest one before the chosen one", () => {
  expect(nearestEpoch([], undefined)).toBeUndefined();
  expect(nearestEpoch([2, 4, 6], undefined)).toBe(6);
  expect(nearestEpoch([2, 4, 6], 5)).toBe(4);
  expect(nearestEpoch([2, 4, 6], 1)).toBe(2);
});
