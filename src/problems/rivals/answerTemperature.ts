import { bestTemperature } from "../../calibration/bestTemperature.js";

/**
 * The temperature that mends what a rival says, learned from what it said of training rows that it had not seen.
 *
 * @param truth    class codes of those rows
 * @param told     row-major, shape [rows, classes]
 * @returns null where these rows tell none: all of one class, or every one answered right
 * @see fitTemperature, which refuses such rows
 */
export function answerTemperature(truth: Float64Array, told: Float64Array, classes: number): number | null {
  if (new Set(truth).size < 2) return null;
  return bestTemperature(truth, told, { classes, weights: new Uint8Array(truth.length).fill(1) });
}
