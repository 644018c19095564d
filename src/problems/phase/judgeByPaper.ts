import { phaseNames } from "../../chemistry/phases.js";
import type { Random } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { batchDifference, batchEstimate, type BatchSums, batchSums, meanLoss, overall } from "./batchSums.js";
import { sharesElsewhere } from "./sharesElsewhere.js";

/** How answers to published recipes did, beside the constant answer, with intervals over papers. */
export interface JudgedByPaper {
  readonly papers: number;
  readonly rows: number;
  readonly accuracy: Estimate;
  /** Nats. */
  readonly logLoss: Estimate;
  readonly constant: { readonly accuracy: Estimate; readonly logLoss: Estimate };
  /** Accuracy less that of the constant answer; log loss of the constant answer less this one. Above 0 is better. */
  readonly gain: { readonly accuracy: Estimate; readonly logLoss: Estimate };
}

/**
 * Judges probabilities of the phases of published recipes by paper: rows of a paper stand together. Beside it stands
 * the constant answer, which knows how often each phase was published in all other papers (and one more of each, so
 * that a phase of one paper alone does not cost infinitely much).
 *
 * @param probabilities  row-major [recipes, phases]
 * @param on.labels      phase codes
 * @param on.papers      DOI of each recipe; leave papers that are held out to the end out before
 * @throws RangeError if there are fewer than two papers
 */
export function judgeByPaper(
  probabilities: Float64Array,
  { labels, papers }: { readonly labels: ArrayLike<number>; readonly papers: readonly string[] },
  random: Random,
): JudgedByPaper {
  const { codes, groups: count } = groupCodes(papers);
  const sumsOf = (answers: Float64Array): BatchSums => batchSums(labels, answers, { codes, batches: count });
  const [answered, constant] = [sumsOf(probabilities), sumsOf(sharesElsewhere(labels, codes, phaseNames.length))];
  const estimate = (sums: BatchSums, of: typeof overall, name: string): Estimate =>
    batchEstimate(count, of(sums), random.fork(name), { unit: "paper" });
  const gained = (first: BatchSums, second: BatchSums, of: typeof overall, name: string): Estimate =>
    batchDifference(first, second, of, random.fork(name), { unit: "paper" });
  return {
    papers: count,
    rows: labels.length,
    accuracy: estimate(answered, overall, "accuracy"),
    logLoss: estimate(answered, meanLoss, "log loss"),
    constant: {
      accuracy: estimate(constant, overall, "constant accuracy"),
      logLoss: estimate(constant, meanLoss, "constant log loss"),
    },
    gain: {
      accuracy: gained(answered, constant, overall, "accuracy gain"),
      logLoss: gained(constant, answered, meanLoss, "log loss gain"),
    },
  };
}
