import { describe, expect, it } from "vitest";
import { correctPrior } from "../../src/calibration/correctPrior.js";
import { estimatePriors } from "../../src/calibration/estimatePriors.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { drawGaussianClasses, exactPosterior } from "../support/gaussianClasses.js";

const balanced = [1 / 3, 1 / 3, 1 / 3];
const deployed = [0.6, 0.33, 0.07];
const { points } = drawGaussianClasses(20_000, deployed, seededRandom(5));
const probabilities = exactPosterior(points, balanced);

describe("estimatePriors", () => {
  it("recovers the shares that unlabelled rows were drawn under", () => {
    const { shares, converged, gain } = estimatePriors(probabilities, balanced);
    expect(converged).toBe(true);
    deployed.forEach((share, k) => expect(Math.abs(shares[k] - share)).toBeLessThan(0.015));
    expect(gain).toBeGreaterThan(0.05);
  });

  it("ends where the mean of the corrected rows is the shares themselves, whatever the trained shares", () => {
    const { shares } = estimatePriors(probabilities, balanced);
    const corrected = correctPrior(probabilities, balanced, shares);
    for (let k = 0; k < 3; k++)
      expect(corrected.filter((_, at) => at % 3 === k).reduce((a, b) => a + b) / points.length).toBeCloseTo(
        shares[k],
        6,
      );
    const skewed = [0.1, 0.2, 0.7];
    estimatePriors(exactPosterior(points, skewed), skewed).shares.forEach((share, k) =>
      expect(share).toBeCloseTo(shares[k], 5),
    );
  });

  it("stays near trained shares that have not moved: 2 · rows · gain is near χ² with 2 degrees of freedom", () => {
    const statistics = Array.from({ length: 40 }, (_, trial) => {
      const drawn = drawGaussianClasses(1000, balanced, seededRandom(trial));
      return 2 * 1000 * estimatePriors(exactPosterior(drawn.points, balanced), balanced, { tolerance: 1e-7 }).gain;
    });
    expect(Math.min(...statistics)).toBeGreaterThanOrEqual(0);
    // Mean 2, standard deviation 2: the mean of 40 is within four of its standard errors.
    expect(Math.abs(statistics.reduce((a, b) => a + b) / 40 - 2)).toBeLessThan(1.3);
  });

  it("reports that it ran out of rounds", () => {
    expect(estimatePriors(probabilities, balanced, { maxIterations: 2 })).toMatchObject({
      converged: false,
      iterations: 2,
    });
  });

  it("refuses a class that was not trained, no rows and rows that are no probabilities", () => {
    expect(() => estimatePriors([1, 0], [1, 0])).toThrow("class 1 has a share of 0");
    expect(() => estimatePriors([], [0.5, 0.5])).toThrow("got 0 for 0 rows");
    expect(() => estimatePriors([1, 0, 0.7, 0.7], [0.5, 0.5])).toThrow("row 1 sums to 1.4");
    expect(() => estimatePriors([1, 0, 1], [0.5, 0.5])).toThrow("multiple of the 2 classes; got 3");
  });
});
