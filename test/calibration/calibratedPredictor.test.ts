import { describe, expect, it } from "vitest";
import { calibratedPredictor } from "../../src/calibration/calibratedPredictor.js";
import { makeMatrix } from "../../src/core/Matrix.js";

describe("calibratedPredictor", () => {
  const predictor = { classes: ["a", "b"], predict: () => Float64Array.of(0.9, 0.1) };

  it("answers with calibrated probabilities", () => {
    const [first, second] = calibratedPredictor(predictor, {
      method: "temperature",
      classes: 2,
      withoutRows: [],
      temperature: 2,
    }).predict(makeMatrix(["x"], Float32Array.of(1)));
    // At temperature 2 the odds of 9 become their root.
    expect(first / second).toBeCloseTo(3, 12);
  });

  it("refuses a calibrator of other classes", () => {
    expect(() =>
      calibratedPredictor(predictor, { method: "temperature", classes: 3, withoutRows: [], temperature: 2 }),
    ).toThrow("got 2 (a, b) and 3");
  });
});
