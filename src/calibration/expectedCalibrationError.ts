import { InputError } from "../core/InputError.js";
import { equalMassCuts } from "../core/metrics/equalMassCuts.js";
import { topLabel } from "../core/metrics/topLabel.js";
import { checkLevel } from "../core/statistics/checkLevel.js";
import { groupCodes } from "../core/statistics/groupCodes.js";
import { errorOverBins, type ErrorOverBins } from "./errorOverBins.js";

/** Expected calibration error of the likeliest class with its interval, and what chance alone would show. */
export interface ExpectedCalibrationError extends ErrorOverBins {
  readonly n: number;
  /** True below 2,000 rows: too few for a verdict. */
  readonly underpowered: boolean;
}

export interface ExpectedCalibrationOptions {
  /** Bins of equal mass, 1 to 20 (default 15), cut on the rows themselves where `cuts` is not given. */
  readonly bins?: number;
  /**
   * Where to cut instead, from equalMassCuts of other rows: then what is estimated does not hang on the rows that are
   * judged. Ascending, at most 19.
   */
  readonly cuts?: ArrayLike<number>;
  /** Group of each row (lab, batch, DOI), shape [n]; by default each row is its own. */
  readonly groups?: readonly (string | number)[];
  readonly level?: number;
  readonly unit?: string;
}

/**
 * Expected calibration error of the likeliest class: how far, on average over bins, its probability is from its share
 * of right answers in the population. Smaller is better; 0 is perfect.
 *
 * `value` is the plug-in, the same over the rows themselves. Chance pushes it upward: a calibrated model shows
 * `chance`, not 0. The interval holds the population's error: its upper end lies below it in at most
 * (1 - level) / 2 of samples, however the model is miscalibrated, and its lower end lies above 0 for as few calibrated
 * models. Nothing is taken off the plug-in for the upper end: what chance adds to a calibrated model it does not add
 * to another, so that a "debiased" error passes models that are over a bound. `npm run assure -- gate` shows by
 * simulation how often this one does.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options        15 bins of equal mass of the rows themselves, level 0.95
 * @throws RangeError if lengths differ, a label is no code, rows are no probabilities, there are fewer than two
 *   groups, or an option does not fit
 * @see Naeini et al. 2015, doi:10.1609/aaai.v29i1.9602; Berger 1982, doi:10.1080/00401706.1982.10487790, for tests
 *   under every pattern of signs
 *
 * @example
 * ```ts
 * import { expectedCalibrationError } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 100 }, (_, row) => Number(row % 10 >= 7));
 * const probabilities = labels.flatMap(() => [0.9, 0.1]);
 * const { value, interval, underpowered } = expectedCalibrationError(labels, probabilities);
 * console.log(value.toFixed(2), interval.low.toFixed(2), interval.high.toFixed(2), underpowered);
 * // 0.20 0.09 0.29 true
 * ```
 */
export function expectedCalibrationError(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  {
    bins = 15,
    cuts: given,
    groups,
    level = 0.95,
    unit = groups === undefined ? "row" : "group",
  }: ExpectedCalibrationOptions = {},
): ExpectedCalibrationError {
  const where = "expectedCalibrationError";
  const { probabilities: confidences, correct } = topLabel(labels, probabilities);
  const n = confidences.length;
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`${where}: one group per row is needed; got ${groups.length} for ${n} rows`);
  const grouped = groups === undefined ? { codes: confidences.map((_, row) => row), groups: n } : groupCodes(groups);
  if (grouped.groups < 2)
    throw new InputError({
      where,
      must: "at least 2 groups are needed",
      got: `${grouped.groups}`,
      mend: `how one ${unit} differs from the next cannot be told from one`,
    });
  checkLevel(level, where);
  const cuts = given ?? equalMassCuts(confidences, bins);
  checkCuts(cuts, where);
  const error = errorOverBins(confidences, correct, { cuts, ...grouped, level, unit });
  return { ...error, n, underpowered: n < 2000 };
}

function checkCuts(cuts: ArrayLike<number>, where: string): void {
  if (cuts.length > 19)
    throw new InputError({
      where,
      must: "from 1 to 20 bins",
      got: `${cuts.length + 1}`,
      mend: "the bound looks at every pattern of over- and underconfident bins",
    });
  for (let at = 0; at < cuts.length; at++)
    if (!(Number.isFinite(cuts[at]) && (at === 0 || cuts[at] >= cuts[at - 1])))
      throw new InputError({
        where,
        must: "cuts must be numbers in ascending order",
        got: `${cuts[at]} at ${at}`,
        mend: "take those of equalMassCuts on other rows",
      });
}
