import { checkLevel } from "./checkLevel.js";
import type { IntervalOrReason } from "./Interval.js";
import type { JackknifeValues } from "./jackknifeInterval.js";
import { normalProbability } from "./normalProbability.js";
import { normalQuantile } from "./normalQuantile.js";
import { sortedQuantile } from "./sortedQuantile.js";

/** An interval or the reason why there is none, with what moved it from the percentiles. */
export type BcaInterval = IntervalOrReason & {
  /** z₀, the median bias of the draws; null where there is no interval. */
  readonly bias: number | null;
  /** a, how the scatter changes with the statistic; null likewise. */
  readonly acceleration: number | null;
  /** Probabilities at which the draws are read instead of the two tails; null likewise. */
  readonly tails: readonly [number, number] | null;
};

/**
 * Bias-corrected and accelerated bootstrap interval (Efron's BCa) of resamples that are given. Percentiles are moved
 * for the bias of the draws and for a scatter that changes with the statistic. Symbols follow Efron.
 *
 * @param values.value    the statistic of all rows
 * @param values.without  without each row, or each group, one after another: groupJackknife gives them
 * @param draws           the statistic of each resample
 * @param options.level   two-sided, in (0, 1) (default 0.95)
 * @param options.unit    what was drawn, for the method text (default row)
 * @returns without an interval, and with the reason, where draws do not vary or all lie on one side of the value
 * @throws RangeError if a number is not finite, or there are fewer than 2 draws
 * @see Efron 1987, doi:10.1080/01621459.1987.10478410
 *
 * @example
 * ```ts
 * import { bcaInterval, groupJackknife, meanOfRows, seededRandom } from "cspbbr3-twin";
 *
 * const sizes = [5.1, 6.2, 5.5, 9.8, 5.9, 6.4, 7.1, 5.2, 12.3, 6.0];
 * const [mean, random] = [meanOfRows(sizes), seededRandom(1)];
 * const resample = () => Uint32Array.from(sizes, () => Math.floor(random() * sizes.length));
 * const draws = Array.from({ length: 2000 }, () => mean(resample()));
 * const { interval } = bcaInterval(groupJackknife([...sizes.keys()], mean), draws);
 * console.log(interval?.low.toFixed(1), interval?.high.toFixed(1), interval?.method);
 * // 5.9 8.8 BCa bootstrap by row, 2000 draws
 * ```
 */
export function bcaInterval(
  { value, without }: Pick<JackknifeValues, "value" | "without">,
  draws: ArrayLike<number>,
  { level = 0.95, unit = "row" }: { readonly level?: number; readonly unit?: string } = {},
): BcaInterval {
  checkLevel(level, "bcaInterval");
  const sorted = Float64Array.from(draws).sort();
  if (sorted.length < 2 || ![value, ...Array.from(without), ...sorted].every(Number.isFinite))
    throw new RangeError(
      "bcaInterval: the statistic must be finite on all rows, without each and on every one of at least 2 draws; " +
        `got ${value} and ${sorted.length} draws`,
    );
  let [below, equal] = [0, 0];
  for (const draw of sorted) {
    if (draw < value) below++;
    if (draw === value) equal++;
  }
  const mean = Array.from(without).reduce((a, b) => a + b, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < without.length; i++) {
    squares += (mean - without[i]) ** 2;
    cubes += (mean - without[i]) ** 3;
  }
  if (squares === 0) return none(`the statistic is the same without any one ${unit}: there is no scatter to tell from`);
  const share = (below + equal / 2) / sorted.length;
  if (share === 0 || share === 1)
    return none(`all ${sorted.length} draws lie on one side of the value: the bias cannot be told`);
  const bias = normalQuantile(share);
  const acceleration = cubes / (6 * squares ** 1.5);
  const adjusted = (z: number): number => normalProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
  const z = normalQuantile((1 + level) / 2);
  if (!(1 - acceleration * (bias + z) > 0 && 1 - acceleration * (bias - z) > 0))
    return none(`the scatter changes too fast with the statistic: an acceleration of ${acceleration.toPrecision(3)}`);
  const tails = [adjusted(-z), adjusted(z)] as const;
  return {
    interval: {
      low: sortedQuantile(sorted, tails[0]),
      high: sortedQuantile(sorted, tails[1]),
      level,
      method: `BCa bootstrap by ${unit}, ${sorted.length} draws`,
    },
    reason: null,
    bias,
    acceleration,
    tails,
  };
}

function none(reason: string): BcaInterval {
  return { interval: null, reason, bias: null, acceleration: null, tails: null };
}
