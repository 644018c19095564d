import { describe, expect, it } from "vitest";
import { ensembleCrps } from "../../../src/core/metrics/ensembleCrps.js";
import { gaussianCrps } from "../../../src/core/metrics/gaussianCrps.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";
import golden from "../../golden/b_gaussian_scores.json" with { type: "json" };

const { input, expected } = golden;

describe("gaussianCrps", () => {
  it("agrees with the golden mean", () => {
    const scores = gaussianCrps(input.y, input.mu, input.sigma);
    expect(Math.abs(scores.reduce((a, b) => a + b) / scores.length - expected.crps)).toBeLessThan(1e-10);
  });

  it("is the absolute error for a sigma near 0, and what evenly spread quantiles get as members", () => {
    expect(gaussianCrps([3], [1], [1e-9])[0]).toBeCloseTo(2, 8);
    expect(gaussianCrps([1], [1], [4])[0]).toBeCloseTo((4 * (Math.SQRT2 - 1)) / Math.sqrt(Math.PI), 12);
    const quantiles = Array.from({ length: 4000 }, (_, i) => normalQuantile((i + 0.5) / 4000));
    expect(gaussianCrps([0.7], [0], [1])[0]).toBeCloseTo(ensembleCrps([0.7], quantiles)[0], 4);
  });

  it("refuses sigmas that are not above 0, NaN and lengths that differ", () => {
    expect(() => gaussianCrps([1, 2], [1, 2], [1, 0])).toThrow("row 1 has 2, 2 and 0");
    expect(() => gaussianCrps([NaN], [1], [1])).toThrow("row 0 has NaN, 1 and 1");
    expect(() => gaussianCrps([1, 2], [1], [1, 2])).toThrow("got 1 and 2 for 2");
  });
});
