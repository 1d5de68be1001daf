/** How long a training will take, estimated from runs that were trained here before. */
import type { RunView } from "../../api/types.ts";

type Spec = RunView["spec"];

export interface Estimate {
  readonly secondsPerEpoch: number;
  /** Duration of the whole training, without its wait in the queue. */
  readonly seconds: number;
  /** The runs that the estimate is based on, newest first. */
  readonly from: readonly string[];
  /** Whether they have the same data set; otherwise their time was scaled by the number of images. */
  readonly alike: boolean;
}

/** Number of runs that the estimate is based on, at most. */
const MOST_RUNS = 5;

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
  const alike = same.filter((run) => run.spec.dataset === spec.dataset).slice(0, MOST_RUNS);
  if (alike.length > 0) return estimateFrom(spec, alike, true);
  const here = images.get(spec.dataset);
  const scaled = same.slice(0, MOST_RUNS).flatMap((run) => {
    const there = images.get(run.spec.dataset);
    return here && there ? [{ ...run, seconds: (run.seconds * here) / there }] : [];
  });
  return scaled.length > 0 ? estimateFrom(spec, scaled, false) : undefined;
}

function estimateFrom(
  spec: Spec,
  runs: readonly { readonly name: string; readonly seconds: number }[],
  alike: boolean,
): Estimate {
  const secondsPerEpoch = median(runs.map(({ seconds }) => seconds));
  return {
    secondsPerEpoch,
    seconds: secondsPerEpoch * (spec.epochs ?? 0),
    from: runs.map(({ name }) => name),
    alike,
  };
}

/** What roughly decides how long an image takes; the gateway estimates its queue in the same way. */
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
    network?.filters ?? null,
    network?.kernel_size ?? null,
    network?.batch_norm,
    Math.min(latent?.dim ?? 2, 4),
    conditional,
    network?.conditioning,
    precision,
    Math.round(Math.log2(batch_size ?? 256)),
    penalties(regularization),
    (regularization?.coverage ?? 0) > 0,
    monitor?.map_resolution ?? null,
    Math.round(Math.log2(monitor?.map_every ?? 1)),
  ]);
}

/** Which gradient penalties there are, and how often they are computed. */
function penalties({ r1 = 0, r2 = 0, penalty_every = 1 }: NonNullable<Spec["regularization"]> = {}) {
  const asked = [r1 > 0, r2 > 0];
  return [...asked, asked.includes(true) ? penalty_every : null];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
