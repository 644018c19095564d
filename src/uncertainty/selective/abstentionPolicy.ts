import { checkScores } from "../../core/metrics/checkScores.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Interval } from "../../core/statistics/Interval.js";

/** When to answer, and what answering will come to. */
export interface AbstentionPolicy {
  /** Answer where the uncertainty is at most this; null: never, for no threshold could be shown to hold the risk. */
  readonly threshold: number | null;
  /** Wanted. */
  readonly risk: number;
  /** Calibrate rows that are answered, and how many of the answers are wrong. */
  readonly answered: number;
  readonly wrong: number;
  /** Upper bound of the risk of answering; at most `risk` where there is a threshold. */
  readonly riskBound: Interval | null;
  readonly coverage: number;
  /** Of the share answered, at all thresholds at once. */
  readonly coverageInterval: Interval;
  readonly reason: string | null;
}

/**
 * The most lenient threshold on the uncertainty at which the share of wrong answers is shown to be at most the wanted
 * risk. Thresholds are tried from the strictest on, each by an exact one-sided test at the full level, up to the first
 * that fails: in such a fixed sequence the chosen bound holds with probability `level` although it was chosen (over the
 * draw of the calibrate rows, for rows from the same source, each independent). The bound of the coverage is that of
 * Dvoretzky, Kiefer, Wolfowitz and Massart.
 *
 * @param errors       of calibrate rows: 1 where the model was wrong, else 0, shape [n], n at least 1
 * @param uncertainty  larger where less sure; any finite numbers, shape [n]
 * @param thresholds   ascending, chosen without these rows: a fixed grid, or quantiles on tune rows. The strictest
 *   should answer enough rows to show the risk (at 0.1 some 100), for after it has failed nothing is tried
 * @param options.risk   wanted share of wrong answers, in (0, 1)
 * @param options.level  default 0.95
 * @throws RangeError if there are no rows, lengths differ, an error is neither 0 nor 1, an uncertainty is not finite,
 *   there are no thresholds or they do not ascend, or risk or level leave (0, 1)
 * @see Angelopoulos et al. 2021, arXiv:2110.01052 (Learn then Test, fixed sequence); Massart 1990,
 *   doi:10.1214/aop/1176990746
 */
export function abstentionPolicy(
  errors: ArrayLike<number>,
  uncertainty: ArrayLike<number>,
  thresholds: ArrayLike<number>,
  { risk, level = 0.95 }: { readonly risk: number; readonly level?: number },
): AbstentionPolicy {
  checkScores(errors, uncertainty, "abstentionPolicy");
  const n = errors.length;
  if (n === 0) throw new RangeError("abstentionPolicy: at least one calibrate row is needed; got none");
  for (const [name, share] of Object.entries({ risk, level }))
    if (!(share > 0 && share < 1))
      throw new RangeError(`abstentionPolicy: ${name} must lie between 0 and 1; got ${share}`);
  if (thresholds.length === 0) throw new RangeError("abstentionPolicy: at least one threshold is needed; got none");
  for (let t = 0; t < thresholds.length; t++)
    if (!(thresholds[t] > (t === 0 ? -Infinity : thresholds[t - 1])))
      throw new RangeError(`abstentionPolicy: thresholds must ascend; number ${t} is ${thresholds[t]}`);

  let chosen = { threshold: null as number | null, answered: 0, wrong: 0, riskBound: null as Interval | null };
  let reason: string | null = null;
  for (let t = 0; t < thresholds.length && reason === null; t++) {
    let [answered, wrong] = [0, 0];
    for (let row = 0; row < n; row++) {
      if (uncertainty[row] > thresholds[t]) continue;
      answered++;
      wrong += errors[row];
    }
    const riskBound = answered > 0 ? clopperPearson(wrong, answered, { level, side: "upper" }) : null;
    if (riskBound !== null && riskBound.high <= risk) chosen = { threshold: thresholds[t], answered, wrong, riskBound };
    else if (t === 0)
      reason =
        `the strictest threshold, ${thresholds[t]}, answers ${answered} rows with ${wrong} wrong, which does ` +
        `not show a risk of at most ${risk}; take more calibrate rows, a less strict first threshold, or a higher ` +
        "risk";
    else break;
  }
  const coverage = chosen.answered / n;
  const band = Math.sqrt(Math.log(2 / (1 - level)) / (2 * n));
  const coverageInterval = {
    low: Math.max(0, coverage - band),
    high: Math.min(1, coverage + band),
    level,
    method: "Dvoretzky-Kiefer-Wolfowitz-Massart",
  };
  return { ...chosen, risk, coverage, coverageInterval, reason };
}

/**
 * Which rows an abstention policy answers. The policy's bound is that of the threshold alone; to have it hold behind
 * a domain check as well, fit the policy with the uncertainty of the rows that the check calls outside raised above
 * the last threshold.
 *
 * @param inDomain  verdicts of a domain check, by row: outside of the domain nothing is answered, for there no bound
 *   holds (default all inside)
 * @returns 1 where to answer
 * @throws RangeError if lengths differ or an uncertainty is NaN
 */
export function answeredRows(
  { threshold }: Pick<AbstentionPolicy, "threshold">,
  uncertainty: ArrayLike<number>,
  inDomain: ArrayLike<number> = new Uint8Array(uncertainty.length).fill(1),
): Uint8Array {
  if (inDomain.length !== uncertainty.length)
    throw new RangeError(
      `answeredRows: one verdict per row is needed; got ${inDomain.length} for ${uncertainty.length} rows`,
    );
  return Uint8Array.from({ length: uncertainty.length }, (_, row) => {
    if (Number.isNaN(uncertainty[row]))
      throw new RangeError(`answeredRows: an uncertainty must be a number; row ${row} has NaN`);
    return Number(threshold !== null && uncertainty[row] <= threshold && inDomain[row] === 1);
  });
}
