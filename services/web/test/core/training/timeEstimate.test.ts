import { expect, test } from "vitest";
import type { RunView } from "../../../src/api/types.ts";
import { estimateTime } from "../../../src/core/training/timeEstimate.ts";
import { cannedRuns } from "../../../src/gallery/world/runs.ts";

const [canned] = cannedRuns().map(({ view }) => view);
if (!canned) throw new Error("no run");
const base = canned;
const run = (name: string, change: Partial<RunView>, spec: Partial<RunView["spec"]> = {}): RunView => ({
  ...base,
  name,
  ...change,
  spec: { ...base.spec, dataset: "mnist", ...spec },
});
const asked = { ...base.spec, dataset: "mnist", epochs: 10 };
const images = new Map([
  ["mnist", 60_000],
  ["digits", 1500],
]);

test("the estimate is the median of similar runs", () => {
  const runs = [
    run("a", { seconds_per_epoch: 70 }),
    run("b", { seconds_per_epoch: 80 }),
    run("c", { seconds_per_epoch: 300 }),
    run("other-batch", { seconds_per_epoch: 5 }, { batch_size: 16 }),
    run("other-dim", { seconds_per_epoch: 5 }, { latent: { dim: 3 } }),
    run("not-yet", { seconds_per_epoch: null }),
  ];
  const found = estimateTime(asked, runs, images);
  expect(found).toMatchObject({ secondsPerEpoch: 80, seconds: 800, alike: true });
  expect(found?.from).toHaveLength(3);
});

test("penalties of the gradient and their rhythm, conditioning and coverage tell networks apart", () => {
  const timed = { seconds_per_epoch: 70 };
  const estimated = (mine: Partial<RunView["spec"]>, theirs: Partial<RunView["spec"]>) =>
    estimateTime({ ...asked, ...mine }, [run("a", timed, theirs)], images) !== undefined;
  const penalties = (r1: number, r2: number, penalty_every = 1) => ({
    regularization: { ...base.spec.regularization, r1, r2, penalty_every },
  });
  expect(estimated(penalties(1, 0), penalties(2, 0))).toBe(true);
  expect(estimated(penalties(1, 0), penalties(1, 1))).toBe(false);
  expect(estimated(penalties(1, 0), penalties(1, 0, 16))).toBe(false);
  // Nothing is computed in either.
  expect(estimated(penalties(0, 0), penalties(0, 0, 16))).toBe(true);
  const covering = { regularization: { ...base.spec.regularization, coverage: 1 } };
  expect(estimated(covering, {})).toBe(false);
  const projecting = { network: { ...base.spec.network, conditioning: "projection" as const } };
  expect(estimated({ ...projecting, conditional: true }, { conditional: true })).toBe(false);
  // Without classes, nothing is conditioned.
  expect(estimated(projecting, {})).toBe(true);
  // What the architecture chooses may be written out.
  expect(estimated({ network: { ...base.spec.network, filters: 64, kernel_size: 5 } }, {})).toBe(true);
  expect(estimated({ network: { ...base.spec.network, filters: 32 } }, {})).toBe(false);
});

test("runs that draw their maps in another rhythm tell a bound, and two rhythms the time", () => {
  const every = (map_every: number) => ({ monitor: { ...base.spec.monitor, map_every } });
  const often = run("often", { seconds_per_epoch: 14 }, every(1));
  const seldom = run("seldom", { seconds_per_epoch: 10.4 }, every(10));
  const rare = { ...asked, ...every(100) };
  expect(estimateTime(rare, [often], images)).toMatchObject({ secondsPerEpoch: 14, bound: "at most" });
  const found = estimateTime(rare, [often, seldom], images);
  expect(found?.bound).toBeUndefined();
  expect(found?.secondsPerEpoch).toBeCloseTo(10.04, 10);
  expect(found?.from).toEqual(["often", "seldom"]);
});

test("names are newest first", () => {
  const runs = [
    run("old", { seconds_per_epoch: 70, submitted: "2026-01-01T00:00:00Z" }),
    run("new", { seconds_per_epoch: 70, submitted: "2026-02-01T00:00:00Z" }),
  ];
  expect(estimateTime(asked, runs, images)?.from).toEqual(["new", "old"]);
});

test("the same networks on other images are scaled by their number", () => {
  const runs = [run("small", { seconds_per_epoch: 2 }, { dataset: "digits" })];
  expect(estimateTime(asked, runs, images)).toMatchObject({ secondsPerEpoch: 80, alike: false });
  expect(estimateTime(asked, runs, new Map())).toBeUndefined();
});

test("without similar runs there is no estimate", () => {
  expect(estimateTime(asked, [], images)).toBeUndefined();
});
