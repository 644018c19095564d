import type { Direction } from "../Evidence.js";

/** What an interval says of a threshold: it lies on the good side, on the bad one, or on both. */
export type ThresholdSide = "clears" | "beyond" | "straddles";

/**
 * On which side of a threshold an interval lies. A bound decides, not the point; one that lies on the threshold clears
 * it.
 *
 * @param bounds  both ends, equal where a number is exact; with an end that is NaN it straddles
 */
export function againstThreshold(
  { low, high }: { readonly low: number; readonly high: number },
  { direction, threshold }: { readonly direction: Direction; readonly threshold: number },
): ThresholdSide {
  const [clears, beyond] = {
    atLeast: [low >= threshold, high < threshold],
    atMost: [high <= threshold, low > threshold],
    equals: [low === threshold && high === threshold, low > threshold || high < threshold],
  }[direction];
  return clears ? "clears" : beyond ? "beyond" : "straddles";
}
