import type { ConformalIntervals } from "./fitConformalIntervals.js";
import { intervalBase, type RegressionOutput } from "./intervalNonconformity.js";
import { thresholdOf, type Stratum } from "./stratifiedThresholds.js";

/** An interval per row, in the unit of the target. */
export interface PredictionIntervals {
  /** -∞ where nothing bounds it. */
  readonly low: Float64Array;
  /**
   * ∞ where nothing bounds it. Below `low` where quantiles were moved in past each other: such an interval is empty.
   */
  readonly high: Float64Array;
}

/**
 * Conformal interval of each new row. A stratum that calibration had too few rows of, or none, gets the whole line.
 *
 * @param fitted  from fitConformalIntervals, or read back from JSON
 * @param output  of the same regression for the new rows, of the same kind
 * @param options.strata  stratum of each new row, if fitted within strata
 * @throws RangeError if the kind differs, a number is not finite (row named), or strata are missing
 */
export function conformalIntervals(
  fitted: ConformalIntervals,
  output: RegressionOutput,
  { strata }: { readonly strata?: readonly Stratum[] } = {},
): PredictionIntervals {
  const { kind, rows, low, high, scale } = intervalBase(output, "conformalIntervals");
  if (kind !== fitted.kind)
    throw new RangeError(`conformalIntervals: the output must be of the kind fitted, "${fitted.kind}"; got "${kind}"`);
  if (fitted.within === "strata" && strata?.length !== rows)
    throw new RangeError(
      `conformalIntervals: fitted within strata, it needs the stratum of each of the ${rows} rows; ` +
        `got ${strata?.length ?? 0}`,
    );
  const largest = thresholdOf(fitted.thresholds);
  const ofAll = fitted.within === "strata" ? null : largest(null);
  const made = { low: new Float64Array(rows), high: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    const far = (ofAll ?? largest(strata![row])) * (scale?.[row] ?? 1);
    made.low[row] = fitted.side === "upper" ? -Infinity : low[row] - far;
    made.high[row] = fitted.side === "lower" ? Infinity : high[row] + far;
  }
  return made;
}
