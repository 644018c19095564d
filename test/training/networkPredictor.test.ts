import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { makeTrainingEngine } from "../../src/training/engines/makeTrainingEngine.js";
import type { Network } from "../../src/training/Network.js";
import { networkPredictor } from "../../src/training/networkPredictor.js";
import { predictProbabilities } from "../../src/training/predictProbabilities.js";
import { predictTargets } from "../../src/training/predictTargets.js";

const engines = await Promise.all((["simd", "typescript"] as const).map(makeTrainingEngine));
/** Two hidden units: max(x + y, 0) and max(x - y, 0); logits 0 and their sum; target their difference. */
const network: Network = {
  features: ["x", "y"],
  hidden: [2],
  activation: "relu",
  classes: ["no", "yes"],
  targets: ["t"],
  weights: Float32Array.of(1, 1, 1, -1, 0, 0, 0, 1, 1, 0, 1, -1, 0, 0, 0.5),
};
const features = makeMatrix(["x", "y"], Float32Array.of(1, 2, -1, 3, 0, 0, 2, -1));

describe.each(engines.map((engine) => [engine.name, engine] as const))(
  "networkPredictor on the %s engine",
  (_, engine) => {
    it("computes what can be computed by hand", () => {
      const predictor = networkPredictor(network, engine);
      expect([predictor.classes, predictor.targets]).toEqual([["no", "yes"], ["t"]]);
      const sums = [3, 2, 0, 4];
      predictor
        .predict(features)
        .forEach((probability, i) =>
          expect(probability).toBeCloseTo(1 / (1 + Math.exp((i % 2 === 0 ? 1 : -1) * sums[Math.floor(i / 2)])), 6),
        );
      expect(Array.from(predictor.predictTargets(features))).toEqual([3.5, 2.5, 0.5, -1.5]);
    });

    it("predicts each row as if it were alone", () => {
      const many = makeMatrix(
        ["x", "y"],
        Float32Array.from({ length: 2 * 1001 }, (_, i) => Math.sin(i)),
      );
      const together = predictTargets(network, many, engine);
      for (const row of [0, 255, 256, 1000])
        expect(
          predictTargets(network, makeMatrix(["x", "y"], many.values.slice(2 * row, 2 * row + 2)), engine)[0],
        ).toBe(together[row]);
      expect(predictTargets(network, makeMatrix(["x", "y"], new Float32Array()), engine)).toHaveLength(0);
    });
  },
);

describe("networkPredictor", () => {
  it("refuses features in another order, missing or not finite, and heads that are not there", () => {
    expect(() => networkPredictor(network).predict(makeMatrix(["y", "x"], new Float32Array(2)))).toThrow(
      "column 0 is y, not x",
    );
    expect(() => networkPredictor(network).predict(makeMatrix(["x"], new Float32Array(2)))).toThrow(
      "column 1 is missing, not y",
    );
    expect(() => networkPredictor(network).predict({ ...features, values: Float32Array.of(1, NaN, 0, 0) })).toThrow(
      "row 0, column y must be finite; got NaN",
    );
    expect(() => predictProbabilities({ ...network, classes: [] }, features)).toThrow("use predictTargets");
    expect(() => predictTargets({ ...network, targets: [] }, features)).toThrow("use predictProbabilities");
  });
});
