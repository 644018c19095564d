import { type Estimate, type EstimateOrReason, knownEstimate } from "../../core/statistics/Estimate.js";
import type { SearchVerdict } from "./searchVerdict.js";

/** What a search promised and what it kept, as shares of the loss of the setting that stood, in %. */
export interface RelativeGains {
  readonly name: string;
  /** Promised, kept. */
  readonly estimates: readonly [Estimate, Estimate];
}

/**
 * Gains in % of a loss, so that searches of different quantities stand side by side.
 *
 * @param loss  mean of the setting that stood, on all rows; taken as known
 * @throws RangeError if a gain has no interval, or the loss is not above 0
 */
export function relativeGains(name: string, { promised, kept }: SearchVerdict, loss: number): RelativeGains {
  if (!(loss > 0)) throw new RangeError(`relativeGains: the loss that stood must be above 0; got ${loss}`);
  const share = (gain: EstimateOrReason): Estimate => {
    const { value, interval } = knownEstimate(gain, `the gain of ${name}`);
    const [part, low, high] = [value, interval.low, interval.high].map((one) => (100 * one) / loss);
    return { value: part, interval: { ...interval, low, high } };
  };
  return { name, estimates: [share(promised), share(kept)] };
}
