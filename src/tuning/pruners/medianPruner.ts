import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import { checkCounts } from "../checkCounts.js";
import type { Pruner } from "./Pruner.js";

/** When a trial is measured against the middle of those before it. */
export interface MedianPrunerOptions {
  /** Trials that must be complete before any is stopped (default 5). */
  readonly startup?: number;
  /** Steps below which none is stopped (default 0). */
  readonly warmup?: number;
  /** Of complete trials that reported the step, below which none is stopped there (default 1). */
  readonly least?: number;
}

/**
 * Stops a trial whose best step so far is worse than the median of complete trials at this step.
 *
 * @throws RangeError if an option is no whole number, or too small
 * @see Golovin et al. 2017, doi:10.1145/3097983.3098043, section 3.2.2
 */
export function medianPruner({ startup = 5, warmup = 0, least = 1 }: MedianPrunerOptions = {}): Pruner {
  checkCounts("medianPruner", 0, { startup, warmup });
  checkCounts("medianPruner", 1, { least });
  return {
    settings: { name: "median", startup, warmup, least },
    stops: ({ steps, ended, direction }) => {
      const complete = ended.filter(({ outcome }) => outcome?.state === "complete");
      const { step } = steps[steps.length - 1];
      if (complete.length < startup || step < warmup) return false;
      const sign = direction === "minimize" ? 1 : -1;
      const there = complete.flatMap(({ outcome }) =>
        outcome!.steps.filter((one) => one.step === step && !Number.isNaN(one.value)).map(({ value }) => sign * value),
      );
      if (there.length < least) return false;
      const own = steps.map(({ value }) => sign * value).filter((value) => !Number.isNaN(value));
      // A trial without one number so far is worse than any.
      return own.length === 0 || Math.min(...own) > sortedQuantile(Float64Array.from(there).sort(), 0.5);
    },
  };
}
