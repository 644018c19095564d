import { InputError } from "../core/InputError.js";
import { checkLevel } from "../core/statistics/checkLevel.js";
import { logBeta } from "../core/statistics/logGamma.js";

/** Whether requests went where they were drawn to. */
export interface SampleRatio {
  readonly verdict: "as drawn" | "mismatch" | "unknown";
  /** Natural logarithm of the evidence of other shares; above ln(1 / alpha) it is a mismatch. */
  readonly evidence: number;
  /** Valid whenever looked at. */
  readonly pValue: number;
  readonly alpha: number;
  readonly counts: readonly number[];
  /** As drawn, sum 1. */
  readonly shares: readonly number[];
  readonly reason: string;
}

/** How near to the drawn shares others are expected, in rows: a tenth is given a standard deviation of 0.03. */
const concentration = 100;

/**
 * Whether requests went to arms in the shares that they were drawn with, however often it is looked at.
 *
 * Where they did not, something loses requests of one arm, and no comparison of arms can be believed. Rows must be
 * drawn one by one; no request at all is unknown, never as drawn.
 *
 * @param counts  requests by arm
 * @param shares  with which arms are drawn, each above 0, sum 1
 * @param options.alpha  that shares as drawn are ever called a mismatch, in (0, 1) (default 0.001)
 * @throws InputError if counts are no whole numbers, or shares none that fit
 * @see Lindon and Malek 2022, arXiv:2011.03567
 */
export function sampleRatioMismatch(
  counts: readonly number[],
  shares: readonly number[],
  { alpha = 0.001 }: { readonly alpha?: number } = {},
): SampleRatio {
  const where = "sampleRatioMismatch";
  checkLevel(1 - alpha, where);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!(shares.length >= 2 && shares.every((share) => share > 0) && Math.abs(sum - 1) <= 1e-9))
    throw new InputError({
      where,
      must: "at least two shares above 0 that sum to 1 are needed",
      got: `[${shares.join(", ")}]`,
      mend: "give the shares with which requests are drawn",
    });
  if (counts.length !== shares.length || !counts.every((count) => Number.isInteger(count) && count >= 0))
    throw new InputError({
      where,
      must: `there must be a whole number of requests for each of the ${shares.length} arms`,
      got: `[${counts.join(", ")}]`,
      mend: "count requests by arm, 0 where there are none",
    });
  const rows = counts.reduce((total, count) => total + count, 0);
  const prior = shares.map((share) => share * concentration);
  const evidence =
    logBeta(prior.map((value, arm) => value + counts[arm])) -
    logBeta(prior) -
    counts.reduce((total, count, arm) => total + count * Math.log(shares[arm]), 0);
  const pValue = Math.min(1, Math.exp(-evidence));
  const verdict = rows === 0 ? "unknown" : pValue <= alpha ? "mismatch" : "as drawn";
  const reason =
    rows === 0
      ? "there was no request"
      : `${counts.join(", ")} requests, drawn ${shares.join(", ")}: p ${pValue.toPrecision(3)}, alpha ${alpha}`;
  return { verdict, evidence, pValue, alpha, counts, shares, reason };
}
