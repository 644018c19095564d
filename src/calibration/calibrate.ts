import { softmaxRow } from "../core/metrics/softmax.js";
import { checkProbabilities } from "../core/metrics/checkProbabilities.js";
import { lowerBound } from "../core/lowerBound.js";
import type { Calibrator, Sigmoid, Steps } from "./Calibrator.js";
import { logOdds, logProbability } from "./logProbability.js";
import { polylineAt } from "./polylineAt.js";

/**
 * Probabilities as the calibrator mends them. Curves that were fitted class by class give numbers that need not sum to
 * 1: each row is divided by its sum, and a row that all curves put at 0 is left as it came.
 *
 * @param probabilities  row-major, shape [rows, calibrator.classes], rows sum to 1
 * @returns row-major, shape [rows, classes], rows sum to 1
 * @throws RangeError if a row is no probabilities (row named) or the number of classes is another
 *
 * @example
 * ```ts
 * import { calibrate, fitTemperature } from "cspbbr3-twin";
 *
 * const labels = [0, 0, 0, 1, 1, 1, 1, 0];
 * const probabilities = labels.flatMap((_, row) => (row < 4 ? [0.95, 0.05] : [0.05, 0.95]));
 * const calibrator = fitTemperature(labels, probabilities);
 * console.log(calibrate(calibrator, [0.95, 0.05]).map((p) => Number(p.toFixed(3))));
 * // Float64Array(2) [ 0.75, 0.25 ]
 * ```
 */
export function calibrate(calibrator: Calibrator, probabilities: ArrayLike<number>): Float64Array {
  const { classes } = calibrator;
  const rows = probabilities.length / classes;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `calibrate: the number of probabilities must be a multiple of the ${classes} classes of the calibrator; ` +
        `got ${probabilities.length}; fit it on this predictor's classes`,
    );
  if (rows > 0) checkProbabilities(probabilities, rows, "calibrate");
  const calibrated = new Float64Array(probabilities.length);
  const mend = rowMender(calibrator);
  const row = new Float64Array(classes);
  for (let from = 0; from < calibrated.length; from += classes) {
    for (let k = 0; k < classes; k++) row[k] = probabilities[from + k];
    mend(row, calibrated.subarray(from, from + classes));
  }
  return calibrated;
}

/** Writes one mended row. */
type RowMender = (row: Float64Array, mended: Float64Array) => void;

function rowMender(calibrator: Calibrator): RowMender {
  switch (calibrator.method) {
    case "temperature":
      return softmaxOf((logs, k) => logs[k] / calibrator.temperature);
    case "vector":
      return softmaxOf((logs, k) => calibrator.slopes[k] * logs[k] + calibrator.offsets[k]);
    case "matrix":
      return softmaxOf((logs, k) =>
        logs.reduce((sum, log, j) => sum + calibrator.slopes[k * calibrator.classes + j] * log, calibrator.offsets[k]),
      );
    case "platt":
      return eachClass(calibrator.curves, sigmoidAt);
    case "isotonic":
      return eachClass(calibrator.curves, polylineAt);
    case "histogram":
      return eachClass(calibrator.curves, stepAt);
  }
}

function softmaxOf(score: (logs: Float64Array, k: number) => number): RowMender {
  return (row, mended) => {
    const logs = row.map(logProbability);
    for (let k = 0; k < row.length; k++) mended[k] = score(logs, k);
    softmaxRow(mended, 0, row.length);
  };
}

function eachClass<Curve>(
  curves: readonly (Curve | null)[],
  valueAt: (curve: Curve, probability: number) => number,
): RowMender {
  return (row, mended) => {
    let total = 0;
    curves.forEach((curve, k) => (total += mended[k] = curve === null ? row[k] : valueAt(curve, row[k])));
    if (total === 0) mended.set(row);
    else for (let k = 0; k < row.length; k++) mended[k] /= total;
  };
}

function sigmoidAt({ a, b }: Sigmoid, probability: number): number {
  return 1 / (1 + Math.exp(a * logOdds(probability) + b));
}

function stepAt({ upTo, values }: Steps, x: number): number {
  return values[Math.min(lowerBound(upTo, x), values.length - 1)];
}
