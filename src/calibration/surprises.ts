import { checkCodes } from "../core/metrics/checkCodes.js";
import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { logProbability } from "./logProbability.js";

/**
 * By how much each row's log loss exceeds what its probabilities expect of themselves (their entropy). The mean is 0
 * for a calibrated model, whatever rows have in common, above 0 for an overconfident one: with groups,
 * meanWithInterval of these is the test that calibrationTest is for independent rows.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1; below 1e-15 they count as that
 * @returns nats, shape [n]
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 */
export function surprises(labels: ArrayLike<number>, probabilities: ArrayLike<number>): Float64Array {
  const classes = checkProbabilities(probabilities, labels.length, "surprises");
  checkCodes(labels, classes, "surprises");
  return Float64Array.from({ length: labels.length }, (_, row) => {
    let surprise = -logProbability(probabilities[row * classes + labels[row]]);
    for (let at = row * classes; at < (row + 1) * classes; at++)
      surprise += probabilities[at] * logProbability(probabilities[at]);
    return surprise;
  });
}
