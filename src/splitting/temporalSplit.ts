import { largestRemainder } from "../core/statistics/largestRemainder.js";
import { splitParts, type Split, type SplitShares } from "../core/Split.js";
import { defaultShares, partShares } from "./partShares.js";
import { noPart, splitFromParts } from "./splitFromParts.js";
import { checkEmbargo, keptBefore, timeCut, timeOrder } from "./timeCuts.js";

/** A split in time, with the rows that are in no part. */
export interface TemporalSplit extends Split {
  /** Ascending; empty without an embargo. */
  readonly embargoed: Uint32Array;
}

/**
 * Splits by time: the earliest rows train, the latest test, as a model in use meets them. Rows of equal time are never
 * parted; the cut moves to the nearest change of time. An embargo leaves out the last rows of a part, so that every
 * row is more than `embargo` before the first row of the next part.
 *
 * @param times  of each row, in any unit, shape [n]; `dayNumbers` makes them from dates
 * @param options.shares   share of each part (default 0.6, 0.1, 0.1, 0.2); left out is 0
 * @param options.embargo  in the unit of `times` (default 0)
 * @throws RangeError if a time is not finite, shares do not sum to 1, the embargo
 *   is negative, or a part with a share gets no row
 */
export function temporalSplit(
  times: ArrayLike<number>,
  { shares = defaultShares, embargo = 0 }: { readonly shares?: SplitShares; readonly embargo?: number } = {},
): TemporalSplit {
  const all = partShares(shares, "temporalSplit");
  checkEmbargo(embargo, "temporalSplit");
  const ordered = timeOrder(times, "temporalSplit");
  const sizes = largestRemainder(all, times.length);
  const partOf = new Uint8Array(times.length).fill(noPart);
  let wanted = 0;
  let from = 0;
  all.forEach((share, part) => {
    wanted += sizes[part];
    if (share === 0) return;
    const to = timeCut(ordered.times, wanted);
    const kept = keptBefore(ordered.times, { from, to, embargo });
    if (kept <= 0) {
      throw new RangeError(
        `temporalSplit: every part with a share must have a row; ${splitParts[part]} (share ${share} ` +
          `of ${times.length} rows at ${distinct(ordered.times)} times) ` +
          `has ${to > from ? `none that is more than the embargo of ${embargo} before the next part` : "none"}; ` +
          "add rows, shorten the embargo, or give the part share 0",
      );
    }
    for (let i = from; i < from + kept; i++) partOf[ordered.rows[i]] = part;
    from = to;
  });
  const embargoed = Uint32Array.from(partOf.keys()).filter((row) => partOf[row] === noPart);
  return { ...splitFromParts(partOf), embargoed };
}

function distinct(sorted: Float64Array): number {
  return sorted.filter((time, i) => i === 0 || time !== sorted[i - 1]).length;
}
