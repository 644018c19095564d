import { describe, expect, it } from "vitest";
import { estimatePriors } from "../../../src/calibration/estimatePriors.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { labelShift } from "../../../src/monitoring/detectors/labelShift.js";

/** Calibrated probabilities of rows of two classes that lie one unit apart, trained under equal shares. */
function probabilities(seed: number, rows: number, share: number): Float64Array {
  const random = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const values = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const x = (random() < share ? 1 : -1) + gauss();
    values[2 * row + 1] = 1 / (1 + Math.exp(-2 * x));
    values[2 * row] = 1 - values[2 * row + 1];
  }
  return values;
}

const options = {
  classes: ["bulk", "platelets"],
  estimateShares: (rows: Float64Array) => estimatePriors(rows, [0.5, 0.5]).shares,
  random: seededRandom(1),
};

describe("labelShift", () => {
  it("finds that shares moved, and to what, without a label", () => {
    const { drifted, classes } = labelShift(probabilities(1, 2000, 0.5), probabilities(2, 800, 0.8), options);
    expect(drifted).toBe(true);
    expect(classes[1].name).toBe("platelets");
    expect(classes[1].estimated.current).toBeCloseTo(0.8, 1);
    // Answers move less than the classes do.
    expect(classes[1].predicted.current).toBeLessThan(classes[1].estimated.current);
    expect(labelShift(probabilities(1, 2000, 0.5), probabilities(3, 800, 0.5), options).drifted).toBe(false);
  });

  it("refuses no rows and probabilities that are none", () => {
    expect(() => labelShift(new Float64Array(0), probabilities(1, 2, 0.5), options)).toThrow(
      "labelShift: both samples must have rows; got 0 of the reference",
    );
    expect(() => labelShift(Float64Array.of(0.5, NaN), probabilities(1, 2, 0.5), options)).toThrow(
      "labelShift: probabilities must lie in [0, 1]; row 0, class 1 has NaN",
    );
  });
});
