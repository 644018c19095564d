import { sortedQuantile } from "./sortedQuantile.js";
import { type FisherTest, varianceAnalysis } from "./varianceAnalysis.js";

/**
 * Levene's test of whether several samples spread alike, about their medians (Brown and Forsythe).
 *
 * @param samples  at least 2, finite, of at least 2 numbers each
 * @throws InputError as varianceAnalysis does
 * @see Brown and Forsythe 1974, doi:10.1080/01621459.1974.10482955
 *
 * @example
 * ```ts
 * import { leveneTest } from "cspbbr3-twin";
 *
 * const { statistic, pValue } = leveneTest([[1, 2, 3, 4], [0, 3, 6, 9]]);
 * console.log(statistic?.toFixed(2), pValue?.toFixed(3));
 * // 4.80 0.071
 * ```
 */
export function leveneTest(samples: readonly ArrayLike<number>[]): FisherTest {
  return varianceAnalysis(
    samples.map((values) => {
      if (values.length === 0) return [];
      const middle = sortedQuantile(Float64Array.from(values).sort(), 0.5);
      return Float64Array.from(values, (value) => Math.abs(value - middle));
    }),
  );
}
