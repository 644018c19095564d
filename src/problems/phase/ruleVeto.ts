import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { groupCountsInterval } from "../../core/statistics/groupBootstrapInterval.js";
import { recommendedFrom } from "../../predictor/recipeAdvice.js";
import { byUncertainty } from "../../uncertainty/selective/riskCoverage.js";

/** What it is to recommend a phase: the likeliest, where its probability reaches a threshold. */
export interface RuleVeto {
  readonly rows: number;
  readonly threshold: number;
  /** Share of rows that get a recommendation, and share of these that is wrong. */
  readonly share: Estimate;
  readonly risk: Estimate;
  /** Share of the recommendations that a rule contradicts, and of these what is wrong; null where there are none. */
  readonly contradicted: Estimate;
  readonly contradictedRisk: number | null;
  /** Risk where what a rule contradicts is not recommended, and so many of the next surest rows are in its place. */
  readonly vetoedRisk: Estimate;
  /** `vetoedRisk` less `risk`, at the same share: below 0 the veto is better. */
  readonly difference: Estimate;
  /** Whether the interval of the difference lies below 0. */
  readonly helps: boolean;
}

/**
 * Whether rules that speak should be able to veto a recommendation. Both ways recommend the same share of the rows: a
 * veto that only makes for fewer recommendations is no better than a higher threshold, so rows next in order take the
 * place of those that are vetoed, in the data and in every draw of whole batches alike.
 *
 * @param labels         phase codes, shape [n]
 * @param probabilities  calibrated, row-major [n, phases]
 * @param on.contradicted  1 where a rule that speaks says another phase than the likeliest
 * @param on.groups        batch of each row
 * @param options.threshold  default 0.8
 * @throws RangeError if lengths differ, nothing is recommended, or the rows without those vetoed are too few
 */
export function ruleVeto(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  { contradicted, groups }: { readonly contradicted: ArrayLike<number>; readonly groups: readonly (string | number)[] },
  random: Random,
  { threshold = recommendedFrom, draws = 1000 }: { readonly threshold?: number; readonly draws?: number } = {},
): RuleVeto {
  const [n, classes] = [labels.length, phaseNames.length];
  if (probabilities.length !== n * classes || contradicted.length !== n || groups.length !== n)
    throw new RangeError(
      "ruleVeto: there must be probabilities, a verdict and a batch for each label; " +
        `got ${probabilities.length / classes}, ${contradicted.length} and ${groups.length} for ${n}`,
    );
  const likeliest = argmax(probabilities, classes);
  const uncertainty = Float64Array.from(likeliest, (code, row) => 1 - probabilities[row * classes + code]);
  // The surest first; every statistic walks down this order, each row as often as it was drawn.
  const order = byUncertainty(uncertainty);
  const isWrong = Uint8Array.from(order, (row) => Number(likeliest[row] !== labels[row]));
  const isVetoed = Uint8Array.from(order, (row) => contradicted[row]);
  const reached = order.findIndex((row) => uncertainty[row] > 1 - threshold);
  const recommended = reached < 0 ? n : reached;
  const kept = n - isVetoed.reduce((a, b) => a + b, 0);
  if (recommended === 0 || kept < recommended)
    throw new RangeError(
      `ruleVeto: the threshold must be reached by some rows, and as many must stay without those vetoed; ` +
        `got ${recommended} rows that reach ${threshold}, and ${kept} that are not vetoed; take another threshold`,
    );

  const total = (counts: Uint32Array): number => counts.reduce((a, b) => a + b, 0);
  const sums = (counts: Uint32Array, of: Uint8Array): number => {
    let sum = 0;
    for (let at = 0; at < recommended; at++) sum += counts[at] * of[at];
    return sum;
  };
  const drawn = (counts: Uint32Array): number => total(counts.subarray(0, recommended));
  const riskOf = (counts: Uint32Array): number => sums(counts, isWrong) / drawn(counts);
  const vetoedRiskOf = (counts: Uint32Array): number => {
    let [left, wrong] = [drawn(counts), 0];
    const wanted = left;
    for (let at = 0; at < n && left > 0; at++) {
      if (isVetoed[at] === 1) continue;
      const taken = Math.min(counts[at], left);
      left -= taken;
      wrong += taken * isWrong[at];
    }
    return wrong / (wanted - left);
  };
  const once = new Uint32Array(n).fill(1);
  const estimate = (name: string, of: (counts: Uint32Array) => number, kind: "share" | "mean"): Estimate =>
    estimateOf(of(once), groupCountsInterval(groups, of, random.fork(name), { order, draws, unit: "batch", kind }));
  const vetoes = sums(once, isVetoed);
  const difference = estimate("difference", (counts) => vetoedRiskOf(counts) - riskOf(counts), "mean");
  return {
    rows: n,
    threshold,
    share: estimate("share", (counts) => drawn(counts) / total(counts), "share"),
    risk: estimate("risk", riskOf, "share"),
    contradicted: estimate("contradicted", (counts) => sums(counts, isVetoed) / drawn(counts), "share"),
    contradictedRisk:
      vetoes === 0
        ? null
        : isWrong.slice(0, recommended).reduce((sum, wrong, at) => sum + wrong * isVetoed[at], 0) / vetoes,
    vetoedRisk: estimate("vetoed risk", vetoedRiskOf, "share"),
    difference,
    helps: difference.interval.high < 0,
  };
}
