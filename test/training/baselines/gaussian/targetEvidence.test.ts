import { describe, expect, it } from "vitest";
import { targetEvidence } from "../../../../src/training/baselines/gaussian/targetEvidence.js";
import { differences, drawnRows, golden, largestError, matrixOf } from "./golden.js";

const { input, regression } = golden.given;
const features = matrixOf(input.X, 3);
const { variance, lengths, noise } = input.kernel;
const logs = Float64Array.from([variance, ...Array.from(lengths), noise], Math.log);
const ones = new Float64Array(40).fill(1);
const mean = input.y.reduce((sum, value) => sum + value, 0) / 40;
const scale = Math.sqrt(input.y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 40);

describe("targetEvidence", () => {
  it("is scikit-learn's log marginal likelihood, with its gradient", () => {
    const evidence = targetEvidence({
      features,
      targets: input.y.map((value) => (value - mean) / scale),
      rowNoise: ones,
    });
    const gradient = new Float64Array(5);
    expect(largestError([evidence(logs, 1e-10, gradient)], [regression.evidence])).toBeLessThan(1e-10);
    expect(largestError(gradient, regression.gradient)).toBeLessThan(1e-9);
  });

  it("has the gradient of its differences, rows of unequal noise too", () => {
    const { features: some, target } = drawnRows(37, 4, 1);
    const evidence = targetEvidence({
      features: some,
      targets: target,
      rowNoise: target.map((_, row) => 0.5 + (row % 3)),
    });
    const at = Float64Array.of(0.3, -0.2, 0.9, 0.4, 1.5, -1);
    const gradient = new Float64Array(6);
    evidence(at, 1e-10, gradient);
    const slopes = differences((moved) => evidence(moved, 1e-10), at);
    expect(largestError(gradient, slopes)).toBeLessThan(1e-8);
  });

  it("of one row is the normal density", () => {
    const evidence = targetEvidence({ features: matrixOf([3], 1), targets: [0.7], rowNoise: [1] });
    const whole = 2 + 0.5 + 1e-3;
    expect(evidence(Float64Array.of(Math.log(2), 0, Math.log(0.5)), 1e-3)).toBeCloseTo(
      -(0.7 ** 2) / whole / 2 - Math.log(2 * Math.PI * whole) / 2,
      12,
    );
  });

  it("is -∞, not NaN, where equal rows have no noise", () => {
    const evidence = targetEvidence({ features: matrixOf([3, 3], 1), targets: [1, -1], rowNoise: [1, 1] });
    expect(evidence(Float64Array.of(0, 0, -Infinity), 0)).toBe(-Infinity);
    expect(evidence(Float64Array.of(0, 0, 0), 0)).toBeGreaterThan(-10);
  });
});
