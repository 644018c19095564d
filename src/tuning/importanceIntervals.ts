import { checkLevel } from "../core/statistics/checkLevel.js";
import type { Random } from "../core/random/Random.js";
import { estimateOf } from "../core/statistics/Estimate.js";
import type { Interval } from "../core/statistics/Interval.js";
import { sortedQuantile } from "../core/statistics/sortedQuantile.js";
import type { StudyRecord } from "./files/StudyRecord.js";
import { type ImportanceOptions, type ParameterImportance, parameterImportances } from "./parameterImportances.js";

/** How much a parameter mattered, and between what that lies when trials are drawn anew. */
export interface EstimatedImportance extends ParameterImportance {
  /** Null where there are too few complete trials to draw from. */
  readonly interval: Interval | null;
}

/** How intervals of importances are made. */
export interface ImportanceIntervalOptions extends ImportanceOptions {
  /** Times that trials are drawn anew (default 200). */
  readonly draws?: number;
  /** Two-sided, in (0, 1) (default 0.95). */
  readonly level?: number;
}

/** With fewer complete trials there is no best tenth of more than one to draw. */
const fewest = 20;

/**
 * Importances of parameters with their percentile bootstrap over trials: complete ones are drawn with replacement.
 * Trials of a sampler that learns are not independent, so an interval says how much hangs on single trials, not what
 * another study would find.
 */
export function importanceIntervals(
  record: Pick<StudyRecord, "parameters" | "trials" | "directions">,
  random: Random,
  { draws = 200, level = 0.95, best }: ImportanceIntervalOptions = {},
): readonly EstimatedImportance[] {
  checkLevel(level, "importanceIntervals");
  const options = best === undefined ? {} : { best };
  const found = parameterImportances(record, options);
  const complete = record.trials.filter(({ outcome }) => outcome?.state === "complete");
  if (complete.length < fewest) return found.map((one) => ({ ...one, interval: null }));
  const drawn = Array.from({ length: draws }, () => {
    // A trial that is drawn twice is two trials.
    const trials = complete.map((_, number) => ({ ...complete[Math.floor(random() * complete.length)], number }));
    return new Map(parameterImportances({ ...record, trials }, options).map(({ name, share }) => [name, share]));
  });
  return found.map(({ name, share }) => {
    const shares = Float64Array.from(drawn, (of) => of.get(name) ?? 0).sort();
    const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((at) => sortedQuantile(shares, at));
    const { interval } = estimateOf(share, {
      low,
      high,
      level,
      method: `percentile bootstrap by trial, ${draws} draws`,
    });
    return { name, share, interval };
  });
}
