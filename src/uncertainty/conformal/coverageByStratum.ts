import type { Interval } from "../../core/statistics/Interval.js";
import type { Random } from "../../core/random/Random.js";
import { checkCovered } from "./checkCovered.js";
import { rowsNeeded } from "./conformalRank.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { coverageLaw, type CoverageLaw } from "./coverageLaw.js";
import type { Stratum, StratumThreshold } from "./stratifiedThresholds.js";

/** Coverage among the rows of one class, lab or other stratum. */
export interface StratumCoverage {
  readonly stratum: Stratum;
  readonly n: number;
  readonly covered: number;
  /** null: UNKNOWN, and `reason` says what is missing. */
  readonly coverage: number | null;
  /** All of them hold together with at least `level` (Bonferroni). */
  readonly interval: Interval | null;
  /**
   * Where coverage must lie, each stratum on its own, if the promise holds within the stratum; null where it was not
   * calibrated on its own, or in groups.
   */
  readonly law: CoverageLaw | null;
  readonly reason: string | null;
}

export interface CoverageOptions {
  /** Share that may be missed, as fitted. */
  readonly alpha: number;
  /** Of two-sided intervals (default 0.9: each end is a one-sided 95 % bound, as an equivalence test needs). */
  readonly level?: number;
  /** Lab, batch or paper of each row, where rows are not independent; needs `random`. */
  readonly groups?: readonly (string | number)[];
}

/**
 * Coverage of sets or intervals on test rows, stratum by stratum. A stratum with fewer than 1/alpha - 1 rows, among
 * those tested or those it was calibrated on, is UNKNOWN: a coverage of 1 would mean nothing there. Strata are few by
 * design: with many, intervals are wide.
 *
 * @param covered     1 where the set or interval held the truth, by row
 * @param strata      stratum of each row
 * @param options.levels      strata to report though no row be theirs (default: those that occur, as they come)
 * @param options.thresholds  of a fit within the same strata, to tell what was calibrated on how many rows
 * @param random      required with groups
 * @throws RangeError if alpha or level leave (0, 1), lengths differ, `covered` is not 0 or 1 (row named), or groups
 *   come without a stream
 */
export function coverageByStratum(
  covered: ArrayLike<number>,
  strata: readonly Stratum[],
  {
    alpha,
    level = 0.9,
    groups,
    levels = [],
    thresholds,
  }: CoverageOptions & { readonly levels?: readonly Stratum[]; readonly thresholds?: readonly StratumThreshold[] },
  random?: Random,
): readonly StratumCoverage[] {
  checkCovered(covered, { alpha, level, groups }, random, "coverageByStratum");
  if (strata.length !== covered.length)
    throw new RangeError(
      `coverageByStratum: one stratum per row is needed; got ${strata.length} for ${covered.length} rows`,
    );
  const rowsOf = new Map<Stratum, number[]>(levels.map((one) => [one, []]));
  strata.forEach((stratum, row) => (rowsOf.get(stratum) ?? rowsOf.set(stratum, []).get(stratum)!).push(row));
  const needed = rowsNeeded(alpha);
  const within = thresholds?.some(({ stratum }) => stratum !== null) === true;
  return [...rowsOf].map(([stratum, rows], i) => {
    const hits = rows.reduce((sum, row) => sum + covered[row], 0);
    const fitted = within ? thresholds.find((one) => one.stratum === stratum) : undefined;
    const known = { stratum, n: rows.length, covered: hits };
    const unknown = (reason: string): StratumCoverage => ({
      ...known,
      coverage: null,
      interval: null,
      law: null,
      reason,
    });
    if (rows.length < needed) return unknown(`alpha = ${alpha} needs at least ${needed} test rows; got ${rows.length}`);
    if (within && fitted?.value == null)
      return unknown(fitted?.reason ?? `alpha = ${alpha} needs at least ${needed} calibration rows; got 0`);
    const interval = coverageInterval(
      rows.map((row) => covered[row]),
      groups && { groups: rows.map((row) => groups[row]), random: random!.fork(i) },
      1 - (1 - level) / rowsOf.size,
    );
    if (interval === null) return unknown("all rows are of one group; at least 2 are needed");
    return {
      ...known,
      coverage: hits / rows.length,
      interval: { ...interval, level, method: `${interval.method}, Bonferroni over ${rowsOf.size}` },
      law:
        fitted === undefined || groups !== undefined || fitted.rank === null
          ? null
          : coverageLaw(fitted.rows, alpha, { testRows: rows.length, level }),
      reason: null,
    };
  });
}
