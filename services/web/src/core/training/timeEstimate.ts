/** How long a training will take, judged by runs that were trained here before. Pure. */
import type { RunView } from "../../api/types.ts";

type Spec = RunView["spec"];

export interface Estimate {
  readonly secondsPerEpoch: number;
  /** Of the whole training, without what waits before it. */
  readonly seconds: number;
  /** The runs that it follows from, newest first. */
  readonly from: readonly string[];
  /** Whether they are of the same kind; else their time was scaled by the number of images. */
  readonly alike: boolean;
}

/** So many of the newest runs that are alike are asked. */
const ASKED = 5;

/**
 * @param spec with all its defaults, as the preview has it.
 * @param images how many training images each data set has.
 * @returns undefined when nothing like it was trained here.
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
  const alike = same.filter((run) => run.spec.dataset === spec.dataset).slice(0, ASKED);
  if (alike.length > 0) return estimateFrom(spec, alike, true);
  const here = images.get(spec.dataset);
  const scaled = same.slice(0, ASKED).flatMap((run) => {
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

/** What decides how long an image takes, roughly; the gateway's line of queued runs judges alike. */
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
    precision,
    Math.round(Math.log2(batch_size ?? 256)),
    (regularization?.r1 ?? 0) > 0,
    monitor?.map_resolution ?? null,
    Math.round(Math.log2(monitor?.map_every ?? 1)),
  ]);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
