import { checkCounts } from "../checkCounts.js";
import type { TrialStep } from "../Trial.js";
import type { Pruner } from "./Pruner.js";

/** Where trials are compared, and how many go on. */
export interface HalvingPrunerOptions {
  /** The first rung (default 1). */
  readonly first?: number;
  /** Each rung is so many times as high as the one before, and one trial in so many goes on (default 4). */
  readonly reduction?: number;
}

/**
 * Asynchronous successive halving: at each rung a trial is compared with those that came there before it. It goes on if
 * it is among the best one in `reduction` of them, or the best of fewer, and waits for none.
 *
 * @throws RangeError if the first rung is not a whole number above 0, or the reduction not one above 1
 * @see Li et al. 2020, A system for massively parallel hyperparameter tuning, MLSys 2, algorithm 2
 */
export function halvingPruner({ first = 1, reduction = 4 }: HalvingPrunerOptions = {}): Pruner {
  checkCounts("halvingPruner", 1, { first });
  checkCounts("halvingPruner", 2, { reduction });
  /** The last value that was reported up to a rung, if a step came so far. */
  const valueAt = (steps: readonly TrialStep[], rung: number): number | null => {
    if (steps.length === 0 || steps[steps.length - 1].step < rung) return null;
    return steps.find(({ step }) => step >= rung)!.value;
  };
  return {
    settings: { name: "halving", first, reduction },
    stops: ({ steps, ended, direction }) => {
      const { step } = steps[steps.length - 1];
      const before = steps.length > 1 ? steps[steps.length - 2].step : -Infinity;
      const sign = direction === "minimize" ? 1 : -1;
      for (let rung = first; rung <= step; rung *= reduction) {
        // A rung that was passed with an earlier step was judged then.
        if (before >= rung) continue;
        const own = sign * valueAt(steps, rung)!;
        if (Number.isNaN(own)) return true;
        const others = ended.flatMap(({ outcome }) => {
          const value = outcome === null ? null : valueAt(outcome.steps, rung);
          return value === null || Number.isNaN(value) ? [] : [sign * value];
        });
        const all = Float64Array.from([...others, own]).sort();
        if (own > all[Math.max(0, Math.floor(all.length / reduction) - 1)]) return true;
      }
      return false;
    },
  };
}
