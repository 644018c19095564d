import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import { checkAlpha } from "./checkAlpha.js";

/**
 * Smallest mean size of sets that hold the true class with probability 1 - alpha, for someone who knows the true
 * probabilities. The promise is on average over rows: the likeliest (row, class) pairs enter first, the last one by a
 * share of a class.
 *
 * @param probabilities  the true ones (a twin knows them), row-major, shape [rows, classes], rows sum to 1
 * @param alpha          share that may be missed, in (0, 1)
 * @returns classes per row; below 1 where the top classes alone cover more than is asked
 * @throws RangeError if alpha leaves (0, 1) or rows are no probabilities
 * @see Sadinle, Lei and Wasserman 2019, doi:10.1080/01621459.2017.1395341
 */
export function oracleSetSize(probabilities: ArrayLike<number>, rows: number, alpha: number): number {
  checkAlpha(alpha, "oracleSetSize");
  checkProbabilities(probabilities, rows, "oracleSetSize");
  let wanted = rows * (1 - alpha);
  let size = 0;
  for (const probability of Float64Array.from(probabilities).sort().reverse()) {
    if (probability >= wanted) return (size + wanted / probability) / rows;
    wanted -= probability;
    size++;
  }
  return size / rows;
}
