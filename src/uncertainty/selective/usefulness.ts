import { checkScores } from "../../core/metrics/checkScores.js";
import { checkResampling } from "../../core/statistics/checkResampling.js";
import { groupBootstrapInterval, groupCountsInterval } from "../../core/statistics/groupBootstrapInterval.js";
import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { type EstimateOptions, tooFewGroups } from "./EstimateOptions.js";
import { correlationOfRows } from "./errorCorrelation.js";
import { areaInOrder, byUncertainty } from "./riskCoverage.js";

/** What an uncertainty is good for on rows whose errors are known. */
export interface Usefulness {
  readonly n: number;
  /** Share of errors: what `riskCoverageArea` would be without any order. */
  readonly risk: number;
  /** Of errors with uncertainty; larger is better. */
  readonly correlation: EstimateOrReason;
  /** AURC of riskCoverage; smaller is better. */
  readonly riskCoverageArea: EstimateOrReason;
}

/**
 * How well uncertainty tells where a model is wrong, with intervals. They draw groups with replacement; a draw in
 * which errors or uncertainty do not vary counts as correlation 0, so that a handful of errors gives a wide interval.
 *
 * @param errors       1 where the model was wrong, else 0, shape [n]
 * @param uncertainty  larger where less sure; any finite numbers, shape [n]
 * @param random       required; equal streams give equal intervals
 * @param options      1,000 draws, level 0.95
 * @throws RangeError if there are fewer than two rows, lengths differ, an error is neither 0 nor 1, or an uncertainty
 *   is not finite
 */
export function usefulness(
  errors: ArrayLike<number>,
  uncertainty: ArrayLike<number>,
  random: Random,
  { groups, draws = 1000, level, unit = groups === undefined ? "row" : "group" }: EstimateOptions = {},
): Usefulness {
  checkResampling({ draws, level }, "usefulness");
  checkScores(errors, uncertainty, "usefulness");
  const n = errors.length;
  if (n < 2) throw new RangeError(`usefulness: at least two rows are needed; got ${n}`);
  const of = groups ?? Array.from({ length: n }, (_, row) => row);
  if (of.length !== n) throw new RangeError(`usefulness: one group per row is needed; got ${of.length} for ${n} rows`);
  const order = byUncertainty(uncertainty);
  const area = (counts: Uint32Array): number => areaInOrder(order, errors, uncertainty, counts);
  const all = order.slice().sort();
  const wrong = Array.from(all).filter((row) => errors[row] === 1).length;
  const correlation = correlationOfRows(errors, uncertainty, all);
  const resampled = { draws, level, unit };
  // Resamples of errors that are all alike are all alike too, and would claim certainty.
  const fault =
    wrong === 0 || wrong === n
      ? `${wrong} of ${n} rows are wrong: from errors all alike nothing can be told`
      : tooFewGroups(of, unit);
  return {
    n,
    risk: wrong / n,
    correlation:
      fault !== null || correlation === null
        ? { value: correlation, interval: null, reason: fault ?? "the uncertainty is the same on all rows" }
        : {
            value: correlation,
            interval: groupBootstrapInterval(
              of,
              (rows) => correlationOfRows(errors, uncertainty, rows) ?? 0,
              random.fork("correlation"),
              { ...resampled, kind: "mean" },
            ),
            reason: null,
          },
    riskCoverageArea:
      fault === null
        ? {
            value: area(new Uint32Array(n).fill(1)),
            interval: groupCountsInterval(of, area, random.fork("area"), { ...resampled, kind: "share" }),
            reason: null,
          }
        : { value: area(new Uint32Array(n).fill(1)), interval: null, reason: fault },
  };
}
