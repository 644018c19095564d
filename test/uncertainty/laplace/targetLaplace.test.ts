import { describe, expect, it } from "vitest";
import { leastSquares } from "../../../src/core/statistics/leastSquares.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { predictTargetLaplace, targetLaplace } from "../../../src/uncertainty/laplace/targetLaplace.js";
import { normal } from "../../training/tasks.js";

/** Lines with noise of deviation 0.5, and the head that least squares finds. */
function lines(
  rows: number,
  seed: number,
): {
  readonly hidden: Float64Array;
  readonly targets: Float64Array;
  readonly head: { readonly weights: number[]; readonly biases: number[] };
} {
  const random = seededRandom(seed);
  const hidden = Float64Array.from({ length: 2 * rows }, () => normal(random));
  const targets = Float64Array.from(
    { length: rows },
    (_, row) => 1 + 2 * hidden[2 * row] - hidden[2 * row + 1] + 0.5 * normal(random),
  );
  const [intercept, a, b] = leastSquares(
    Array.from({ length: rows }, (_, row) => [hidden[2 * row], hidden[2 * row + 1]]),
    targets,
  );
  return { hidden, targets, head: { weights: [a, b], biases: [intercept] } };
}

describe("targetLaplace", () => {
  it("finds the noise, and three parameters that the data determine", () => {
    const { hidden, targets, head } = lines(4000, 1);
    const [{ noiseVariance, effectiveParameters }] = targetLaplace(hidden, targets, head).targets;
    // Standard error of a variance: σ² √(2 / 4000) = 0.0056, less for this nearly normal noise.
    expect(Math.abs(noiseVariance - 0.25)).toBeLessThan(0.02);
    expect(effectiveParameters).toBeGreaterThan(2.99);
    expect(effectiveParameters).toBeLessThan(3);
  });

  it("gives least squares' own variance of the fit where data overrule the prior, and splits the total", () => {
    const { hidden, targets, head } = lines(500, 2);
    const { means, total, aleatoric, epistemic } = predictTargetLaplace(
      targetLaplace(hidden, targets, head),
      [0, 0, 3, 0],
    );
    expect(means[1]).toBeCloseTo(head.biases[0] + 3 * head.weights[0], 12);
    // At the mean of the features σ²/n, three standard deviations out ten times that.
    expect(epistemic[0] / (aleatoric[0] / 500)).toBeCloseTo(1, 1);
    expect(epistemic[1] / epistemic[0]).toBeGreaterThan(8);
    expect(epistemic[1] / epistemic[0]).toBeLessThan(12);
    expect(total[1]).toBe(aleatoric[1] + epistemic[1]);
  });

  it("covers new targets as often as it says", () => {
    const train = lines(60, 3);
    const fresh = lines(5000, 4);
    const { means, total } = predictTargetLaplace(targetLaplace(train.hidden, train.targets, train.head), fresh.hidden);
    const covered =
      fresh.targets.filter((target, row) => Math.abs(target - means[row]) < 1.645 * Math.sqrt(total[row])).length /
      5000;
    expect(Math.abs(covered - 0.9)).toBeLessThan(0.03);
  });

  it("leaves unknown targets out, each target by itself", () => {
    const { hidden, targets, head } = lines(300, 5);
    const two = {
      weights: head.weights.flatMap((weight) => [weight, weight]),
      biases: [head.biases[0], head.biases[0]],
    };
    const both = Float64Array.from({ length: 600 }, (_, i) =>
      i % 2 === 1 && i > 200 ? NaN : targets[Math.floor(i / 2)],
    );
    const [whole, part] = targetLaplace(hidden, both, two).targets;
    expect(whole).toEqual(targetLaplace(hidden, targets, head).targets[0]);
    expect(part).toEqual(targetLaplace(hidden.subarray(0, 200), targets.subarray(0, 100), head).targets[0]);
  });

  it("refuses what tells no noise, targets that do not fit, and infinite ones", () => {
    const { hidden, targets, head } = lines(300, 6);
    expect(() =>
      targetLaplace(
        hidden,
        targets.map(() => NaN),
        head,
      ),
    ).toThrow("target 0 needs known rows with some error");
    expect(() => targetLaplace([1, 2], [head.biases[0] + head.weights[0] + 2 * head.weights[1]], head)).toThrow(
      "some error to tell its noise",
    );
    expect(() => targetLaplace(hidden, targets.subarray(1), head)).toThrow("got 299 for 300 rows");
    expect(() =>
      targetLaplace(
        hidden,
        targets.map((one, i) => (i === 7 ? Infinity : one)),
        head,
      ),
    ).toThrow("row 7 has Infinity");
  });
});
