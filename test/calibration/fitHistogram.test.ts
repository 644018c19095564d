import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import { fitHistogram } from "../../src/calibration/fitHistogram.js";

const pairs = (probabilities: readonly number[]): number[] => probabilities.flatMap((p) => [1 - p, p]);

describe("fitHistogram", () => {
  it("says in each bin the share of rows that came true there", () => {
    const probabilities = pairs([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9]);
    const calibrator = fitHistogram([0, 0, 0, 1, 1, 0, 1, 1], probabilities, { bins: 2 });
    expect(calibrate(calibrator, probabilities).filter((_, at) => at % 2 === 1)).toEqual(
      Float64Array.of(0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75),
    );
    expect(calibrator.curves[1]).toEqual({ upTo: [0.5, 0.9], values: [0.25, 0.75] });
  });

  it("never parts equals: one bin where a predictor always says the same", () => {
    expect(fitHistogram([0, 1, 1, 1], pairs([0.3, 0.3, 0.3, 0.3])).curves).toEqual([
      { upTo: [0.7], values: [0.25] },
      { upTo: [0.3], values: [0.75] },
    ]);
  });

  it("refuses no bins", () => {
    expect(() => fitHistogram([0, 1], pairs([0.3, 0.4]), { bins: 0 })).toThrow(
      "bins must be an integer of at least 1; got 0",
    );
  });
});
