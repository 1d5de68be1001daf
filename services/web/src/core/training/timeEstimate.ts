/** How long a training will take, estimated from runs that were trained here before. */
import type { RunView } from "../../api/types.ts";
import { type EpochTime, epochTime, rhythm } from "./mapTime.ts";

type Spec = RunView["spec"];

export interface Estimate {
  readonly secondsPerEpoch: number;
  /** Duration of the whole training, without its wait in the queue. */
  readonly seconds: number;
  /** Which way it may be wrong, since the others drew their maps more or less often. */
  readonly bound: EpochTime["bound"];
  /** The runs that the estimate is based on, newest first. */
  readonly from: readonly string[];
  /** Whether they have the same data set; otherwise their time was scaled by the number of images. */
  readonly alike: boolean;
}

/** Number of runs that the estimate is based on, at most. */
const MOST_RUNS = 5;
/** What the architectures choose where nothing is said. */
const FILTERS = 64;
const KERNEL_SIZE = 5;

/**
 * @param spec spec with all defaults, as in the preview.
 * @param images number of training images of each data set.
 * @returns undefined if no similar network was trained here.
 */
export function estimateTime(
  spec: Spec,
  runs: readonly RunView[],
  images: ReadonlyMap<string, number>,
): Estimate | undefined {
  const timed = [...runs]
    .sort((a, b) => b.submitted.localeCompare(a.submitted))
    .flatMap(({ name, spec: own, seconds_per_epoch }) =>
      seconds_per_epoch ? [{ name, spec: own, seconds: seconds_per_epoch }] : [],
    );
  const network = networkKind(spec);
  const same = timed.filter((run) => networkKind(run.spec) === network);
  const alike = chosen(
    spec,
    same.filter((run) => run.spec.dataset === spec.dataset),
  );
  if (alike.length > 0) return estimateFrom(spec, alike, true);
  const here = images.get(spec.dataset);
  const scaled = chosen(spec, same).flatMap((run) => {
    const there = images.get(run.spec.dataset);
    return here && there ? [{ ...run, seconds: (run.seconds * here) / there }] : [];
  });
  return scaled.length > 0 ? estimateFrom(spec, scaled, false) : undefined;
}

/** The newest of those that draw their maps as often; of all, where none does. */
function chosen(spec: Spec, runs: readonly TimedRun[]): readonly TimedRun[] {
  const same = runs.filter((run) => rhythm(mapEvery(run.spec)) === rhythm(mapEvery(spec)));
  return (same.length > 0 ? same : runs).slice(0, MOST_RUNS);
}

const mapEvery = (spec: Spec) => spec.monitor?.map_every ?? 1;

interface TimedRun {
  readonly name: string;
  readonly spec: Spec;
  readonly seconds: number;
}

function estimateFrom(spec: Spec, runs: readonly TimedRun[], alike: boolean): Estimate {
  const timed = runs.map((run) => ({ mapEvery: mapEvery(run.spec), seconds: run.seconds }));
  const { seconds, bound } = epochTime(timed, mapEvery(spec));
  return {
    secondsPerEpoch: seconds,
    seconds: seconds * (spec.epochs ?? 0),
    bound,
    from: runs.map(({ name }) => name),
    alike,
  };
}

/**
 * What roughly decides how long an image takes, and a map; how often one is drawn does not. The gateway, whose
 * queue has no room for bounds, wants that to be the same too.
 */
function networkKind({
  network,
  latent,
  conditional,
  precision,
  batch_size,
  monitor,
  regularization,
}: Spec) {
  return JSON.stringify([
    network?.architecture,
    network?.filters ?? FILTERS,
    network?.kernel_size ?? KERNEL_SIZE,
    network?.batch_norm,
    Math.min(latent?.dim ?? 2, 4),
    conditional && network?.conditioning,
    precision,
    Math.round(Math.log2(batch_size ?? 256)),
    penalties(regularization),
    (regularization?.coverage ?? 0) > 0,
    monitor?.map_resolution ?? ((latent?.dim ?? 2) > 2 ? 16 : 100),
  ]);
}

/** Which gradient penalties there are, and how often they are computed. */
function penalties({ r1 = 0, r2 = 0, penalty_every = 1 }: NonNullable<Spec["regularization"]> = {}) {
  const asked = [r1 > 0, r2 > 0];
  return [...asked, asked.includes(true) ? penalty_every : null];
}
