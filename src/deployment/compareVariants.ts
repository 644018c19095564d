import type { EstimateOrReason } from "../core/statistics/Estimate.js";
import { mixtureRatio } from "../core/statistics/mixtureRatio.js";
import { sequenceReach } from "../core/statistics/sequenceReach.js";
import { type ArmCounts, noRows, withBits } from "./ArmCounts.js";
import { checkPlan } from "./checkPlan.js";
import { leastOfEither, shareDifference } from "./shareDifference.js";

/** How two variants are compared, fixed before the first row. */
export interface VariantPlan {
  /** Probability of ever calling equal variants different, in (0, 1). */
  readonly alpha: number;
  /** A difference of error shares that matters, in (0, 1): 0.03 is 3 points. */
  readonly difference: number;
  /** Rows of both variants together at which the interval is to be narrowest. */
  readonly planned: number;
}

/** Where a comparison of two variants stands. */
export interface VariantState {
  readonly plan: VariantPlan;
  readonly a: ArmCounts;
  readonly b: ArmCounts;
  /** Least so far: valid whenever looked at. */
  readonly pValue: number;
}

/** What can be said of two variants so far. */
export interface VariantComparison {
  readonly verdict: "a is better" | "b is better" | "undecided" | "unknown";
  /** Error share of b minus that of a, with the interval that holds at all looks together. */
  readonly difference: EstimateOrReason;
  readonly pValue: number;
  readonly alpha: number;
  readonly a: ArmCounts;
  readonly b: ArmCounts;
  readonly reason: string;
}

/**
 * Starts a comparison of the errors of two variants that get requests by draw, to be looked at whenever one likes.
 *
 * @throws InputError if a number of the plan is out of its range
 */
export function startVariants(plan: VariantPlan): VariantState {
  const { alpha, difference, planned } = plan;
  checkPlan(alpha > 0 && alpha < 1, alpha, "alpha must lie in (0, 1)", "startVariants");
  checkPlan(difference > 0 && difference < 1, difference, "the difference must lie in (0, 1)", "startVariants");
  checkPlan(planned >= 1 && planned < Infinity, planned, "planned rows must be 1 or more", "startVariants");
  return { plan, a: noRows, b: noRows, pValue: 1 };
}

/**
 * State after more outcomes: 1 where an answer was wrong, 0 where it was right.
 *
 * @throws InputError if one is neither (row named)
 */
export function observeVariants(
  state: VariantState,
  { a, b }: { readonly a: ArrayLike<number>; readonly b: ArrayLike<number> },
): VariantState {
  const next = {
    ...state,
    a: withBits(state.a, a, "observeVariants, a"),
    b: withBits(state.b, b, "observeVariants, b"),
  };
  const seen = shareDifference(next.a, next.b);
  if (seen === null) return next;
  const ratio = mixtureRatio(seen.difference, seen.variance, state.plan.difference ** 2);
  return { ...next, pValue: Math.min(state.pValue, 1 / ratio) };
}

/**
 * Which of two variants errs less, by a test that peeking does not spoil (mSPRT), and by how much (a confidence
 * sequence). With fewer than 10 wrong or right answers of either the answer is unknown.
 *
 * @see Johari, Pekelis and Walsh 2022, doi:10.1287/opre.2021.2135; Waudby-Smith et al. 2024, doi:10.1214/24-AOS2408
 */
export function compareVariants(state: VariantState): VariantComparison {
  const { plan, a, b, pValue } = state;
  const { alpha, planned } = plan;
  const seen = shareDifference(a, b);
  const shared = { pValue, alpha, a, b };
  if (seen === null) {
    const reason =
      `each variant needs ${leastOfEither} wrong and ${leastOfEither} right answers; ` +
      `a has ${a.hits} wrong of ${a.rows}, b ${b.hits} of ${b.rows}`;
    return { ...shared, verdict: "unknown", difference: { value: null, interval: null, reason }, reason };
  }
  const reach = sequenceReach(seen.variance * seen.rows, seen.rows, { alpha, planned });
  const interval = {
    low: Math.max(-1, seen.difference - reach),
    high: Math.min(1, seen.difference + reach),
    level: 1 - alpha,
    method: "asymptotic confidence sequence, whenever looked at",
  };
  const better = seen.difference > 0 ? "a is better" : "b is better";
  return {
    ...shared,
    verdict: pValue <= alpha ? better : "undecided",
    difference: { value: seen.difference, interval, reason: null },
    reason: `least p so far ${pValue.toPrecision(3)}, alpha ${alpha}`,
  };
}
