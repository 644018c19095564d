import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { explained, explainedOver, logLossOver, meanLoss } from "./overRecipes.js";
import type { PlateletTarget } from "./PlateletModel.js";

/** What telling a target is worth, on rows that whoever told them had not seen. */
export interface UnseenScore {
  /** Share of the variance in nm that is explained; of whether one forms the log loss in nats. */
  readonly measure: "R2" | "log loss";
  readonly rows: number;
  readonly recipes: number;
  /** Of what the choice answers, with its interval over recipes. */
  readonly chosen: EstimateOrReason;
  /** The same of the mean, or the share that formed, of the rows that were seen; null where all outcomes are alike. */
  readonly constant: number | null;
}

/** What a target was told to be by the fold that had not seen each row. */
export interface UnseenAnswers {
  readonly target: PlateletTarget;
  /** nm; of `formed` 1 or 0. */
  readonly truth: readonly number[];
  /** nm; of `formed` the probability of 1. */
  readonly told: readonly number[];
  readonly recipes: readonly string[];
  readonly foldOf: readonly number[];
}

/** The score of answers by folds, beside the constant answer of the same folds. */
export function unseenScore({ target, truth, told, recipes, foldOf }: UnseenAnswers, random: Random): UnseenScore {
  const constant = constants(truth, foldOf);
  const counts = { rows: truth.length, recipes: new Set(recipes).size };
  const measure = target === "formed" ? "log loss" : "R2";
  // Certainty, or nothing divided by nothing, would be claimed of them.
  if (truth.every((one) => one === truth[0])) {
    const reason = "all outcomes are alike";
    return { measure, ...counts, chosen: { value: null, interval: null, reason }, constant: null };
  }
  if (target === "formed")
    return {
      measure,
      ...counts,
      chosen: logLossOver(recipes, { truth, told }, random),
      constant: meanLoss(truth, constant),
    };
  return {
    measure,
    ...counts,
    chosen: explainedOver(recipes, { truth, told }, random),
    constant: explained(truth, constant),
  };
}

/** Of each row the mean of the rows in other folds. */
function constants(truth: readonly number[], foldOf: readonly number[]): readonly number[] {
  const means = new Map(
    [...new Set(foldOf)].map((fold) => {
      const others = truth.filter((_, row) => foldOf[row] !== fold);
      return [fold, others.reduce((sum, value) => sum + value, 0) / others.length];
    }),
  );
  return foldOf.map((fold) => means.get(fold)!);
}
