import { binRanges } from "../core/metrics/Bins.js";
import { checkScores } from "../core/metrics/checkScores.js";
import { equalMassBins } from "../core/metrics/equalMassBins.js";
import { equalWidthBins } from "../core/metrics/equalWidthBins.js";
import { checkResampling, type ResamplingOptions } from "../core/statistics/checkResampling.js";
import type { Interval } from "../core/statistics/Interval.js";
import { meanWithInterval } from "../core/statistics/meanWithInterval.js";
import type { Random } from "../core/random/Random.js";
import { wilsonInterval } from "../core/statistics/wilsonInterval.js";
import { consistencyBand } from "./consistencyBand.js";

/** A point of a reliability diagram, and how far chance can move it. */
export interface ReliabilityBin {
  readonly rows: number;
  /** Mean probability of its rows. */
  readonly probability: number;
  /** Share of its rows on which the event came. */
  readonly share: number;
  /** Where the share may truly lie; null where all rows are of one group. */
  readonly interval: Interval | null;
  /** Where the share would lie were the probabilities right and rows independent. */
  readonly consistency: Interval;
}

export interface ReliabilityOptions {
  readonly bins?: number;
  /**
   * "equalMass" (default): as many rows in each bin but for equals, which stay together; "equalWidth": (low, high] of
   * equal width.
   */
  readonly binning?: "equalMass" | "equalWidth";
  /** Group of each row (lab, batch, DOI), shape [n]; by default rows are independent and the interval is Wilson's. */
  readonly groups?: readonly (string | number)[];
  readonly draws?: number;
  /** 0.8, 0.9, 0.95 (default) or 0.99. */
  readonly level?: number;
  readonly unit?: string;
}

/**
 * Reliability curve: shares that came true over the probabilities that were said, by rising probability. Bands are for
 * each bin alone: of 15 calibrated bins at 95 % one is expected outside every other time or so.
 *
 * @param probabilities  of an event, in [0, 1], shape [n], n at least 2: those of topLabel, or of oneAgainstRest
 * @param events         1 where the event came, else 0, shape [n]
 * @param random         required; used where rows come in groups
 * @throws RangeError if lengths differ, there are fewer than 2 rows, a probability leaves [0, 1], an event is neither
 *   0 nor 1, or bins is not an integer of at least 1
 * @see Bröcker and Smith 2007, doi:10.1175/WAF993.1 (consistency)
 *
 * @example
 * ```ts
 * import { reliabilityCurve, seededRandom } from "cspbbr3-twin";
 *
 * const probabilities = [0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8];
 * const events = [0, 0, 0, 1, 1, 1, 0, 1];
 * const curve = reliabilityCurve(probabilities, events, seededRandom(1), { bins: 2 });
 * console.log(curve.map(({ probability, share, rows }) => [probability, share, rows]));
 * // [ [ 0.1, 0.25, 4 ], [ 0.8, 0.75, 4 ] ]
 * ```
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  random: Random,
  { bins = 15, binning = "equalMass", groups, draws = 1000, level = 0.95, unit = "group" }: ReliabilityOptions = {},
): readonly ReliabilityBin[] {
  checkResampling({ draws, level }, "reliabilityCurve");
  const n = probabilities.length;
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`reliabilityCurve: bins must be an integer of at least 1; got ${bins}`);
  if (n < 2) throw new RangeError(`reliabilityCurve: at least 2 rows are needed; got ${n}`);
  checkScores(events, probabilities, "reliabilityCurve");
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`reliabilityCurve: one group per row is needed; got ${groups.length} for ${n} rows`);
  for (let row = 0; row < n; row++)
    if (!(probabilities[row] >= 0 && probabilities[row] <= 1))
      throw new RangeError(`reliabilityCurve: probabilities must lie in [0, 1]; row ${row} has ${probabilities[row]}`);
  const order = Uint32Array.from({ length: n }, (_, row) => row).sort((a, b) => probabilities[a] - probabilities[b]);
  const sorted = Float64Array.from(order, (row) => probabilities[row]);
  const cut = (binning === "equalMass" ? equalMassBins : equalWidthBins)(sorted, new Uint32Array(n).fill(1), bins);
  return binRanges(cut).map(({ from, to }, bin) => {
    const rows = order.subarray(from, to);
    const said = sorted.subarray(from, to);
    const came = Float64Array.from(rows, (row) => events[row]);
    const hits = came.reduce((a, b) => a + b);
    const interval =
      groups === undefined
        ? wilsonInterval(hits, rows.length, { level })
        : groupedInterval(
            came,
            Array.from(rows, (row) => groups[row]),
            random.fork(bin),
            { draws, level, unit },
          );
    return {
      rows: rows.length,
      probability: said.reduce((a, b) => a + b) / rows.length,
      share: hits / rows.length,
      interval,
      consistency: consistencyBand(said, { level }),
    };
  });
}

/** By bootstrap; where all events are alike, which would give it no width, as many trials as there are groups. */
function groupedInterval(
  events: Float64Array,
  groups: readonly (string | number)[],
  random: Random,
  { draws, level, unit }: Required<ResamplingOptions>,
): Interval | null {
  const distinct = new Set(groups).size;
  if (distinct < 2) return null;
  if (events.every((event) => event === events[0]))
    return { ...wilsonInterval(events[0] * distinct, distinct, { level }), method: `Wilson, a trial per ${unit}` };
  return meanWithInterval(events, random, { groups, draws, level, unit }).interval;
}
