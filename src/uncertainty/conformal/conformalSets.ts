import { checkProbabilities } from "../../core/metrics/checkProbabilities.js";
import type { Random } from "../../core/random/Random.js";
import { classNonconformity } from "./classNonconformity.js";
import type { ConformalSets } from "./fitConformalSets.js";
import { collectSets } from "./labelSets.js";
import { thresholdOf, type Stratum } from "./stratifiedThresholds.js";

/**
 * Conformal set of each new row: the classes that cannot be excluded. Empty sets stay empty: they say that no class
 * fits, and filling them would cover more than was promised. A stratum that calibration had too few rows of, or none,
 * gets every class.
 *
 * @param fitted         from fitConformalSets, or read back from JSON
 * @param probabilities  of the new rows, row-major, shape [rows, classes], by the same model
 * @param options.strata  stratum of each new row, if fitted within strata of rows
 * @param random          required if fitted with one; a stream of its own
 * @returns one set per row: bit k stands for class k (holdsClass, setSize)
 * @throws RangeError if the number of classes differs, rows are no probabilities, or strata or stream are missing
 *
 * @example
 * ```ts
 * import { conformalSets, fitConformalSets, holdsClass, setSize } from "cspbbr3-twin";
 *
 * const labels = Array.from({ length: 20 }, (_, row) => Number(row % 5 === 0));
 * const probabilities = labels.flatMap((_, row) => [1 - row / 40, row / 40]);
 * const fitted = fitConformalSets(probabilities, labels, { alpha: 0.2 });
 * const [sure, doubtful] = conformalSets(fitted, [0.95, 0.05, 0.5, 0.5]);
 * console.log(holdsClass(sure, 0), holdsClass(sure, 1), setSize(doubtful));
 * // true false 2
 * ```
 */
export function conformalSets(
  fitted: ConformalSets,
  probabilities: ArrayLike<number>,
  { strata }: { readonly strata?: readonly Stratum[] } = {},
  random?: Random,
): Uint32Array {
  const { classes, rule, within, thresholds } = fitted;
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `conformalSets: probabilities must be of the ${classes} classes fitted; got ${probabilities.length} numbers`,
    );
  if (rows > 0) checkProbabilities(probabilities, rows, "conformalSets");
  if (within === "strata" && strata?.length !== rows)
    throw new RangeError(
      `conformalSets: fitted within strata, it needs the stratum of each of the ${rows} rows; ` +
        `got ${strata?.length ?? 0}`,
    );
  const scores = classNonconformity(probabilities, classes, rule, random);
  const largest = thresholdOf(thresholds);
  const byClass = Float64Array.from({ length: classes }, (_, label) => largest(within === "class" ? label : null));
  const byRow = within === "strata" ? strata!.map(largest) : undefined;
  return collectSets(
    rows,
    classes,
    (row, label) => scores[row * classes + label] <= (byRow === undefined ? byClass[label] : byRow[row]),
  );
}
