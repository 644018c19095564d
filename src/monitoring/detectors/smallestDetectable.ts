import { normalQuantile } from "../../core/statistics/normalQuantile.js";
import { studentQuantile } from "../../core/statistics/studentQuantile.js";
import { type GroupCounts, tooFewGroups } from "./permutationFloor.js";

/** Batches that are to be compared, and what is asked of the comparison. */
export interface DetectableOptions {
  /** Rows of each batch; 1 where rows are independent. */
  readonly batchRows: number;
  /** Standard deviation between batches, in that of rows within one (default 0). */
  readonly betweenDeviation?: number;
  /** Features that share alpha (default 1). */
  readonly features?: number;
  /** Probability of a false alarm over all features (default 0.05). */
  readonly alpha?: number;
  /** Probability that the shift is found (default 0.9). */
  readonly power?: number;
}

/** The smallest shift that a comparison finds, or why it finds none. */
export interface Detectable {
  /** In standard deviations of rows within a batch; null where no shift is large enough. */
  readonly shift: number | null;
  readonly reason: string | null;
  readonly groups: GroupCounts;
}

/**
 * Smallest shift of one of several features that a comparison of batches finds with the wanted probability. It depends
 * on how many batches there are far more than on how many rows.
 *
 * @param rows.reference,current  rows of the reference and of the window, at least 1
 *
 * @example
 * ```ts
 * import { smallestDetectable } from "cspbbr3-twin";
 *
 * const rows = { reference: 10_000, current: 1_000 };
 * const found = [10, 200].map((batchRows) =>
 *   smallestDetectable(rows, { batchRows, betweenDeviation: 0.2, features: 50 }).shift!.toFixed(2),
 * );
 * console.log(found.join(" SD in batches of 10, ") + " SD in batches of 200");
 * // 0.18 SD in batches of 10, 0.48 SD in batches of 200
 * ```
 */
export function smallestDetectable(
  { reference, current }: { readonly reference: number; readonly current: number },
  { batchRows, betweenDeviation = 0, features = 1, alpha = 0.05, power = 0.9 }: DetectableOptions,
): Detectable {
  const [there, here] = [reference, current].map((rows) => Math.max(1, Math.round(rows / batchRows)));
  const groups = { reference: there, current: here };
  const each = levelAlpha(alpha / features);
  const reason = tooFewGroups(groups, each, batchRows === 1 ? "row" : "batch");
  if (reason !== null) return { shift: null, reason, groups };
  const error = Math.sqrt((betweenDeviation ** 2 + 1 / batchRows) * (1 / there + 1 / here));
  return { shift: foundShift(error, { alpha: each, power, freedom: there + here - 2 }), reason: null, groups };
}

/** Share of a feature's alpha that its level takes; the rest is for its shape. */
const levelShare = 0.8;

/** What a test of level may spend of a feature's alpha. */
export function levelAlpha(alpha: number): number {
  return levelShare * alpha;
}

/** Probability of a feature, of that of its level and that of its shape: each is charged its share of alpha. */
export function combined(level: number, shape: number): number {
  return Math.min(1, level / levelShare, shape / (1 - levelShare));
}

/** Shift that a two-sided test finds with the wanted power, in the unit of its standard error. */
export function foundShift(
  error: number,
  { alpha, power, freedom }: { readonly alpha: number; readonly power: number; readonly freedom: number },
): number {
  // Student's tail passes into the normal one; stdlib's beta quantile is slow and inexact for many degrees of freedom.
  const limit = freedom > 1000 ? normalQuantile(1 - alpha / 2) : studentQuantile(1 - alpha / 2, freedom);
  return (limit + normalQuantile(power)) * error;
}
