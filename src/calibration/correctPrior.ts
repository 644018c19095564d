import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { checkShares } from "./checkShares.js";

/**
 * Probabilities as they would be had the model been trained under the class shares that it meets in use: p'_k is
 * proportional to p_k · deployed_k / trained_k. Right as far as resampling or weighting moved class shares and left
 * what rows of a class look like alone (label shift), and the model was calibrated under the trained shares.
 *
 * @param probabilities  row-major, shape [rows, classes], rows sum to 1
 * @param trained        class shares the model was trained under, after resampling or weighting; sum 1
 * @param deployed       class shares where it is used; sum 1
 * @returns row-major, shape [rows, classes], rows sum to 1
 * @throws RangeError if shares do not sum to 1 or differ in number, a class is deployed but was never trained, a row is
 *   no probabilities (row named), or a row gives all its probability to classes that the deployment excludes
 * @see Saerens, Latinne and Decaestecker 2002, doi:10.1162/089976602753284446; King and Zeng 2001,
 *   doi:10.1093/oxfordjournals.pan.a004868
 */
export function correctPrior(
  probabilities: ArrayLike<number>,
  trained: ArrayLike<number>,
  deployed: ArrayLike<number>,
): Float64Array {
  checkShares(trained, "correctPrior: trained");
  checkShares(deployed, "correctPrior: deployed");
  const classes = trained.length;
  if (deployed.length !== classes)
    throw new RangeError(
      `correctPrior: trained and deployed shares must be of the same classes; got ${classes} and ${deployed.length}`,
    );
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `correctPrior: the number of probabilities must be a multiple of the ${classes} classes; ` +
        `got ${probabilities.length}`,
    );
  if (rows > 0) checkProbabilities(probabilities, rows, "correctPrior");
  const ratios = Float64Array.from({ length: classes }, (_, k) => {
    if (trained[k] === 0 && deployed[k] > 0)
      throw new RangeError(
        "correctPrior: a class met in use must have been trained; " +
          `class ${k} has a share of ${deployed[k]} there and of 0 in training; train with it`,
      );
    return deployed[k] === 0 ? 0 : deployed[k] / trained[k];
  });
  const corrected = new Float64Array(probabilities.length);
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let at = row * classes; at < (row + 1) * classes; at++)
      total += corrected[at] = probabilities[at] * ratios[at % classes];
    if (!(total > 0))
      throw new RangeError(
        `correctPrior: row ${row} gives all its probability to classes whose deployed share is 0; ` +
          "check the shares, or smooth the probabilities",
      );
    for (let at = row * classes; at < (row + 1) * classes; at++) corrected[at] /= total;
  }
  return corrected;
}
