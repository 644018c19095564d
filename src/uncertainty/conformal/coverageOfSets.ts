import { checkCodes } from "../../core/metrics/checkCodes.js";
import type { Interval } from "../../core/statistics/Interval.js";
import type { Random } from "../../core/random/Random.js";
import { checkCovered } from "./checkCovered.js";
import { coverageByStratum, type CoverageOptions, type StratumCoverage } from "./coverageByStratum.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import type { ConformalSets } from "./fitConformalSets.js";
import { holdsClass, setSize } from "./labelSets.js";
import { oracleSetSize } from "./oracleSetSize.js";

/** How often sets held the true class on test rows, and how large they are. */
export interface SetCoverage {
  readonly n: number;
  readonly coverage: number;
  /**
   * Equivalence with a window holds, at 5 % for level 0.9, where the window holds the whole interval (two one-sided
   * tests). null: all rows are of one group.
   */
  readonly interval: Interval | null;
  readonly classes: readonly StratumCoverage[];
  /** Least coverage over classes; null while a class is UNKNOWN. */
  readonly worstClass: { readonly label: number; readonly coverage: number; readonly interval: Interval } | null;
  /** Why `worstClass` is null. */
  readonly worstClassReason: string | null;
  /** Classes per set. */
  readonly meanSize: number;
  /**
   * The least mean size of sets that cover 1 - alpha on average; sets that cover less by luck can lie below it. null
   * without true probabilities.
   */
  readonly oracleSize: number | null;
  /** Share of sets with one class, and with none. */
  readonly singletons: number;
  readonly empties: number;
}

/**
 * How well sets of classes keep their promise on test rows, and how little they say for it. Coverage without size is
 * nothing: sets of all classes always cover.
 *
 * @param fitted   the fit that made the sets; for crossConformalSets alpha and the number of classes
 * @param sets     one per test row, from conformalSets
 * @param labels   true class codes of the test rows, none of them calibrated on
 * @param options.truth   true probabilities of the test rows, row-major, where they are known
 * @param options.level   of two-sided intervals (default 0.9, as equivalence tests need); over classes jointly, by
 *   Bonferroni
 * @param options.groups  lab, batch or paper of each row; needs `random`
 * @throws RangeError if a label is no code, lengths differ, or groups come without a stream
 *
 * @example
 * ```ts
 * import { coverageOfSets } from "cspbbr3-twin";
 *
 * const sets = [0b01, 0b01, 0b11, 0b10];
 * const { coverage, meanSize, singletons } = coverageOfSets({ alpha: 0.1, classes: 2 }, sets, [0, 1, 1, 1]);
 * console.log(coverage, meanSize, singletons);
 * // 0.75 1.25 0.75
 * ```
 */
export function coverageOfSets(
  fitted: Pick<ConformalSets, "alpha" | "classes"> & Partial<ConformalSets>,
  sets: ArrayLike<number>,
  labels: ArrayLike<number>,
  { level = 0.9, groups, truth }: Omit<CoverageOptions, "alpha"> & { readonly truth?: ArrayLike<number> } = {},
  random?: Random,
): SetCoverage {
  const { alpha, classes, within, thresholds } = fitted;
  const n = labels.length;
  checkCodes(labels, classes, "coverageOfSets");
  if (sets.length !== n)
    throw new RangeError(`coverageOfSets: one set per label is needed; got ${sets.length} for ${n} labels`);
  if (truth !== undefined && truth.length !== n * classes)
    throw new RangeError(
      `coverageOfSets: true probabilities must be of ${n} rows and ${classes} classes; got ${truth.length} numbers`,
    );
  const covered = Uint8Array.from(labels, (label, row) => (holdsClass(sets[row], label) ? 1 : 0));
  checkCovered(covered, { alpha, level, groups }, random, "coverageOfSets");
  const levels = Array.from({ length: classes }, (_, label) => label);
  const byClass = coverageByStratum(
    covered,
    Array.from(labels),
    { alpha, level, groups, levels, thresholds: within === "class" ? thresholds : undefined },
    random?.fork("classes"),
  );
  const sizes = Uint8Array.from({ length: n }, (_, row) => setSize(sets[row]));
  const share = (size: number): number => sizes.filter((one) => one === size).length / n;
  return {
    n,
    coverage: covered.reduce((sum, one) => sum + one, 0) / n,
    interval: coverageInterval(covered, groups && { groups, random: random!.fork("all") }, level),
    classes: byClass,
    ...worstOf(byClass),
    meanSize: sizes.reduce((sum, size) => sum + size, 0) / n,
    oracleSize: truth === undefined ? null : oracleSetSize(truth, n, alpha),
    singletons: share(1),
    empties: share(0),
  };
}

/** The least coverage lies between the least of the low ends and the least of the high ends, if all intervals hold. */
function worstOf(classes: readonly StratumCoverage[]): Pick<SetCoverage, "worstClass" | "worstClassReason"> {
  const unknown = classes.filter(({ coverage }) => coverage === null);
  if (unknown.length > 0)
    return {
      worstClass: null,
      worstClassReason: unknown.map(({ stratum, reason }) => `class ${stratum}: ${reason}`).join("; "),
    };
  const worst = classes.reduce((a, b) => (b.coverage! < a.coverage! ? b : a));
  const least = (end: "low" | "high"): number => Math.min(...classes.map(({ interval }) => interval![end]));
  return {
    worstClass: {
      label: Number(worst.stratum),
      coverage: worst.coverage!,
      interval: { ...worst.interval!, low: least("low"), high: least("high") },
    },
    worstClassReason: null,
  };
}
