/** The first line of a run's page: what has come of the training so far, in words. */
import type { EpochFigures, RunView } from "../../api/types.ts";
import { capital, percent } from "../text/format.ts";
import { classesShown } from "../vocabulary/metrics.ts";
import type { PartialReport } from "../vocabulary/report.ts";
import { isFinished } from "./liveRun.ts";

interface TestResult {
  readonly error: number;
  /** Errors of pure guessing, 95 % of them. */
  readonly band: readonly number[];
}

/** Below this, hardly an image is mistaken. */
const SEEN_THROUGH = 0.005;
/** Below this, the map stands still. */
const STILL = 0.005;

/**
 * Its classes, what a two-sample test says of its images, and whether its map has settled; empty: nothing of
 * that has been measured.
 *
 * @param epochs its figures, of which each counts where it was last measured.
 * @param report of a run that has one.
 */
export function headline(
  run: Pick<RunView, "state">,
  epochs: readonly EpochFigures[],
  report?: PartialReport,
): string {
  const strong = report?.strong_test;
  const weak = report?.weak_test ?? newest(epochs, "weak_test");
  const ended = isFinished(run);
  const parts = [
    classesWords(report?.shares ?? newest(epochs, "shares")),
    strong ? testWords("a strong test", strong) : weak ? testWords("a weak test", weak) : undefined,
    changeWords(report?.map_change ?? newest(epochs, "map_change"), ended),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return "";
  const words = parts.join(", ");
  return ended ? `${capital(words)}.` : `So far, ${words}.`;
}

function newest<K extends keyof EpochFigures>(
  epochs: readonly EpochFigures[],
  name: K,
): EpochFigures[K] | undefined {
  return epochs.findLast((figures) => (figures[name] ?? null) !== null)?.[name];
}

function classesWords(shares: Readonly<Record<string, number>> | null | undefined): string | undefined {
  if (!shares) return undefined;
  const count = Object.keys(shares).length;
  const shown = classesShown(shares);
  if (count < 2) return undefined;
  return shown === count ? `all ${count} classes` : `${shown} of ${count} classes`;
}

function testWords(test: string, { error, band }: TestResult): string {
  if (error < SEEN_THROUGH) return `${test} sees through every image`;
  const [least = 0.5] = band;
  if (error >= least) return `${test} cannot tell its images from real ones`;
  return `${test} is wrong about ${percent(error)} of the images`;
}

function changeWords(change: number | null | undefined, ended: boolean): string | undefined {
  if (change === null || change === undefined) return undefined;
  if (change < STILL) return "the map stands still";
  return ended
    ? `the map still changed by ${percent(change)}`
    : `the map still changes by ${percent(change)}`;
}
