import type { Estimate } from "./Estimate.js";

/**
 * The least of several numbers, the worst class's recall for example.
 *
 * If all of their intervals hold, the least lies between the least of their low and the least of their high ends. The
 * level is that of each interval; the method says of how many it is the least, and with what level all of them hold
 * together (Bonferroni), which is the level that is promised for the least whichever of them it is.
 *
 * @param estimates  at least one, with intervals of one level; methods may differ with the groups of each
 * @throws RangeError if there is none, or levels differ
 */
export function leastEstimate(estimates: readonly Estimate[]): Estimate {
  if (estimates.length === 0) throw new RangeError("leastEstimate: at least one estimate is needed; got none");
  const intervals = estimates.map(({ interval }) => interval);
  const { level } = intervals[0];
  const other = intervals.find((one) => one.level !== level);
  if (other !== undefined)
    throw new RangeError(`leastEstimate: all intervals need one level; got ${level} and ${other.level}`);
  const method = [...new Set(intervals.map((one) => one.method))].join(", or ");
  const together = Number((100 * (1 - intervals.length * (1 - level))).toFixed(1));
  return {
    value: Math.min(...estimates.map(({ value }) => value)),
    interval: {
      low: Math.min(...intervals.map(({ low }) => low)),
      high: Math.min(...intervals.map(({ high }) => high)),
      level,
      method: `${method}, least of ${intervals.length}, which hold together with at least ${together} %`,
    },
  };
}
