import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import type { Calibrator } from "../../src/calibration/Calibrator.js";
import { fitHistogram } from "../../src/calibration/fitHistogram.js";
import { fitIsotonic } from "../../src/calibration/fitIsotonic.js";
import { fitMatrixScaling } from "../../src/calibration/fitMatrixScaling.js";
import { fitPlatt } from "../../src/calibration/fitPlatt.js";
import { fitTemperature } from "../../src/calibration/fitTemperature.js";
import { fitVectorScaling } from "../../src/calibration/fitVectorScaling.js";
import { parseCalibrator } from "../../src/calibration/parseCalibrator.js";
import { seededRandom } from "../../src/core/random/Random.js";

const random = seededRandom(5);
const labels = Array.from({ length: 200 }, (_, row) => row % 3);
const probabilities = labels.flatMap((label) => {
  const odds = [0, 1, 2].map((k) => random() + (k === label ? 0.5 : 0));
  const total = odds.reduce((a, b) => a + b);
  return odds.map((one) => one / total);
});
const fits: readonly (readonly [
  string,
  (labels: readonly number[], probabilities: readonly number[]) => Calibrator,
])[] = [
  ["temperature", fitTemperature],
  ["vector", fitVectorScaling],
  ["matrix", fitMatrixScaling],
  ["platt", fitPlatt],
  ["isotonic", fitIsotonic],
  ["histogram", fitHistogram],
];

describe("parseCalibrator", () => {
  it.each(fits)("gives back a %s calibrator from its JSON, to the last bit", (method, fit) => {
    const fitted = fit(labels, probabilities);
    expect(fitted.method).toBe(method);
    const parsed = parseCalibrator(JSON.parse(JSON.stringify(fitted)));
    expect(parsed).toEqual(fitted);
    expect(calibrate(parsed, probabilities)).toEqual(calibrate(fitted, probabilities));
  });

  it.each([
    null,
    1,
    {},
    { method: "guess" },
    { method: "temperature", classes: 3, withoutRows: [], temperature: 0 },
    { method: "temperature", classes: 3, withoutRows: [], temperature: 1, more: 2 },
  ])("refuses %j and names the place", (value) => {
    expect(() => parseCalibrator(value, "the model")).toThrow(
      /^the model: must be a calibrator as the fits return it; got /,
    );
  });
});
