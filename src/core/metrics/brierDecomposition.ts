import { binRanges } from "./Bins.js";
import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { equalMassBins } from "./equalMassBins.js";

/** brier = reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance, exactly. */
export interface BrierDecomposition {
  /** As brierScore. */
  readonly brier: number;
  /**
   * Squared gap between mean probability and share in each bin;
   * smaller is better, 0 for a calibrated model but for chance.
   */
  readonly reliability: number;
  /**
   * Squared gap between share in each bin and share overall: how far the forecast tells rows apart; larger is better.
   */
  readonly resolution: number;
  /** Scatter of the labels themselves: the score of a constant forecast of the class shares. */
  readonly uncertainty: number;
  /** What binning hides: the scatter of probabilities within bins, and twice how it goes with what came. */
  readonly withinBinVariance: number;
  readonly withinBinCovariance: number;
}

/**
 * The Brier score in parts that say what is wrong with a forecast. Each class is binned by its own probability, in bins
 * of equal mass that keep equals together, and parts are summed over classes.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.bins   default 15
 * @throws RangeError if lengths differ, a label is no code, rows
 *   are no probabilities, or bins is not an integer of at least 1
 * @see Murphy 1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; Stephenson,
 *   Coelho and Jolliffe 2008, doi:10.1175/2007WAF2006116.1, for the terms within bins
 */
export function brierDecomposition(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { bins = 15 }: { readonly bins?: number } = {},
): BrierDecomposition {
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`brierDecomposition: bins must be an integer of at least 1; got ${bins}`);
  const n = labels.length;
  const classes = checkProbabilities(probabilities, n, "brierDecomposition");
  checkCodes(labels, classes, "brierDecomposition");
  const once = new Uint32Array(n).fill(1);
  const parts = { reliability: 0, resolution: 0, uncertainty: 0, withinBinVariance: 0, withinBinCovariance: 0 };
  for (let k = 0; k < classes; k++) {
    const order = Uint32Array.from({ length: n }, (_, row) => row).sort(
      (a, b) => probabilities[a * classes + k] - probabilities[b * classes + k],
    );
    const forecast = Float64Array.from(order, (row) => probabilities[row * classes + k]);
    const events = Float64Array.from(order, (row) => Number(labels[row] === k));
    const overall = mean(events);
    parts.uncertainty += overall * (1 - overall);
    for (const { from, to } of binRanges(equalMassBins(forecast, once, bins))) {
      const probability = mean(forecast.subarray(from, to));
      const share = mean(events.subarray(from, to));
      parts.reliability += ((to - from) * (probability - share) ** 2) / n;
      parts.resolution += ((to - from) * (share - overall) ** 2) / n;
      for (let at = from; at < to; at++) {
        parts.withinBinVariance += (forecast[at] - probability) ** 2 / n;
        parts.withinBinCovariance += (2 * (events[at] - share) * (forecast[at] - probability)) / n;
      }
    }
  }
  return {
    brier:
      parts.reliability - parts.resolution + parts.uncertainty + parts.withinBinVariance - parts.withinBinCovariance,
    ...parts,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b) / values.length;
}
