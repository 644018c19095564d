import { averageRanks } from "../../core/statistics/averageRanks.js";
import { signedRankTest } from "../../core/statistics/signedRankTest.js";
import { checkLevel } from "../../core/statistics/checkLevel.js";
import { bestTrial } from "../bestTrial.js";
import { checkCounts } from "../checkCounts.js";
import type { Pruner } from "./Pruner.js";

/** How sure one must be that a trial is worse than the best one. */
export interface WilcoxonPrunerOptions {
  /** Probability below which the differences are no chance (default 0.1). */
  readonly level?: number;
  /** Steps in common before any trial is stopped (default 4). */
  readonly startup?: number;
}

/**
 * Stops a trial that is worse than the best one so far on the steps that both have: folds of a cross-validation, or
 * instances of a problem, in any order. It is not stopped while its mean there is better.
 *
 * @throws InputError if the level does not lie in (0, 1); RangeError if startup is no whole number
 * @see signedRankTest, of which the alternative is "worse"
 */
export function wilcoxonPruner({ level = 0.1, startup = 4 }: WilcoxonPrunerOptions = {}): Pruner {
  checkLevel(level, "wilcoxonPruner");
  checkCounts("wilcoxonPruner", 0, { startup });
  return {
    settings: { name: "wilcoxon", level, startup },
    stops: ({ steps, ended, direction }) => {
      const best = bestTrial(ended, [direction]);
      if (best === null) return false;
      const sign = direction === "minimize" ? 1 : -1;
      const theirs = new Map(best.outcome.steps.map(({ step, value }) => [step, value]));
      const pairs = steps.flatMap(({ step, value }) => {
        const other = theirs.get(step);
        return other === undefined || !Number.isFinite(value) ? [] : [{ own: sign * value, other: sign * other }];
      });
      if (pairs.length < startup || pairs.reduce((sum, { own, other }) => sum + own - other, 0) <= 0) return false;
      const { ranks } = averageRanks(pairs.map(({ own, other }) => Math.abs(own - other)));
      const above = pairs.reduce((sum, { own, other }, i) => sum + Math.sign(own - other) * ranks[i], 0);
      const { pValue } = signedRankTest(
        pairs.map(({ own }) => own),
        pairs.map(({ other }) => other),
      );
      return above > 0 && pValue !== null && pValue / 2 < level;
    },
  };
}
