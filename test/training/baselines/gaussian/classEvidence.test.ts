import { describe, expect, it } from "vitest";
import { classEvidence } from "../../../../src/training/baselines/gaussian/classEvidence.js";
import { differences, drawnRows, golden, largestError, matrixOf } from "./golden.js";

const { input, three } = golden.given;
const features = matrixOf(input.X, 3);
const logs = Float64Array.from([4, ...Array.from(input.kernel.lengths)], Math.log);

describe("classEvidence", () => {
  it.each([0, 1, 2])("is scikit-learn's for class %i against the rest, with its gradient", (code) => {
    const evidence = classEvidence({
      features,
      members: input.classes.map((label) => Number(label === code)),
      weights: new Float64Array(40).fill(1),
    });
    const gradient = new Float64Array(4);
    expect(largestError([evidence(logs, gradient)], [three.evidence[code]])).toBeLessThan(1e-10);
    expect(largestError(gradient, three.gradient[code])).toBeLessThan(1e-8);
  });

  it.each([
    ["a broad kernel", [0.5, 0.2, -0.3, 0.6]],
    ["a large variance, where probabilities are near 0 and 1", [7, 0.2, -0.3, 0.6]],
    ["lengths so short that rows know nothing of each other", [1, -4, -4, -4]],
  ])("has the gradient of its differences under %s, rows of unequal weight too", (_, at) => {
    const { features: some, labels } = drawnRows(33, 3, 2);
    const evidence = classEvidence({
      features: some,
      members: labels,
      weights: Float64Array.from(labels, (_, row) => 0.5 + (row % 3)),
    });
    const gradient = new Float64Array(4);
    evidence(Float64Array.from(at), gradient);
    const slopes = differences((moved) => evidence(moved), Float64Array.from(at));
    expect(largestError(gradient, slopes)).toBeLessThan(1e-6);
  });

  it("does not depend on what was asked before", () => {
    const { features: some, labels } = drawnRows(40, 3, 3);
    const weights = new Float64Array(40).fill(1);
    const fresh = (at: Float64Array): number => classEvidence({ features: some, members: labels, weights })(at);
    const evidence = classEvidence({ features: some, members: labels, weights });
    for (const at of [
      [0, 0, 0, 0],
      [9, -1, 2, 0],
      [-9, 3, 3, 3],
      [11, 11, 11, 11],
      [1, 0.5, 0, 0],
    ])
      expect(evidence(Float64Array.from(at))).toBeCloseTo(fresh(Float64Array.from(at)), 8);
  });

  it("of one row is that of the Laplace approximation by hand", () => {
    const evidence = classEvidence({ features: matrixOf([3], 1), members: [1], weights: [1] });
    const value = evidence(Float64Array.of(Math.log(2), 0));
    // The mode solves f = 2 · (1 - π); by bisection.
    let [low, high] = [0, 2];
    for (let turn = 0; turn < 60; turn++) {
      const f = (low + high) / 2;
      if (f < 2 / (1 + Math.exp(f))) low = f;
      else high = f;
    }
    const likely = 1 / (1 + Math.exp(-low));
    expect(evidence.pull[0]).toBeCloseTo(1 - likely, 9);
    expect(evidence.curvature[0]).toBeCloseTo(likely * (1 - likely), 9);
    expect(value).toBeCloseTo(Math.log(likely) - low ** 2 / 4 - Math.log(1 + 2 * likely * (1 - likely)) / 2, 9);
  });
});
