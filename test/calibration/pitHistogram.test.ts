import { describe, expect, it } from "vitest";
import { gaussianPit } from "../../src/calibration/gaussianPit.js";
import { pitHistogram } from "../../src/calibration/pitHistogram.js";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { seededRandom } from "../../src/core/random/Random.js";

function transforms(rows: number, sigma: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => boxMuller(1 - random(), random())[0]);
  return gaussianPit(truth, new Float64Array(rows), new Float64Array(rows).fill(sigma));
}

describe("gaussianPit", () => {
  it("is the normal distribution function of the standardised error", () => {
    const [middle, high] = gaussianPit([2, 5], [2, 1], [1, 4]);
    expect(middle).toBeCloseTo(0.5, 15);
    expect(high).toBeCloseTo(0.8413447460685429, 12);
  });
});

describe("pitHistogram", () => {
  it("calls calibrated forecasts uneven in about 5 % of trials", () => {
    const alarms = Array.from({ length: 400 }, (_, seed) => pitHistogram(transforms(300, 1, seed)).pValue!).filter(
      (p) => p <= 0.05,
    ).length;
    // 95 % of binomials of 400 trials at 0.05 lie in 12..29.
    expect(alarms).toBeGreaterThanOrEqual(12);
    expect(alarms).toBeLessThanOrEqual(29);
  });

  it("finds overconfident forecasts, heaped at both ends", () => {
    const { counts, pValue } = pitHistogram(transforms(500, 0.6, 1));
    expect(pValue).toBeLessThan(1e-6);
    expect(Math.min(counts[0], counts[9])).toBeGreaterThan(Math.max(...counts.slice(1, 9)));
  });

  it("counts 1 in the last bin, and has no p-value for few rows or rows in groups, with the reason", () => {
    expect(pitHistogram([0, 0.5, 1, 1], { bins: 2 })).toEqual({
      counts: [1, 3],
      statistic: 1,
      pValue: null,
      reason: "4 rows make 2 per bin; 5 are needed",
      n: 4,
    });
    expect(
      pitHistogram(transforms(100, 1, 1), { groups: Array.from({ length: 100 }, (_, row) => row % 9) }).reason,
    ).toBe("100 rows come in 9 groups and are not independent");
  });

  it("refuses fewer than 2 rows, NaN and numbers outside [0, 1]", () => {
    expect(() => pitHistogram([0.5])).toThrow("at least 2 rows are needed; got 1");
    expect(() => pitHistogram([0.5, NaN])).toThrow("row 1 has NaN");
    expect(() => pitHistogram([0.5, 1.1])).toThrow("row 1 has 1.1");
  });
});
