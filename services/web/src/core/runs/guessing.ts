/** What the figures of a training are while nothing tells its images from real ones. */
import type { EpochFigures, RunView } from "../../api/types.ts";
import { figure, percent } from "../text/format.ts";
import { RUN_FIGURES, type RunFigureName } from "./figures.ts";

type Losses = RunView["guessing"];

export interface GuessingLevel {
  readonly label: string;
  readonly value: number;
  /** CSS colour; absent: it belongs to no line alone. */
  readonly colour?: string;
}

const NAME = "pure guessing";

/** A level for each loss, in its line's colour; one for both where they are the same. */
export function guessingLevels(
  losses: Losses | undefined,
  colours: { readonly generator: string; readonly discriminator: string },
): GuessingLevel[] {
  if (!losses) return [];
  const { generator, discriminator } = losses;
  if (generator === discriminator) return [{ label: NAME, value: generator }];
  return [
    { label: NAME, value: generator, colour: colours.generator },
    { label: NAME, value: discriminator, colour: colours.discriminator },
  ];
}

/** What the levels mean, with their values. */
export function guessingWords(losses: Losses | undefined): string {
  if (!losses) return "";
  const { generator, discriminator } = losses;
  const values =
    generator === discriminator
      ? `${figure(generator)} for both`
      : `${figure(generator)} for the generator, ${figure(discriminator)} for the discriminator`;
  return `Dashed: a discriminator that can only guess, ${values}.`;
}

/** An area or a level that a chart of several runs has for pure guessing. */
export interface GuessingMarks {
  readonly name: string;
  /** Where 95 % of the errors of pure guessing lie. */
  readonly band?: readonly [low: number, high: number];
  readonly level?: number;
  /** What they mean, in a sentence. */
  readonly words: string;
}

interface Measured {
  readonly run: Pick<RunView, "guessing">;
  readonly epochs: readonly EpochFigures[];
}

/** Of a figure of several runs; undefined: guessing has no value of it, or another one for each run. */
export function guessingMarks(name: RunFigureName, runs: readonly Measured[]): GuessingMarks | undefined {
  const { guessing } = RUN_FIGURES[name];
  switch (guessing) {
    case undefined:
      return undefined;
    case "error":
      return errorBand(runs);
    case "cross-entropy":
      return { name: NAME, level: Math.LN2, words: `Dashed: pure guessing, ${figure(Math.LN2)}.` };
    default:
      return lossLevel(runs.map(({ run }) => run.guessing?.[guessing]));
  }
}

/** The widest of the runs' bands: fewer test images make a wider one. */
function errorBand(runs: readonly Measured[]): GuessingMarks | undefined {
  const bands = runs.flatMap(({ epochs }) =>
    epochs.flatMap(({ weak_test }) => {
      const [low, high] = weak_test?.band ?? [];
      return low === undefined || high === undefined ? [] : [[low, high] as const];
    }),
  );
  const [first] = bands;
  if (!first) return undefined;
  const band = bands.reduce((widest, one) => (one[1] - one[0] > widest[1] - widest[0] ? one : widest));
  const differ = bands.some(([low]) => low !== first[0]);
  const whose = differ ? ", at the fewest test images among these runs" : "";
  return {
    name: NAME,
    band,
    words: `Pure guessing falls inside the band, ${percent(band[0])} to ${percent(band[1])}, 95 times in 100${whose}.`,
  };
}

/** Losses of different kinds have different values of guessing, and are not to be compared anyway. */
function lossLevel(values: readonly (number | undefined)[]): GuessingMarks | undefined {
  const [first, ...others] = values;
  if (first === undefined || others.some((value) => value !== first)) return undefined;
  return {
    name: NAME,
    level: first,
    words: `Dashed: a discriminator that can only guess, ${figure(first)}.`,
  };
}
