import { describe, expect, it } from "vitest";
import { confidenceGap } from "../../src/calibration/confidenceGap.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { sharpenedForecast } from "./sharpenedForecast.js";

describe("confidenceGap", () => {
  it("is mean confidence minus accuracy", () => {
    const gap = confidenceGap([0, 1, 0, 0], [0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.3, 0.7], seededRandom(1), { draws: 50 });
    expect(gap.meanConfidence).toBeCloseTo(0.75, 14);
    expect(gap.accuracy).toBe(0.5);
    expect(gap.value).toBeCloseTo(0.25, 14);
    expect(gap).toMatchObject({ n: 4, groups: 4, underpowered: true, equivalent: false, margin: 0.02 });
    expect(gap.interval).toMatchObject({ level: 0.9, method: "jackknife by row, Student, 3 degrees of freedom" });
  });

  it("finds a calibrated model equivalent in 20,000 rows and a sharpened one not", () => {
    const at = (temperature: number): boolean => {
      const { labels, probabilities } = sharpenedForecast(20_000, temperature, seededRandom(3));
      return confidenceGap(labels, probabilities, seededRandom(4), { draws: 300 }).equivalent;
    };
    expect([at(1), at(0.8)]).toEqual([true, false]);
  });

  it("claims equivalence at the margin itself in about 5 % of trials", () => {
    const trials = 300;
    const claimed = Array.from({ length: trials }, (_, seed) => {
      const random = seededRandom(seed);
      const probabilities = new Float64Array(1200);
      const labels = new Uint8Array(600).map((_unused, row) => {
        probabilities.set([0.8, 0.2], 2 * row);
        return Number(random() >= 0.75);
      });
      return confidenceGap(labels, probabilities, random.fork("gap"), { draws: 200, margin: 0.05 }).equivalent;
    }).filter(Boolean).length;
    expect(claimed).toBeLessThanOrEqual(27);
    expect(claimed).toBeGreaterThanOrEqual(6);
  });

  it("refuses a margin of 0 and groups of another number", () => {
    expect(() => confidenceGap([0, 1], [1, 0, 1, 0], seededRandom(1), { margin: 0 })).toThrow(
      "margin must be above 0; got 0",
    );
    expect(() => confidenceGap([0, 1], [1, 0, 1, 0], seededRandom(1), { groups: ["a"] })).toThrow("got 1 for 2 rows");
    expect(() => confidenceGap([0], [1, 0], seededRandom(1))).toThrow(/at least 2 groups/);
  });
});
