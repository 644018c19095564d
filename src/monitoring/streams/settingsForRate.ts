import { InputError } from "../../core/InputError.js";
import type { Random } from "../../core/random/Random.js";
import { checkSetting } from "./checkStream.js";
import { falseAlarms, type FalseAlarms } from "./falseAlarms.js";
import type { StreamLaw } from "./StreamLaw.js";
import type { StreamMonitor } from "./StreamMonitor.js";

/** A threshold with the rate of false alarms that was measured at it. */
export interface RatedThreshold {
  readonly threshold: number;
  /** On streams that the search did not see. */
  readonly measured: FalseAlarms;
  /** Most false alarms per 10,000 rows that were asked for. */
  readonly wanted: number;
  /** Thresholds that were tried, and the upper ends of their rates. */
  readonly tried: readonly { readonly threshold: number; readonly atMost: number }[];
}

/** The rate that is wanted, and where a threshold for it is sought. */
export interface RateOptions {
  /** False alarms per 10,000 rows that are allowed: the upper end of the measured interval must not exceed them. */
  readonly per10000Rows: number;
  /** Thresholds between which one is sought, above 0; the higher, the fewer alarms. */
  readonly from: number;
  readonly to: number;
  /** Of each try (default 200). */
  readonly streams?: number;
  /** Of each stream (default 20,000). */
  readonly rows?: number;
  /** Halvings, on a logarithmic scale (default 12). */
  readonly steps?: number;
}

/**
 * The lowest threshold at which a monitor keeps a wanted rate of false alarms on streams of a law, by halving. All
 * tries see the same streams, so that the rate falls as the threshold rises; what is reported was measured on fresh
 * ones.
 *
 * @param monitorAt  the monitor at a threshold
 * @throws InputError if the highest threshold does not keep the rate, or options are out of range
 */
export function settingsForRate(
  monitorAt: (threshold: number) => StreamMonitor,
  law: StreamLaw,
  random: Random,
  { per10000Rows, from, to, streams = 200, rows = 20_000, steps = 12 }: RateOptions,
): RatedThreshold {
  const where = "settingsForRate";
  checkSetting(per10000Rows > 0, per10000Rows, "the wanted rate must be above 0", where);
  checkSetting(from > 0 && from < to && to < Infinity, `${from} and ${to}`, "0 < from < to must hold", where);
  const tried: { readonly threshold: number; readonly atMost: number }[] = [];
  const keepsRate = (threshold: number): boolean => {
    const rate = falseAlarms(monitorAt(threshold), law, random.fork("search"), { streams, rows });
    const atMost = rate.per10000Rows.interval.high;
    tried.push({ threshold, atMost });
    return atMost <= per10000Rows;
  };
  if (!keepsRate(to))
    throw new InputError({
      where,
      must: `the highest threshold must keep ${per10000Rows} false alarms per 10,000 rows`,
      got: `at most ${tried[0].atMost.toPrecision(3)} at ${to}`,
      mend: "raise `to`, or give more streams and rows: few of them cannot show a low rate",
    });
  let [low, high] = [from, to];
  if (keepsRate(low)) high = low;
  for (let step = 0; step < steps && high > low; step++) {
    const middle = Math.sqrt(low * high);
    if (keepsRate(middle)) high = middle;
    else low = middle;
  }
  const measured = falseAlarms(monitorAt(high), law, random.fork("measure"), { streams, rows });
  return { threshold: high, measured, wanted: per10000Rows, tried };
}
