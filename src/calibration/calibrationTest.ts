import { eventsOf, meanGap } from "../core/metrics/Bins.js";
import { checkCodes } from "../core/metrics/checkCodes.js";
import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { equalMassBins } from "../core/metrics/equalMassBins.js";
import { argmax } from "../core/metrics/argmax.js";
import type { Random } from "../core/random/Random.js";
import { logProbability } from "./logProbability.js";

/** A statistic, and how often label sets drawn from the probabilities reach it. */
export interface CalibrationStatistic {
  readonly value: number;
  readonly pValue: number;
}

/** Verdict on whether labels can have been drawn from predicted probabilities. */
export interface CalibrationTest {
  /** Of the three statistics together. */
  readonly pValue: number;
  readonly alpha: number;
  /** True where pValue <= alpha: labels like these are too rare under such probabilities. */
  readonly rejected: boolean;
  /**
   * Mean log loss minus the log loss that the probabilities expect of themselves, nats per row: above 0
   * overconfident, below 0 underconfident. Two-sided.
   */
  readonly surprise: CalibrationStatistic;
  /**
   * Sum over classes of (rows - expected rows)² / variance; Infinity where a certain answer is wrong for a class that
   * is nowhere in doubt.
   */
  readonly classShares: CalibrationStatistic;
  /** Plug-in error of the likeliest class in 15 bins of equal mass. */
  readonly binnedError: CalibrationStatistic;
  readonly n: number;
  readonly labelSets: number;
}

/**
 * Tests whether labels can have been drawn from the predicted probabilities, row by row and independently, by drawing
 * label sets from them (parametric bootstrap). Three statistics look for three faults: surprise is the most powerful
 * one against a wrong temperature, class shares against a class that is said too often, the binned error against
 * faults that change sign along the confidence. Each gets its rank among the label sets; the smallest of the three is
 * ranked again, so that the joint test keeps its level.
 *
 * Rows of a group that err together break the hypothesis too: where rows come in groups, a rejection may mean that
 * alone, and intervals by group (of surprises, confidenceGap, expectedCalibrationError) are the answer. Not rejecting
 * proves nothing with few rows.
 *
 * @param labels         true class codes, shape [n], n at least 2
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param random         required; equal streams give equal results
 * @param options        999 label sets, alpha 0.05
 * @throws RangeError if there are fewer than 2 rows, a label is no code, rows are no probabilities, or options do not
 *   fit
 * @see Bröcker and Smith 2007, doi:10.1175/WAF993.1 (label sets); Westfall and Young 1993, Resampling-Based Multiple
 *   Testing (smallest p-value)
 */
export function calibrationTest(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  random: Random,
  { labelSets = 999, alpha = 0.05 }: { readonly labelSets?: number; readonly alpha?: number } = {},
): CalibrationTest {
  const n = labels.length;
  if (n < 2) throw new RangeError(`calibrationTest: at least 2 rows are needed; got ${n}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`calibrationTest: alpha must lie between 0 and 1; got ${alpha}`);
  // Each of the three statistics is largest on one set: the smallest joint p-value can be 3 / (labelSets + 1).
  if (!(Number.isInteger(labelSets) && (labelSets + 1) * alpha >= 3))
    throw new RangeError(
      `calibrationTest: at least ${Math.ceil(3 / alpha) - 1} label sets are needed for alpha ${alpha}; ` +
        `got ${labelSets}`,
    );
  const classes = checkProbabilities(probabilities, n, "calibrationTest");
  checkCodes(labels, classes, "calibrationTest");
  const forecast = wholeRows(probabilities, classes);
  const statisticsOf = labelStatistics(forecast, classes);
  const observed = statisticsOf(Uint16Array.from(labels));
  // One column per statistic, the observed labels first.
  const columns = observed.map(() => new Float64Array(labelSets + 1));
  const drawn = new Uint16Array(n);
  for (let set = 0; set <= labelSets; set++) {
    if (set > 0) drawLabels(drawn, forecast, classes, random);
    (set > 0 ? statisticsOf(drawn) : observed).forEach((statistic, i) => (columns[i][set] = Math.abs(statistic)));
  }
  const ranks = columns.map(shareAtLeast);
  const smallest = columns[0].map((_, set) => Math.min(...ranks.map((rank) => rank[set])));
  const pValue = smallest.reduce((count, one) => count + Number(one <= smallest[0]), 0) / (labelSets + 1);
  const [surprise, classShares, binnedError] = observed.map((value, i) => ({ value, pValue: ranks[i][0] }));
  return { pValue, alpha, rejected: pValue <= alpha, surprise, classShares, binnedError, n, labelSets };
}

/** Rows divided by their sums: what float32 left over would else be drawn as a class that was ruled out. */
function wholeRows(probabilities: ArrayLike<number>, classes: number): Float64Array {
  const whole = Float64Array.from(probabilities);
  for (let from = 0; from < whole.length; from += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += whole[from + k];
    for (let k = 0; k < classes; k++) whole[from + k] /= sum;
  }
  return whole;
}

/** Surprise, class shares and binned error of label sets for the same probabilities. */
function labelStatistics(
  probabilities: Float64Array,
  classes: number,
): (labels: Uint16Array) => readonly [number, number, number] {
  const n = probabilities.length / classes;
  const logs = probabilities.map(logProbability);
  const expected = new Float64Array(classes);
  const variance = new Float64Array(classes);
  let entropy = 0;
  for (let at = 0; at < logs.length; at++) {
    entropy -= probabilities[at] * logs[at];
    expected[at % classes] += probabilities[at];
    variance[at % classes] += probabilities[at] * (1 - probabilities[at]);
  }
  const top = argmax(probabilities, classes);
  const confidence = (row: number): number => probabilities[row * classes + top[row]];
  const order = Uint32Array.from(top.keys()).sort((a, b) => confidence(a) - confidence(b));
  const once = new Uint32Array(n).fill(1);
  const bins = equalMassBins(Float64Array.from(order, confidence), once, 15);
  const correct = new Uint8Array(n);
  const counts = new Float64Array(classes);
  return (labels) => {
    let surprise = -entropy;
    counts.fill(0);
    for (let at = 0; at < n; at++) {
      const row = order[at];
      const label = labels[row];
      surprise -= logs[row * classes + label];
      counts[label]++;
      correct[at] = Number(label === top[row]);
    }
    let shares = 0;
    // Where every row is certain, a class's number of rows has no variance and any other number is impossible.
    for (let k = 0; k < classes; k++)
      if (Math.abs(counts[k] - expected[k]) > 1e-9 * n) shares += (counts[k] - expected[k]) ** 2 / variance[k];
    return [surprise / n, shares, meanGap(bins, eventsOf(bins, once, correct))];
  };
}

function drawLabels(labels: Uint16Array, probabilities: Float64Array, classes: number, random: Random): void {
  for (let row = 0; row < labels.length; row++) {
    let left = random();
    let k = 0;
    // What rounding leaves over goes to the last class.
    while (k < classes - 1 && (left -= probabilities[row * classes + k]) >= 0) k++;
    labels[row] = k;
  }
}

/** For each value the share of all that are at least as large. */
function shareAtLeast(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  const shares = new Float64Array(values.length);
  for (let at = order.length - 1, last = at; at >= 0; at--) {
    if (values[order[at]] !== values[order[last]]) last = at;
    shares[order[at]] = (last + 1) / values.length;
  }
  return shares;
}
