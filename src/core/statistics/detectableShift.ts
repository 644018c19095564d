import { checkLevel } from "./checkLevel.js";
import { studentPower, type StudentTestOptions } from "./studentPower.js";

/**
 * Smallest true difference, in standard errors, that Student's test finds with the wanted probability.
 *
 * @param power  wanted, in (alpha, 1)
 * @throws InputError if power or alpha does not lie in (0, 1); RangeError if power is not above alpha
 *
 * @example
 * ```ts
 * import { detectableShift } from "cspbbr3-twin";
 *
 * console.log(detectableShift(0.8, { freedom: 12 }).toFixed(2));
 * // 2.64
 * ```
 */
export function detectableShift(power: number, options: StudentTestOptions): number {
  checkLevel(power, "detectableShift");
  const { alpha = 0.05 } = options;
  if (!(power > alpha))
    throw new RangeError(
      `detectableShift: the power must be above alpha, ${alpha}, which no difference has; got ${power}`,
    );
  let [low, high] = [0, 1];
  while (studentPower(high, options) < power) [low, high] = [high, 2 * high];
  for (let round = 0; round < 60 && high - low > 1e-12 * high; round++) {
    const middle = (low + high) / 2;
    if (studentPower(middle, options) < power) low = middle;
    else high = middle;
  }
  return high;
}
