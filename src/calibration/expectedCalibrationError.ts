import { eventsOf, meanGap } from "../core/metrics/Bins.js";
import { equalMassBins } from "../core/metrics/equalMassBins.js";
import { equalWidthBins } from "../core/metrics/equalWidthBins.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { checkResampling, type ResamplingOptions } from "../core/statistics/checkResampling.js";
import { groupCountsInterval } from "../core/statistics/groupBootstrapInterval.js";
import type { Random } from "../core/random/Random.js";
import { topLabel } from "../core/metrics/topLabel.js";

/**
 * Expected calibration error with its interval: the plug-in error minus chance, near 0 for a calibrated model, below it
 * by luck.
 */
export interface ExpectedCalibrationError extends Estimate {
  /** Before anything is taken off. */
  readonly plugIn: number;
  /** What a perfectly calibrated model with these probabilities would get on average from so many rows. */
  readonly chance: number;
  readonly n: number;
  /** True below 2,000 rows: too few for a verdict. */
  readonly underpowered: boolean;
}

export interface ExpectedCalibrationOptions extends ResamplingOptions {
  readonly bins?: number;
  /** "equalMass" (default): as many rows in each bin; "equalWidth": (low, high] of equal width. */
  readonly binning?: "equalMass" | "equalWidth";
  /** Sets of labels drawn from the probabilities, to know the chance. */
  readonly labelSets?: number;
  /** Group of each row (lab, batch, DOI), shape [n]; by default each row is its own. */
  readonly groups?: readonly (string | number)[];
}

/**
 * Label sets that each bootstrap draw is corrected with, out of those kept; more would narrow the interval by a few
 * per cent only.
 */
const setsPerDraw = 4;
const setsKept = 64;

/**
 * Expected calibration error of the likeliest class, minus its mean over label sets drawn from the predicted
 * probabilities themselves. Smaller is better. The interval draws groups with replacement, and each draw is corrected
 * by label sets drawn along with its rows: a resample is noisier than the sample, and would otherwise look worse
 * calibrated than it is.
 *
 * Chance pushes the plug-in error up by the whole of `chance` only where the model is calibrated, and by less the worse
 * it is. So `value` tells calibrated from not, while the true error lies, on average, between `value` and `plugIn`:
 * whoever wants it below a threshold must look at `plugIn` too.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param random         required; equal streams give equal results
 * @param options        15 bins of equal mass, 1,000 label sets, 1,000 draws, level 0.95
 * @throws RangeError if lengths differ, a label is no code, rows are no probabilities, there are fewer than two
 *   groups, or a count is not an integer of at least 1
 * @see Naeini et al. 2015, doi:10.1609/aaai.v29i1.9602; Bröcker and Smith 2007, doi:10.1175/WAF993.1 (consistency
 *   resampling)
 *
 * @example
 * ```ts
 * import { expectedCalibrationError, seededRandom } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 100 }, (_, row) => Number(row % 10 >= 7));
 * const probabilities = labels.flatMap(() => [0.9, 0.1]);
 * const { value, plugIn, underpowered } = expectedCalibrationError(labels, probabilities, seededRandom(1));
 * console.log(value.toFixed(2), plugIn.toFixed(2), underpowered);
 * // 0.18 0.20 true
 * ```
 */
export function expectedCalibrationError(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  random: Random,
  {
    bins = 15,
    binning = "equalMass",
    labelSets = 1000,
    groups,
    draws = 1000,
    level = 0.95,
    unit = groups === undefined ? "row" : "group",
  }: ExpectedCalibrationOptions = {},
): ExpectedCalibrationError {
  checkResampling({ draws, level }, "expectedCalibrationError");
  for (const [name, count] of Object.entries({ bins, labelSets }))
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`expectedCalibrationError: ${name} must be an integer of at least 1; got ${count}`);
  const top = topLabel(labels, probabilities);
  const n = labels.length;
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`expectedCalibrationError: one group per row is needed; got ${groups.length} for ${n} rows`);
  const order = Uint32Array.from({ length: n }, (_, row) => row).sort(
    (a, b) => top.probabilities[a] - top.probabilities[b],
  );
  const sorted = Float64Array.from(order, (row) => top.probabilities[row]);
  const correct = Uint8Array.from(order, (row) => top.correct[row]);
  const cut = binning === "equalMass" ? equalMassBins : equalWidthBins;

  const once = new Uint32Array(n).fill(1);
  const whole = cut(sorted, once, bins);
  const error = (events: Uint8Array): number => meanGap(whole, eventsOf(whole, once, events));
  const plugIn = error(correct);
  const drawLabels = random.fork("labels");
  const kept: Uint8Array[] = [];
  let chance = 0;
  for (let set = 0; set < labelSets; set++) {
    const events = new Uint8Array(n);
    // A label drawn from the row's probabilities is the likeliest class with just its probability.
    for (let at = 0; at < n; at++) events[at] = Number(drawLabels() < sorted[at]);
    chance += error(events) / labelSets;
    if (set < setsKept) kept.push(events);
  }

  let draw = 0;
  const corrected = (counts: Uint32Array): number => {
    const drawn = cut(sorted, counts, bins);
    const drawnError = (events: Uint8Array): number => meanGap(drawn, eventsOf(drawn, counts, events));
    let expected = 0;
    for (let i = 0; i < setsPerDraw; i++) expected += drawnError(kept[draw++ % kept.length]) / setsPerDraw;
    return drawnError(correct) - expected;
  };
  const interval = groupCountsInterval(groups ?? Array.from(once.keys()), corrected, random.fork("bootstrap"), {
    order,
    draws,
    level,
    unit,
  });
  return { value: plugIn - chance, interval, plugIn, chance, n, underpowered: n < 2000 };
}
