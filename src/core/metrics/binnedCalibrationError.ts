import { eventsOf, meanGap } from "./Bins.js";
import { checkScores } from "./checkScores.js";
import { equalMassBins } from "./equalMassBins.js";
import { equalWidthBins } from "./equalWidthBins.js";

/** One bin of a reliability diagram. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean probability of its rows. */
  readonly probability: number;
  /** Share of its rows on which the event came. */
  readonly share: number;
}

export interface BinnedCalibration {
  /** Mean over rows of |probability - share| of their bin: the plug-in ECE. */
  readonly error: number;
  /** Largest such gap of a bin (MCE). */
  readonly largestGap: number;
  /** Bins that have rows, by rising probability. */
  readonly bins: readonly CalibrationBin[];
}

/**
 * How far probabilities are from the shares that came true, in bins. The error is biased upward: a perfect forecast
 * gets about 0.03 from 1,000 rows in 15 bins. For a verdict use expectedCalibrationError, whose interval knows that.
 *
 * @param probabilities  of an event, in [0, 1], shape [n], n at least 1: those of topLabel, or of oneAgainstRest
 * @param events         1 where the event came, else 0, shape [n]
 * @param options.bins     default 15
 * @param options.binning  "equalMass" (default): as many rows in each; "equalWidth": (low, high] of equal width, 0 in
 *   the first
 * @throws RangeError if lengths differ or are 0, a probability leaves [0, 1],
 *   an event is neither 0 nor 1, or bins is not an integer of at least 1
 * @see Naeini et al. 2015, doi:10.1609/aaai.v29i1.9602
 */
export function binnedCalibrationError(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  { bins = 15, binning = "equalMass" }: { readonly bins?: number; readonly binning?: "equalMass" | "equalWidth" } = {},
): BinnedCalibration {
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`binnedCalibrationError: bins must be an integer of at least 1; got ${bins}`);
  const n = probabilities.length;
  if (n === 0) throw new RangeError("binnedCalibrationError: at least one row is needed; got none");
  checkScores(events, probabilities, "binnedCalibrationError");
  for (let row = 0; row < n; row++)
    if (!(probabilities[row] >= 0 && probabilities[row] <= 1))
      throw new RangeError(
        `binnedCalibrationError: probabilities must lie in [0, 1]; row ${row} has ${probabilities[row]}`,
      );
  const order = Uint32Array.from({ length: n }, (_, row) => row).sort((a, b) => probabilities[a] - probabilities[b]);
  const counts = new Uint32Array(n).fill(1);
  const cut = (binning === "equalMass" ? equalMassBins : equalWidthBins)(
    Float64Array.from(order, (row) => probabilities[row]),
    counts,
    bins,
  );
  const hits = eventsOf(
    cut,
    counts,
    Uint8Array.from(order, (row) => events[row]),
  );
  const filled = Array.from(cut.rows, (rows, bin) => ({
    rows,
    probability: cut.probabilities[bin] / rows,
    share: hits[bin] / rows,
  })).filter(({ rows }) => rows > 0);
  return {
    error: meanGap(cut, hits),
    largestGap: Math.max(...filled.map(({ probability, share }) => Math.abs(probability - share))),
    bins: filled,
  };
}
