import { betaQuantile } from "./betaQuantile.js";
import type { IntervalOrReason } from "./Interval.js";
import { normalQuantile } from "./normalQuantile.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * What kind of number a statistic is, which says on what scale its interval is made. A "share" lies in [0, 1]
 * (accuracy, recall, area under a curve), "explained" is one less a ratio of sums of squares and at most 1 (R²), "mean"
 * is any other.
 */
export type StatisticKind = "mean" | "share" | "explained";

/** A statistic with and without each of its groups. */
export interface JackknifeValues {
  readonly value: number;
  /** Without each group that has rows, one after another. */
  readonly without: ArrayLike<number>;
  /** Rows of all groups. */
  readonly rows: number;
  /** As effectiveGroups says. */
  readonly effective: number;
}

/** From so many effective groups on, ln(1 - R²) is scattered as Student says; below, more widely. */
const settled = 20;

/** Below so many degrees of freedom an interval has no end that says anything. */
const leastFreedom = { mean: 0.5, explained: 1 } as const;

/**
 * Interval of a statistic of few groups, by leaving out one group after another.
 *
 * The variance is that of the jackknife over groups (CV3J), and Student's quantile has as many degrees of freedom as
 * there are effective groups, less one. A share takes the exact interval of so many independent trials as would scatter
 * as much (Korn and Graubard), so it stays in [0, 1] and has a width where all groups agree: of no more trials than
 * rows, and of as many as effective groups where all rows are alike. R² is taken as ln(1 - R²), with the jackknife's
 * correction of its bias; its variance rests on squares, and tells of few groups a third of what that of a mean does,
 * or two thirds where it is the sizes that make them few, which the jackknife's variance allows for.
 * Each of these was chosen by the coverage that the proof `intervals` counts, and holds there.
 *
 * @param options.kind   of the statistic
 * @param options.level  two-sided, in (0, 1)
 * @param options.unit   what a group is, for the method text
 * @returns an interval that holds the value; or the reason why there is none
 * @see Hansen 2022, Econometrics, section 4.24, and MacKinnon, Nielsen and Webb 2023, doi:10.1002/jae.2969 (CV3J); Korn
 *   and Graubard 1998, Survey Methodology 24, 193
 */
export function jackknifeInterval(
  values: JackknifeValues,
  { kind, level, unit }: { readonly kind: StatisticKind; readonly level: number; readonly unit: string },
): IntervalOrReason {
  const { value, without, effective } = values;
  if (![value, ...Array.from(without)].every(Number.isFinite))
    return noInterval(`the statistic must be finite without any one ${unit}`);
  const by = `jackknife by ${unit}`;
  if (kind === "share")
    return { interval: { ...shareEnds(values, level), level, method: `${by}, beta` }, reason: null };
  const freedom =
    kind === "mean" || effective >= settled ? effective - 1 : Math.min((effective - 1) / 1.5, (without.length - 1) / 3);
  if (freedom < leastFreedom[kind])
    return noInterval(
      `an interval needs more than ${without.length} of each ${unit}, ` +
        `which count as ${effective.toFixed(1)} equal ones`,
    );
  const quantile = studentQuantile((1 + level) / 2, freedom);
  const student = `Student, ${Number(freedom.toFixed(2))} degrees of freedom`;
  if (kind === "mean") {
    const reach = quantile * Math.sqrt(varianceOf(value, without));
    return {
      interval: { low: value - reach, high: value + reach, level, method: `${by}, ${student}` },
      reason: null,
    };
  }
  if (!(value < 1 && Array.from(without).every((one) => one < 1)))
    return noInterval("a fit without any error says nothing of how errors scatter");
  const [whole, parts] = [Math.log(1 - value), Array.from(without, (one) => Math.log(1 - one))];
  const reach = quantile * Math.sqrt(varianceOf(whole, parts));
  const bias = (parts.length - 1) * (parts.reduce((a, b) => a + b, 0) / parts.length - whole);
  return {
    interval: {
      // The correction may carry an end past the value that is printed.
      low: Math.min(value, 1 - Math.exp(whole - bias + reach)),
      high: Math.max(value, 1 - Math.exp(whole - bias - reach)),
      level,
      method: `${by}, ln(1 - R²) by ${student}`,
    },
    reason: null,
  };
}

function noInterval(reason: string): IntervalOrReason {
  return { interval: null, reason };
}

/** (G - 1)/G Σ (without - value)², around the value itself. */
function varianceOf(value: number, without: ArrayLike<number>): number {
  let squares = 0;
  for (let group = 0; group < without.length; group++) squares += (without[group] - value) ** 2;
  return ((without.length - 1) / without.length) * squares;
}

/** Clopper and Pearson's ends of a share of as many trials as would scatter as its groups do, a broken number. */
function shareEnds(
  { value, without, rows, effective }: JackknifeValues,
  level: number,
): { readonly low: number; readonly high: number } {
  const tail = (1 - level) / 2;
  const freedom = effective - 1;
  const shrink = freedom < 0.01 ? 0 : (normalQuantile(1 - tail) / studentQuantile(1 - tail, freedom)) ** 2;
  const spread = value * (1 - value);
  const trials = spread > 0 ? Math.min(rows, spread / varianceOf(value, without)) * shrink : effective;
  const [hits, misses] = [value * trials, (1 - value) * trials];
  // Of few groups each end gives a whole trial away, as exact intervals do; from `settled` on, half of one (Jeffreys).
  const given = effective >= settled && spread > 0 ? 0.5 : 1;
  return {
    low: hits < 1e-6 ? 0 : Math.min(value, betaQuantile(tail, hits + 1 - given, misses + given)),
    high: misses < 1e-6 ? 1 : Math.max(value, betaQuantile(1 - tail, hits + given, misses + 1 - given)),
  };
}
