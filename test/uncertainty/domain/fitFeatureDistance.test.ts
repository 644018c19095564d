import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { featureDistances } from "../../../src/uncertainty/domain/featureDistances.js";
import { fitFeatureDistance } from "../../../src/uncertainty/domain/fitFeatureDistance.js";
import { normal } from "../../training/tasks.js";

/** Two classes around (±3, 0), the second feature half as wide, the third the first's copy but for a little noise. */
function rows(
  count: number,
  seed: number,
): { readonly features: ReturnType<typeof makeMatrix>; readonly labels: Uint8Array } {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 2);
  const values = Float32Array.from(
    Array.from(labels).flatMap((label) => {
      const first = (label === 0 ? -3 : 3) + normal(random);
      return [first, 0.5 * normal(random), first + 0.1 * normal(random)];
    }),
  );
  return { labels, features: makeMatrix(["a", "b", "c"], values) };
}

describe("fitFeatureDistance", () => {
  const { features, labels } = rows(4000, 1);
  const fit = fitFeatureDistance(features, labels, 2);

  it("is Mahalanobis' from the nearest class mean: its square averages the number of features", () => {
    const found = featureDistances(fit, rows(4000, 2).features);
    // Variance of the square about 2 · 3: standard error 0.04.
    expect(Math.abs(found.reduce((sum, one) => sum + one * one, 0) / 4000 - 3)).toBeLessThan(0.2);
  });

  it("measures along the spread of the rows: off the line that two features share is far, between classes too", () => {
    const [on, off, between] = featureDistances(
      fit,
      makeMatrix(["a", "b", "c"], Float32Array.of(4, 0, 4, 3.5, 0, 2.5, 0, 0, 0)),
    );
    expect(on).toBeCloseTo(1, 1);
    expect(off).toBeGreaterThan(8);
    expect(between).toBeCloseTo(3, 0);
  });

  it("shrinks by the share of Ledoit and Wolf, more where rows are few", () => {
    const few = rows(12, 3);
    expect(fit.shrinkage).toBeLessThan(0.01);
    expect(fitFeatureDistance(few.features, few.labels, 2).shrinkage).toBeGreaterThan(0.05);
    // One class, rows ±(1, 0), ±(0, 2): S = diag(1/2, 2), m = 5/4, d² = 9/8, b² = ((1 + 1 + 16 + 16)/4 - 17/4)/4 =
    // 17/16.
    const cross = makeMatrix(["x", "y"], Float32Array.of(1, 0, -1, 0, 0, 2, 0, -2));
    const own = fitFeatureDistance(cross, [0, 0, 0, 0], 1);
    expect(own.shrinkage).toBeCloseTo(17 / 18, 12);
    expect(featureDistances(own, makeMatrix(["x", "y"], Float32Array.of(1, 0)))[0]).toBeCloseTo(
      1 / Math.sqrt(0.5 / 18 + (17 / 18) * 1.25),
      10,
    );
  });

  it("leaves classes without rows out, and takes features of which one is the sum of others", () => {
    const doubled = makeMatrix(["x", "y"], Float32Array.of(1, 1, -1, -1, 2, 2, -2, -2, 0.5, 0.5));
    const [near, broken] = featureDistances(
      fitFeatureDistance(doubled, [1, 1, 1, 1, 1], 3),
      makeMatrix(["x", "y"], Float32Array.of(1, 1, 1, -1)),
    );
    expect(near).toBeLessThan(1);
    expect(broken).toBeGreaterThan(near);
  });

  it("refuses constant features, a single row, and labels that are no codes", () => {
    const constant = makeMatrix(["x"], Float32Array.of(1, 1));
    expect(() => fitFeatureDistance(constant, [0, 0], 1)).toThrow("some feature must vary");
    expect(() => fitFeatureDistance(makeMatrix(["x"], Float32Array.of(1)), [0], 1)).toThrow("at least two rows");
    expect(() => fitFeatureDistance(constant, [0, 2], 2)).toThrow("row 1 has 2");
  });
});
