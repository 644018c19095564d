import { checkLevel } from "./checkLevel.js";
import type { Interval } from "./Interval.js";
import type { RidgeFit } from "./ridgeRegression.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * Intervals of the coefficients of a fit, the intercept first
 * (Student t); null where collinear features leave one open.
 *
 * @param options.robust  with errors that hold under any variance (HC3) instead of one of all rows
 * @throws RangeError if the level is not in (0, 1)
 */
export function coefficientIntervals(
  { coefficients, standardErrors, robustErrors, freedom }: RidgeFit,
  { level = 0.95, robust = false }: { readonly level?: number; readonly robust?: boolean } = {},
): readonly (Interval | null)[] {
  checkLevel(level, "coefficientIntervals");
  const factor = studentQuantile((1 + level) / 2, freedom);
  const method = `Student t, ${robust ? "HC3, " : ""}${Number(freedom.toFixed(2))} degrees of freedom`;
  return (robust ? robustErrors : standardErrors).map((error, j) =>
    error === null
      ? null
      : { low: coefficients[j] - factor * error, high: coefficients[j] + factor * error, level, method },
  );
}
