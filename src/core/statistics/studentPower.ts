import { checkLevel } from "./checkLevel.js";
import { noncentralStudent } from "./noncentralStudent.js";
import { studentQuantile } from "./studentQuantile.js";

/** How a difference is tested. */
export interface StudentTestOptions {
  /** Degrees of freedom of the standard error, above 0. */
  readonly freedom: number;
  /** Probability of finding a difference that is none, in (0, 1) (default 0.05). */
  readonly alpha?: number;
  /** 1: only a difference above 0 is found (default); 2: either. */
  readonly sides?: 1 | 2;
}

/**
 * Power of Student's test: how often it finds a true difference of so many standard errors.
 *
 * @param shift  true difference over its standard error: √(n/2) · d for two samples of n rows each
 * @returns in [0, 1]; alpha where there is no difference
 * @throws InputError if alpha does not lie in (0, 1); RangeError as noncentralStudent
 *
 * @example
 * ```ts
 * import { studentPower } from "cspbbr3-twin";
 *
 * const twoSamples = (n: number): number => studentPower(0.5 * Math.sqrt(n / 2), { freedom: 2 * n - 2, sides: 2 });
 * console.log(twoSamples(30).toFixed(3), twoSamples(64).toFixed(3));
 * // 0.478 0.801
 * ```
 */
export function studentPower(shift: number, { freedom, alpha = 0.05, sides = 1 }: StudentTestOptions): number {
  checkLevel(alpha, "studentPower");
  const limit = studentQuantile(1 - alpha / sides, freedom);
  const above = noncentralStudent(limit, { freedom, shift });
  return sides === 1 ? above : above + noncentralStudent(limit, { freedom, shift: -shift });
}
