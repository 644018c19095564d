import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { featureDistances, type FeatureDistance } from "../../../src/uncertainty/domain/featureDistances.js";
import { fitFeatureDistance } from "../../../src/uncertainty/domain/fitFeatureDistance.js";

// Two classes about (0, 0) and (10, 0), spread by (±1, ±1) each: covariance the identity, whose shrinkage changes
// nothing.
const corners = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];
const features = makeMatrix(
  ["x", "y"],
  Float32Array.from([...corners, ...corners.map(([x, y]) => [x + 10, y])].flat()),
);
const fitted = fitFeatureDistance(features, [0, 0, 0, 0, 1, 1, 1, 1], 2);
const fresh = makeMatrix(["x", "y"], Float32Array.of(3, 4, 10, 0, 7, 4));

describe("featureDistances", () => {
  it("is Euclid's distance from the nearest class mean where the covariance is the identity", () => {
    expect(Array.from(featureDistances(fitted, fresh), (one) => Number(one.toFixed(12)))).toEqual([5, 0, 5]);
  });

  it("gives the same bits from JSON", () => {
    expect(featureDistances(JSON.parse(JSON.stringify(fitted)) as FeatureDistance, fresh)).toEqual(
      featureDistances(fitted, fresh),
    );
  });

  it("refuses features of other names or in another order, and one that is not finite", () => {
    expect(() => featureDistances(fitted, { ...fresh, names: ["y", "x"] })).toThrow(
      "must be those of training in their order, x, y; got y, x",
    );
    expect(() => featureDistances(fitted, { ...fresh, values: fresh.values.map(() => NaN) })).toThrow(
      "row 0, column x must be finite",
    );
  });
});
