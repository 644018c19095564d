import { lowerBound } from "../../core/lowerBound.js";

/** Whether rows lie in the domain that the calibrate rows come from. */
export interface DomainVerdict {
  /** Share of calibrate rows, the row itself included, that are at least as strange: small outside of the domain. */
  readonly pValues: Float64Array;
  /** 1 where the p-value is above the false-alarm rate. */
  readonly inDomain: Uint8Array;
}

/** A check that was fitted: scores of new rows in, verdicts out. */
export type DomainCheck = (scores: readonly ArrayLike<number>[]) => DomainVerdict;

/**
 * Fits a check of whether rows are like the calibrate rows, by several scores at once: say a distance in feature
 * space and epistemic uncertainty. A row is as strange as the strangest of its ranks among the calibrate rows.
 *
 * Guarantee: a new row from the same source as the calibrate rows is called outside with probability at most
 * `falseAlarm`, in finite samples and whatever the scores, over the draw of both. With the calibrate rows at hand the
 * rate varies by about √(falseAlarm / rows) around it. The scores must not have been fitted on the calibrate rows.
 *
 * @param calibrate  one array per score, larger where stranger, all of one length
 * @param options.falseAlarm  in (0, 1) (default 0.05)
 * @returns the check; it throws a RangeError for other numbers of scores, lengths that differ, or a score that is not
 *   finite
 * @throws RangeError if there are no scores, lengths differ, a score is not finite, or fewer than 1/falseAlarm - 1
 *   calibrate rows: then no row could ever be called outside
 * @see Vovk, Gammerman and Shafer 2005, doi:10.1007/b106715, section 2.2 (conformal p-values); Bates et al. 2023,
 *   doi:10.1214/22-AOS2244
 */
export function fitDomainCheck(
  calibrate: readonly ArrayLike<number>[],
  { falseAlarm = 0.05 }: { readonly falseAlarm?: number } = {},
): DomainCheck {
  if (!(falseAlarm > 0 && falseAlarm < 1))
    throw new RangeError(`fitDomainCheck: the false-alarm rate must lie between 0 and 1; got ${falseAlarm}`);
  const n = checkedLength(calibrate, "fitDomainCheck");
  const fewest = Math.ceil(1 / falseAlarm - 1 - 1e-9);
  if (n < fewest)
    throw new RangeError(
      `fitDomainCheck: a false-alarm rate of ${falseAlarm} needs at least ${fewest} calibrate rows; got ${n}`,
    );
  const ranks = calibrate.map(tailCounts);
  const sorted = calibrate.map((scores) => Float64Array.from(scores).sort());
  return (scores) => {
    if (scores.length !== calibrate.length)
      throw new RangeError(
        `domainCheck: the ${calibrate.length} scores of calibration are needed; got ${scores.length}`,
      );
    const pValues = Float64Array.from({ length: checkedLength(scores, "domainCheck") }, (_, row) => {
      // Ranks are taken among all rows, the new one too: only so are they exchangeable.
      const own = Math.min(...scores.map((ofScore, s) => 1 + n - lowerBound(sorted[s], ofScore[row])));
      let stranger = 1;
      for (let i = 0; i < n; i++)
        if (ranks.some((tails, s) => tails[i] + Number(scores[s][row] >= calibrate[s][i]) <= own)) stranger++;
      return stranger / (n + 1);
    });
    return { pValues, inDomain: Uint8Array.from(pValues, (p) => Number(p > falseAlarm)) };
  };
}

function checkedLength(scores: readonly ArrayLike<number>[], caller: string): number {
  if (scores.length === 0) throw new RangeError(`${caller}: at least one score is needed; got none`);
  scores.forEach((ofScore, s) => {
    if (ofScore.length !== scores[0].length)
      throw new RangeError(
        `${caller}: all scores must have one length; score ${s} has ${ofScore.length}, score 0 ${scores[0].length}`,
      );
    for (let row = 0; row < ofScore.length; row++)
      if (!Number.isFinite(ofScore[row]))
        throw new RangeError(`${caller}: scores must be finite; score ${s}, row ${row} has ${ofScore[row]}`);
  });
  return scores[0].length;
}

/** How many rows score at least as high as each, itself included. */
function tailCounts(scores: ArrayLike<number>): Uint32Array {
  const sorted = Float64Array.from(scores).sort();
  return Uint32Array.from(scores, (score) => sorted.length - lowerBound(sorted, score));
}
