import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { checkShares } from "./checkShares.js";

/** Class shares where no labels are known, and how the search ended. */
export interface PriorEstimate {
  /** By class code, sum 1. */
  readonly shares: Float64Array;
  readonly iterations: number;
  /** False where `maxIterations` came first. */
  readonly converged: boolean;
  /**
   * Mean log likelihood ratio of these shares against the trained ones, nats per row, at least 0; 2 · rows · this is
   * near χ² with classes - 1 degrees of freedom if the shares have not moved.
   */
  readonly gain: number;
}

/**
 * Class shares of unlabelled rows, from the probabilities of a model that was trained under other shares. By
 * expectation-maximisation: correct the rows for the shares, take their mean as the new shares, repeat. Needs label
 * shift only and a model calibrated under the trained shares; each round raises the likelihood.
 *
 * @param probabilities  row-major, shape [rows, classes], rows sum to 1
 * @param trained        class shares the model was trained under, all above 0, sum 1
 * @param options.tolerance      converged when no share moves by more in a round (default 1e-9)
 * @param options.maxIterations  default 10,000: classes that look alike make for slow rounds
 * @throws RangeError if there are no rows, a row is no probabilities (row named), or shares do not sum to 1 or hold a 0
 * @see Saerens, Latinne and Decaestecker 2002, doi:10.1162/089976602753284446
 */
export function estimatePriors(
  probabilities: ArrayLike<number>,
  trained: ArrayLike<number>,
  { tolerance = 1e-9, maxIterations = 10_000 }: { readonly tolerance?: number; readonly maxIterations?: number } = {},
): PriorEstimate {
  checkShares(trained, "estimatePriors: trained");
  const classes = trained.length;
  for (let k = 0; k < classes; k++)
    if (trained[k] === 0)
      throw new RangeError(
        `estimatePriors: every class must have been trained; class ${k} has a share of 0; ` +
          "its probability says nothing about how often it occurs",
      );
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `estimatePriors: the number of probabilities must be a multiple of the ${classes} classes; ` +
        `got ${probabilities.length}`,
    );
  checkProbabilities(probabilities, rows, "estimatePriors");
  const shares = Float64Array.from(trained);
  const ratios = new Float64Array(classes).fill(1);
  const next = new Float64Array(classes);
  let [iterations, moved, gain] = [0, Infinity, 0];
  while (moved > tolerance && iterations < maxIterations) {
    next.fill(0);
    for (let from = 0; from < probabilities.length; from += classes) {
      let total = 0;
      for (let k = 0; k < classes; k++) total += probabilities[from + k] * ratios[k];
      for (let k = 0; k < classes; k++) next[k] += (probabilities[from + k] * ratios[k]) / total;
    }
    moved = 0;
    for (let k = 0; k < classes; k++) {
      const share = next[k] / rows;
      moved = Math.max(moved, Math.abs(share - shares[k]));
      shares[k] = share;
      ratios[k] = share / trained[k];
    }
    iterations++;
  }
  for (let from = 0; from < probabilities.length; from += classes) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += probabilities[from + k] * ratios[k];
    gain += Math.log(total) / rows;
  }
  return { shares, iterations, converged: moved <= tolerance, gain };
}
