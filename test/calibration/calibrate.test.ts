import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import type { Calibrator } from "../../src/calibration/Calibrator.js";

describe("calibrate", () => {
  const even: Calibrator = { method: "temperature", classes: 2, withoutRows: [], temperature: 2 };

  it("refuses rows that are no probabilities and another number of classes", () => {
    expect(() => calibrate(even, [0.5, 0.6])).toThrow("row 0 sums to 1.1");
    expect(() => calibrate(even, [0.2, 0.3, 0.5])).toThrow("multiple of the 2 classes of the calibrator; got 3");
    expect(calibrate(even, [])).toEqual(new Float64Array(0));
  });

  it("keeps a row that every curve puts at 0", () => {
    const nothing = { at: [0, 1], values: [0, 0] };
    expect(
      calibrate({ method: "isotonic", classes: 2, withoutRows: [], curves: [nothing, nothing] }, [0.3, 0.7]),
    ).toEqual(Float64Array.of(0.3, 0.7));
  });

  it("is linear between the points of an isotonic curve, and constant beyond", () => {
    const curve = { at: [0.2, 0.6], values: [0.1, 0.9] };
    const calibrator: Calibrator = { method: "isotonic", classes: 2, withoutRows: [1], curves: [curve, null] };
    const share = (probability: number): number => calibrate(calibrator, [probability, 1 - probability])[0];
    expect(share(0.4)).toBeCloseTo(0.5 / (0.5 + 0.6), 14);
    expect(share(0.1)).toBeCloseTo(0.1 / (0.1 + 0.9), 14);
    expect(share(0.8)).toBeCloseTo(0.9 / (0.9 + 0.2), 14);
  });
});
