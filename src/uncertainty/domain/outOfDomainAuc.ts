import { checkScores } from "../../core/metrics/checkScores.js";
import { checkResampling } from "../../core/statistics/checkResampling.js";
import { groupCountsInterval } from "../../core/statistics/groupBootstrapInterval.js";
import type { Random } from "../../core/random/Random.js";
import { rocAreaInOrder } from "../../core/metrics/rocAuc.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { type EstimateOptions, tooFewGroups } from "../selective/EstimateOptions.js";
import { byUncertainty } from "../selective/riskCoverage.js";

/**
 * How well uncertainty tells rows out of the domain from rows in it (AUROC). It is the chance that one from outside
 * is more uncertain than one from inside, ties half; 0.5 is useless. Intervals draw groups with replacement, within
 * both kinds together.
 *
 * @param inside   uncertainty of rows from the domain
 * @param outside  uncertainty of rows from elsewhere
 * @param options.groups  of the rows, inside first; a group may not be on both sides
 * @throws RangeError if an uncertainty is not finite, or groups do not fit
 */
export function outOfDomainAuc(
  inside: ArrayLike<number>,
  outside: ArrayLike<number>,
  random: Random,
  { groups, draws = 1000, level, unit = groups === undefined ? "row" : "group" }: EstimateOptions = {},
): EstimateOrReason {
  checkResampling({ draws, level }, "outOfDomainAuc");
  const scores = Float64Array.from([...Array.from(inside), ...Array.from(outside)]);
  const labels = Uint8Array.from(scores, (_, row) => Number(row >= inside.length));
  checkScores(labels, scores, "outOfDomainAuc");
  if (inside.length === 0 || outside.length === 0)
    return {
      value: null,
      interval: null,
      reason: `rows of both kinds are needed; got ${inside.length} from inside and ${outside.length} from outside`,
    };
  const of = groups ?? Array.from({ length: scores.length }, (_, row) => row);
  if (of.length !== scores.length)
    throw new RangeError(`outOfDomainAuc: one group per row is needed; got ${of.length} for ${scores.length} rows`);
  const insideGroups = new Set(of.slice(0, inside.length));
  const both = of.slice(inside.length).find((group) => insideGroups.has(group));
  if (both !== undefined)
    throw new RangeError(`outOfDomainAuc: a group must lie inside or outside; "${both}" has rows of both kinds`);
  const order = byUncertainty(scores);
  // A draw without rows of one kind tells nothing, which is chance.
  const area = (counts: ArrayLike<number>): number => rocAreaInOrder(order, labels, scores, counts) ?? 0.5;
  const value = area(new Uint8Array(scores.length).fill(1));
  // Resamples of kinds that do not overlap do not either, and would claim certainty.
  const apart =
    value === 0 || value === 1
      ? "the two kinds do not overlap: resampling cannot tell how much of that is chance"
      : null;
  const fault = tooFewGroups(of.slice(0, inside.length), unit) ?? tooFewGroups(of.slice(inside.length), unit) ?? apart;
  if (fault !== null) return { value, interval: null, reason: fault };
  return {
    value,
    interval: groupCountsInterval(of, area, random, { draws, level, unit, kind: "share" }),
    reason: null,
  };
}
